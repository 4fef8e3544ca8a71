import assert from 'node:assert/strict';
import { agrees, timeLimit } from './compare.ts';

describe('a verdict and the plain command', () => {
  for (const [status, passed, failed, late] of [
    ['Survived', true, false, false],
    ['NoCoverage', true, false, false],
    ['Killed', false, true, true],
    ['Timeout', false, true, true],
    ['RuntimeError', false, true, true],
  ] as const) {
    it(status, () => assert.deepEqual([agrees(status, 'passed'), agrees(status, 'failed'), agrees(status, 'timed-out')], [passed, failed, late]));
  }

  it('has three times the time and ten seconds, in whole milliseconds', () => assert.equal(timeLimit(1500.2), 14_501));
});
