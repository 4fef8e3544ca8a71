import assert from 'node:assert/strict';
import { fileRun } from '../../../../test/support/file-runs.ts';
import { bystanders } from './bystanders.ts';

/** How long tests take, the file to load, and which tests are left out. Test a reaches what is mutated. */
const CASES: Record<string, { durations: Record<string, number>; loadMs?: number; cold?: string; left: string[] }> = {
  'are none where tests take next to nothing': { durations: { a: 1, b: 20, c: 20 }, left: [] },
  'are none where they take no longer together than loading': { durations: { a: 1, b: 200, c: 200 }, loadMs: 400, left: [] },
  'are none where they take no longer together than those that reach something': { durations: { a: 400, b: 200, c: 200 }, left: [] },
  'are all that reach nothing where these take longer together': { durations: { a: 1, b: 60, c: 60 }, left: ['b', 'c'] },
  'are the slow ones where the others are quick': { durations: { a: 1, b: 20, c: 500 }, left: ['c'] },
  'are none that are cold: what they do hangs on others': { durations: { a: 1, b: 500, c: 600 }, cold: 'b', left: ['c'] },
};

describe('the tests of a file that are not run for the sake of what they leave behind', () => {
  for (const [title, { durations, loadMs = 0, cold, left }] of Object.entries(CASES)) {
    it(title, () => {
      const all = new Map(Object.entries(durations));
      const runMs = [...all.values()].reduce((sum, ms) => sum + ms, loadMs);
      const coldTests = new Map(cold === undefined ? [] : [[cold, 'it fails']]);
      assert.deepEqual([...bystanders(fileRun('f', { a: ['1'] }, { durations: all, runMs, coldTests }))], left);
    });
  }

  it('are those of each file where several are opened together', () => {
    const f = fileRun('f', { a: ['1'] }, { durations: new Map(Object.entries({ a: 1, b: 500 })), runMs: 501 });
    assert.deepEqual([...bystanders({ ...fileRun('f+g', {}), parts: [f, fileRun('g', { a: ['1'], b: [] })] })], ['f\nb']);
  });
});
