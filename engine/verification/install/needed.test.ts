import assert from 'node:assert/strict';
import { missingForNode, missingForPython } from './needed.ts';

const THERE = { hasModules: true, isPlugAndPlay: false, lock: 'package-lock.json' };
const pad = { name: 'left-pad', installed: '1.3.0', locked: '1.3.0' };

describe('missingForNode', () => {
  for (const [name, facts, why] of [
    ['nothing depended on', { ...THERE, hasModules: false, dependencies: [] }, undefined],
    ['all as locked', { ...THERE, dependencies: [pad] }, undefined],
    ['no lock file', { ...THERE, lock: undefined, dependencies: [{ name: 'left-pad', installed: '1.1.0' }] }, undefined],
    ['a link, which has no version', { ...THERE, dependencies: [{ name: 'left-pad', installed: '', locked: '1.3.0' }] }, undefined],
    ['Yarn without node_modules', { ...THERE, hasModules: false, isPlugAndPlay: true, dependencies: [{ name: 'left-pad' }] }, undefined],
    ['one that is newer', { ...THERE, dependencies: [{ ...pad, installed: '1.10.0-rc.1' }] }, undefined],
    ['no node_modules', { ...THERE, hasModules: false, dependencies: [{ name: 'left-pad' }] }, 'There is no node_modules.'],
    ['one that is not there', { ...THERE, dependencies: [pad, { name: 'tap' }] }, 'tap is not in node_modules.'],
    ['three', { ...THERE, dependencies: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }, 'a and 2 more are not in node_modules.'],
    [
      'one that is older than the lock file says',
      { ...THERE, dependencies: [{ ...pad, installed: '1.1.0' }] },
      'left-pad is installed as 1.1.0, and package-lock.json has 1.3.0.',
    ],
  ] as const) {
    it(`says of ${name}: ${why ?? 'nothing'}`, () => {
      const { lock, ...rest } = facts;
      assert.equal(missingForNode({ ...rest, ...(lock !== undefined && { lock }) }), why);
    });
  }
});

describe('missingForPython', () => {
  for (const [facts, why] of [
    [{ missing: [] }, undefined],
    [{ missing: ['pytest'] }, 'There is no virtual environment, and pytest is not installed elsewhere.'],
    [{ missing: [], own: 'wallet', environment: 'venv' }, "wallet, the project's own package, is not installed in venv."],
    [{ missing: ['pytest', 'requests'], own: 'wallet', environment: '.venv' }, 'pytest and 1 more are not installed in .venv.'],
  ] as const) {
    it(`says ${why ?? 'nothing'}`, () => assert.equal(missingForPython(facts), why));
  }
});
