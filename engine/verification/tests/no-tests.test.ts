import assert from 'node:assert/strict';
import { saysNoTests } from './no-tests.ts';

/** Lines as the tools wrote them. */
const NONE = [
  'no packages to test',
  '============================ no tests ran in 0.01s =============================',
  'no tests ran in 0.01s',
  'NO TESTS RAN',
  'NO TESTS RAN (skipped=1)',
  'No test files found, exiting with code 1',
  'No tests found, exiting with code 1',
  'Error: No test files found: "test"',
  "Could not find 'test/*.js'",
  'error: no tests to run',
];
const OTHERS = [
  '?   	example.com/a	[no test files]',
  'ok  	example.com/a	0.036s [no tests to run]',
  '1 failed, no tests ran',
  'no packages to test are left',
  'running 0 tests',
];

describe('that there are no tests', () => {
  for (const line of NONE) it(`${line}: said`, () => assert.equal(saysNoTests(line), true));
  for (const line of OTHERS) it(`${line}: not said`, () => assert.equal(saysNoTests(line), false));
});
