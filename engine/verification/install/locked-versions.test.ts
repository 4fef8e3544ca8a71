import assert from 'node:assert/strict';
import { lockedVersions } from './locked-versions.ts';

const RANGES = new Map([
  ['left-pad', '^1.1.0'],
  ['@types/node', '^22.0.0'],
  ['own', 'file:../own'],
  ['unlocked', '*'],
]);
const EXPECTED = { 'left-pad': '1.3.0', '@types/node': '22.1.0' };

describe('lockedVersions', () => {
  for (const [file, text] of [
    [
      'package-lock.json',
      '{"lockfileVersion": 3, "packages": {"": {}, "node_modules/left-pad": {"version": "1.3.0"}, "node_modules/@types/node": {"version": "22.1.0"}, "node_modules/own": {"resolved": "../own", "link": true}}}',
    ],
    ['npm-shrinkwrap.json', '{"lockfileVersion": 1, "dependencies": {"left-pad": {"version": "1.3.0"}, "@types/node": {"version": "22.1.0"}}}'],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      left-pad:\n        specifier: ^1.1.0\n        version: 1.3.0(react@18.3.1)\n      own:\n        specifier: file:../own\n        version: link:../own\n    devDependencies:\n      '@types/node':\n        specifier: ^22.0.0\n        version: 22.1.0\n\npackages:\n\n  left-pad@1.3.0:\n    resolution: {integrity: x}\n",
    ],
    [
      'pnpm-lock.yaml',
      "lockfileVersion: 5.4\n\nspecifiers:\n  left-pad: ^1.1.0\n\ndependencies:\n  left-pad: 1.3.0_react@18.3.1\n\ndevDependencies:\n  '@types/node': 22.1.0\n\npackages:\n  /left-pad/1.3.0: {}\n",
    ],
    [
      'yarn.lock',
      '# yarn lockfile v1\n\n\n"@types/node@^22.0.0", "@types/node@>=20":\n  version "22.1.0"\n  resolved "https://x"\n\nleft-pad@^1.1.0:\n  version "1.3.0"\n  dependencies:\n    version "9.9.9"\n',
    ],
    [
      'yarn.lock',
      '__metadata:\n  version: 8\n\n"@types/node@npm:^22.0.0":\n  version: 22.1.0\n  linkType: hard\n\n"left-pad@npm:^1.0.0, left-pad@npm:^1.1.0":\n  version: 1.3.0\n\n"own@file:../own::locator=x":\n  version: 0.0.0-use.local\n',
    ],
    [
      'bun.lock',
      '{ "lockfileVersion": 1, "packages": { "left-pad": ["left-pad@1.3.0", "", {}, "x"], "@types/node": ["@types/node@22.1.0", "", {}, "x"], "own": ["own@file:../own", {}], } }',
    ],
  ] as const) {
    it(`reads ${file}: ${text.slice(0, 30).replaceAll('\n', ' ')}`, () =>
      assert.deepEqual(Object.fromEntries(lockedVersions(file, text, RANGES)), EXPECTED));
  }

  it('knows nothing of what it cannot read', () => {
    for (const file of ['package-lock.json', 'pnpm-lock.yaml', 'bun.lock', 'yarn.lock', 'other.lock'])
      assert.equal(lockedVersions(file, '<<<<<<< HEAD\n{', RANGES).size, 0);
  });
});
