import assert from 'node:assert/strict';
import { fileRun } from '../../../../test/support/file-runs.ts';
import { batch } from './batch.ts';
import { type Coverage, track } from './tracks.ts';

describe('the mutants of a job', () => {
  /** What the test that reaches each mutant takes, milliseconds; how many may be in a job; how many are. */
  const CASES: [ms: number[], most: number, count: number][] = [
    [[], 8, 0],
    [[1, 1, 1], 8, 3],
    [[1, 1, 1], 2, 2],
    [[400, 100, 1], 8, 2],
    [[400, 101, 1], 8, 1],
    [[9000, 1], 8, 1],
  ];
  for (const [ms, most, count] of CASES) {
    it(`${count} of ${ms.length}, at most ${most}, which take ${ms.join(', ') || 'nothing'}`, () => {
      const ids = ms.map((_, i) => String(i));
      const run = fileRun('f', Object.fromEntries(ids.map((id) => [`test ${id}`, [id]])), {
        durations: new Map(ms.map((one, i) => [`test ${i}`, one])),
      });
      const waiting = [...track(ids, [run]).values()];
      assert.deepEqual(
        batch(waiting, most, ({ coverage }) => coverage[0] as Coverage).map(({ id }) => id),
        ids.slice(0, count),
      );
    });
  }
});
