import assert from 'node:assert/strict';
import { countStatuses, type MutantStatus, STATUSES } from './model.ts';
import { scores } from './score.ts';

const LETTERS: Record<string, MutantStatus> = {
  K: 'Killed',
  S: 'Survived',
  N: 'NoCoverage',
  T: 'Timeout',
  R: 'RuntimeError',
  C: 'CompileError',
  I: 'Ignored',
  P: 'Pending',
};
/** Statuses by their first letters, the score, and the score of covered code. */
const CASES: [statuses: string, score: number | null, coveredScore: number | null][] = [
  ['', null, null],
  ['K', 100, 100],
  ['S', 0, 0],
  // StrykerJS's own reports show 0 here too.
  ['N', 0, 0],
  ['T', 100, 100],
  ['KS', 50, 50],
  ['KTSN', 50, (2 / 3) * 100],
  ['KKKSRCIP', 75, 75],
  ['I', null, null],
  ['RCP', null, null],
];
const mutants = (statuses: string) => [...statuses].map((letter) => ({ status: LETTERS[letter] as MutantStatus }));

describe('the mutation score', () => {
  for (const [statuses, score, coveredScore] of CASES) {
    it(`of ${statuses || 'nothing'}`, () => {
      const found = scores(mutants(statuses));
      for (const [value, expected] of [
        [found.score, score],
        [found.coveredScore, coveredScore],
      ] as const)
        assert.ok(value === expected || Math.abs((value ?? -1) - (expected ?? -2)) < 1e-9, `${value} is not ${expected}`);
    });
  }

  it('counts each status, also those that there are none of', () => {
    assert.deepEqual(countStatuses(mutants('KKSI')), {
      Survived: 1,
      NoCoverage: 0,
      Killed: 2,
      Timeout: 0,
      RuntimeError: 0,
      CompileError: 0,
      Ignored: 1,
      Pending: 0,
    });
    assert.deepEqual([...STATUSES].sort(), Object.values(LETTERS).sort());
  });
});
