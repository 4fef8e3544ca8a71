import assert from 'node:assert/strict';
import type { Judgement } from '../jobs.ts';
import { CallTally } from './call-tally.ts';

const DURATIONS = new Map([
  ['a', 1],
  ['b', 20],
  ['c', 300],
]);

describe('what calling tests costs', () => {
  const CASES: [title: string, judgement: Judgement, calls: number, bareMs: number][] = [
    ['a survivor: all tests', { result: 'survived', reached: true, ran: 3 }, 3, 321],
    ['a kill: the tests up to the killer, and the killer once more', { result: 'killed', by: 'b', reason: '', reached: true, ran: 2 }, 3, 41],
    ['a test that does not end', { result: 'timeout', certain: false, by: 'a', reason: '', ran: 1 }, 1, 1],
    ['nobody knows what ran', { result: 'unsure', reason: '' }, 0, 0],
  ];
  for (const [title, judgement, calls, bareMs] of CASES) {
    it(title, () => {
      const tally = new CallTally();
      tally.count({ durations: DURATIONS }, { tests: ['a', 'b', 'c'] }, judgement);
      assert.deepEqual([tally.calls, tally.bareMs], [calls, bareMs]);
    });
  }

  it('is said in a sentence', () => {
    const tally = Object.assign(new CallTally(), { calls: 2, bareMs: 40.4, workMs: 30.6 });
    assert.equal(tally.text, "2 calls of tests took 31 ms of the workers' time, 40 ms in the dry run.");
  });
});
