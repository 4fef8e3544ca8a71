import assert from 'node:assert/strict';
import { expandWritten } from './written-variables.ts';

const OUTER = { HOME: '/home/a', PATH: '/bin' };

/** What is run with which variables, what of them the project wrote, and what the command gets. */
const CASES: { name: string; env: Record<string, string>; written: Record<string, string>; expected: Record<string, string> }[] = [
  {
    name: 'what the project wrote',
    env: { PATH: '$HOME/bin:$PATH', LEVEL: '${LEVEL:-2}' },
    written: { PATH: '$HOME/bin:$PATH', LEVEL: '${LEVEL:-2}' },
    expected: { PATH: '/home/a/bin:/bin', LEVEL: '2' },
  },
  {
    name: 'what we put before it, from a folder with a dollar sign in its name',
    env: { NODE_OPTIONS: '--require=/opt/$HOME/preload.cjs --expose-gc' },
    written: { NODE_OPTIONS: '--expose-gc' },
    expected: { NODE_OPTIONS: '--require=/opt/$HOME/preload.cjs --expose-gc' },
  },
  {
    name: 'the titles of the tests that are to run, also where they are shown',
    env: { ASSAY_ONLY_TESTS: '[["vitest","/a.test.ts",["$emit calls $HOME"],""]]' },
    written: { ASSAY_ONLY_TESTS: '[["vitest","/a.test.ts",["$emit calls $HOME"],""]]' },
    expected: { ASSAY_ONLY_TESTS: '[["vitest","/a.test.ts",["$emit calls $HOME"],""]]' },
  },
];

describe('variables that name others', () => {
  for (const { name, env, written, expected } of CASES) it(name, () => assert.deepEqual(expandWritten(env, written, OUTER), expected));
});
