import assert from 'node:assert/strict';
import type { MutantStatus } from './model.ts';
import { removals } from './pseudo-tested.ts';
import type { ResolvedMutant, ResolvedPiece } from './resolve.ts';

/** Functions as `title first-last line status`, with the number of tests that ran it and `suppressed` behind it, and how they are listed. */
const CASES: Record<
  string,
  {
    functions: string[];
    expected: Partial<Record<'pseudoTested' | 'notRun' | 'suppressed', string[]>> & { missed?: number; judged?: number; notJudged?: number };
  }
> = {
  'each by what became of it': {
    functions: [
      'a 1-2 Killed',
      'b 3-4 Timeout',
      'c 5-6 Survived 1',
      'd 7-8 NoCoverage',
      'e 9-9 RuntimeError',
      'f 10-10 Ignored',
      'g 11-12 Survived 3 suppressed',
    ],
    expected: { pseudoTested: ['c'], notRun: ['d'], suppressed: ['g'], missed: 2, judged: 5, notJudged: 2 },
  },
  'what most tests run first, then the longest': {
    functions: ['a 1-2 Survived 1', 'b 3-9 Survived 1', 'c 10-11 Survived 4', 'd 12-13 NoCoverage', 'e 14-19 NoCoverage'],
    expected: { pseudoTested: ['c', 'b', 'a'], notRun: ['e', 'd'], judged: 5 },
  },
  'nothing inside of what can go': {
    functions: ['a 1-9 Survived 2', 'b 2-3 Survived 2', 'c 4-5 NoCoverage', 'd 6-7 Killed 1', 'e 10-19 Killed 1', 'f 12-13 Survived 1'],
    expected: { pseudoTested: ['a', 'f'], missed: 1, judged: 3 },
  },
  'nothing of what has changed since': { functions: ['a 1-2 Survived 1 stale'], expected: {} },
  'only mutants that remove a body': { functions: ['- 1-2 Survived 1'], expected: {} },
};

describe('removals', () => {
  for (const [name, { functions, expected }] of Object.entries(CASES)) {
    it(name, () => {
      const { pseudoTested, notRun, suppressed, ...counts } = removals([{ pieces: functions.map(pieceOf) }]);
      const titles = (of: typeof pseudoTested) => of.map(({ mutant }) => mutant.removes.title);
      assert.deepEqual(
        { pseudoTested: titles(pseudoTested), notRun: titles(notRun), suppressed: titles(suppressed), ...counts },
        { pseudoTested: [], notRun: [], suppressed: [], missed: 0, judged: 0, notJudged: 0, ...expected },
      );
    });
  }
});

function pieceOf(text: string): ResolvedPiece {
  const [, title = '', first, last, status, tests = '0', more] = /^(\S+) (\d+)-(\d+) (\w+) ?(\d+)? ?(\w+)?$/.exec(text) ?? [];
  const range = { start: { line: Number(first), column: 0 }, end: { line: Number(last), column: 9 } };
  const mutant: ResolvedMutant = {
    ...{ id: title, range, mutator: 'BlockStatement', original: '{}', replacement: '{}', static: false, killedBy: [] },
    status: status as MutantStatus,
    coveredBy: Array.from({ length: Number(tests) }, (_, i) => i),
    ...(title !== '-' && { removes: { title, at: range } }),
    ...(more === 'suppressed' && { suppressed: { kind: 'arid', reason: 'logging' } }),
  };
  return { name: title, kind: 'function', range, stale: more === 'stale', judgedAt: 0, scanned: true, mutants: [mutant] };
}
