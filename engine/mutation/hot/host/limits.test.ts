import assert from 'node:assert/strict';
import { fileRun } from '../../../../test/support/file-runs.ts';
import {
  aloneLimit,
  busyLimit,
  callHitLimit,
  callLimits,
  callStepLimits,
  firstLimit,
  hitLimit,
  openLimit,
  stallLimit,
  stepLimitOf,
  timesOf,
} from './limits.ts';
import { type FileRun, type Track, track } from './tracks.ts';

const run = (durations: Record<string, number>, runMs: number): FileRun => fileRun('f', {}, { durations: new Map(Object.entries(durations)), runMs });
const RUN = run({ a: 20, b: 300 }, 400);

/** What a limit is for, how long it is, and how long that must be at least: what it took in the dry run. */
const CASES: Record<string, [limit: number, expected: number, atLeast: number]> = {
  'a call of a fast test': [callLimits(RUN)['a'] ?? 0, 500, 20],
  'a call of a slow test': [callLimits(RUN)['b'] ?? 0, 3300, 300],
  'a sign of life while tests are called': [stallLimit(RUN), 4700, 3300],
  'loading a file and calling its tests three times': [openLimit(RUN), 3 * 3800 + 5600, 400 + 3 * 320],
  'fresh modules while others work': [firstLimit(RUN), 2980, 400],
  'fresh modules while nothing else runs': [aloneLimit(RUN), 5600, 2980],
  'a processor that is busy with fast tests': [busyLimit(timesOf([run({ a: 2 }, 400)])), 3100, 400],
  'a processor that is busy with tests that take their time': [busyLimit(timesOf([run({ a: 20, b: 20 }, 400)])), 4600, 400],
  'a processor that is busy with slow tests in several files': [busyLimit(timesOf([RUN, RUN])), 6200, 800],
  'a sign of life where no test has a time': [stallLimit(run({}, 10)), 1010, 10],
};

describe('how long things may take', () => {
  for (const [title, [limit, expected, atLeast]] of Object.entries(CASES)) {
    it(title, () => {
      assert.equal(Math.round(limit), expected);
      assert.ok(limit > atLeast);
    });
  }
});

describe('how many steps tests may take', () => {
  const perTest = { a: { 1: 60_000, 2: 40_000 }, b: { 1: 2 } };
  const busy = fileRun('f', {}, { perTest, atLoad: { 3: 5 }, durations: new Map([...'abc'].map((key) => [key, 1])) });

  it('a hundred times as many as without a mutant where that is much', () => assert.equal(callStepLimits(busy)['a'], 10_000_000));
  it('a fraction of a second in any case', () => assert.deepEqual([callStepLimits(busy)['b'], callStepLimits(busy)['c']], [5_000_000, 5_000_000]));
  it('all of the tests of several files together, with what runs at load', () => assert.equal(stepLimitOf([busy, busy]), 20_001_400));
});

describe('how often a mutant may run', () => {
  for (const [hits, limit] of [
    [7, 700],
    [1, 100],
    [0, 100],
  ] as const) {
    it(`${limit} times where it ran ${hits} times`, () => assert.equal(hitLimit({ ...(track(['1'], []).get('1') as Track), hits }), limit));
  }

  for (const [hits, hitsInTest, limit] of [
    [700, 1, 5000],
    [700, 60, 6000],
    [7, 7, 700],
  ] as const) {
    it(`${limit} times in one test where it ran ${hitsInTest} times in one and ${hits} in all`, () => {
      assert.equal(callHitLimit({ ...(track(['1'], []).get('1') as Track), hits, hitsInTest }), limit);
    });
  }
});
