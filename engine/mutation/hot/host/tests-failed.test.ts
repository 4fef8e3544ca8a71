import assert from 'node:assert/strict';
import { DryRunFailed } from './assignment.ts';
import { unfitFor } from './tests-failed.ts';

const failed = (name: string, message?: string) => ({
  key: name,
  name,
  file: '/a.test.js',
  state: 'failed' as const,
  durationMs: 1,
  ...(message && { message }),
});

describe('why another executor has to have a try', () => {
  const CASES: [error: DryRunFailed, said: string][] = [
    [new DryRunFailed([failed('a', 'no\nat all')], 3, ''), '1 of 3 tests fail before anything was changed: "a" (no)'],
    [new DryRunFailed([failed('a'), failed('b')], 3, ''), '2 of 3 tests fail before anything was changed: "a", …'],
    [new DryRunFailed([], 3, 'The file cannot be loaded.'), 'The file cannot be loaded.'],
    [new DryRunFailed([], 0, ''), 'tests fail before anything was changed'],
  ];
  for (const [error, said] of CASES) it(said, () => assert.equal(unfitFor(error), said));
});
