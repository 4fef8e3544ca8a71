import assert from 'node:assert/strict';
import type { CriticalPath, Measured, Part, ReachingTests, Risk, Signals } from './model.ts';
import { sentenceOf } from './sentence.ts';

const part = (title: string): Part => ({ file: 'src/a.ts', title, range: { start: { line: 0, column: 0 }, end: { line: 1, column: 0 } } });
const SIGNALS: Signals = { exported: false, fanIn: 0, functions: 7 };
const all = (total: number): Measured['functions'] => ({ total, judged: total, reached: total, stale: 0 });

interface Case {
  path?: Partial<CriticalPath>;
  measured?: Partial<Measured>;
  tests?: Partial<ReachingTests>;
  risk?: Risk;
}

const CASES: Record<string, Case> = {
  'All of its 7 functions are reached by tests, 92 % of its mutants are killed and the mean strength of these tests is 74.': {},
  'All of its 7 functions are reached by tests.': { measured: { killRate: null }, tests: { mean: null } },
  'Both of its functions are reached by tests.': { measured: { functions: all(2), killRate: null }, tests: { mean: null } },
  'Tests reach it, 92 % of its mutants are killed and the mean strength of these tests is 74.': { measured: { functions: all(1) } },
  '3 of its 7 functions are reached by no test, `refund` could lose its body unnoticed, and it was fixed 6 times in the last year.': {
    path: { signals: { ...SIGNALS, fixes: 6, changes: 9 } },
    measured: { functions: { ...all(7), reached: 4 }, unreached: ['a', 'b', 'c'].map(part), pseudoTested: ['`refund`'] },
  },
  '`a` is reached by no test, and it takes money.': {
    path: { why: 'it takes money' },
    measured: { functions: { ...all(7), reached: 6 }, unreached: [part('a')] },
  },
  'No test reaches it, and the package exports it.': {
    path: { signals: { ...SIGNALS, exported: true } },
    measured: { functions: { ...all(1), reached: 0 }, unreached: [part('a')], killRate: 0 },
  },
  'Neither of its functions is reached by a test, and 14 files import it.': {
    path: { signals: { ...SIGNALS, fanIn: 14 } },
    measured: { functions: { ...all(2), reached: 0 }, unreached: [part('a'), part('b')], killRate: 0 },
  },
  '`a`, `b` and 2 more could lose their bodies unnoticed, only 54 % of its mutants are killed and the 12 tests that reach it have a mean strength of 31.':
    {
      measured: { pseudoTested: ['`a`', '`b`', '`c`', '`d`'], killRate: 54.9 },
      tests: { mean: 31.2, count: 12 },
    },
  '2 of its 5 judged functions are reached by no test and 2 more have no results since they were changed.': {
    measured: { functions: { total: 7, judged: 5, reached: 3, stale: 2 }, unreached: [part('a'), part('b')] },
  },
  'All 6 judged of its 7 functions are reached by tests, 92 % of its mutants are killed, the mean strength of these tests is 74 and 1 more has no results.':
    {
      measured: { functions: { total: 7, judged: 6, reached: 6, stale: 0 } },
    },
  'Nothing of it has been judged, and it was changed twice in the last year.': {
    path: { signals: { ...SIGNALS, changes: 2, fixes: 0 } },
    measured: { functions: { total: 7, judged: 0, reached: 0, stale: 1 } },
    risk: 'unknown',
  },
  'It was changed since it was judged.': { measured: { functions: { total: 2, judged: 0, reached: 0, stale: 2 } }, risk: 'unknown' },
  'Nothing that it names was found in the source.': { measured: { functions: all(0) }, risk: 'unknown' },
};

describe('the sentence about a path', () => {
  for (const [expected, { path, measured, tests, risk = 'low' }] of Object.entries(CASES)) {
    it(expected, () => {
      const sentence = sentenceOf(
        { name: 'a', origin: 'found', criticality: 0.5, files: [], parts: [], signals: SIGNALS, ...path },
        { functions: all(7), unreached: [], pseudoTested: [], removalsJudged: 7, killRate: 92.7, tests: new Set(), seenBy: [], ...measured },
        { count: 4, read: 4, mean: 74, min: 50, ...tests },
        risk,
      );
      assert.equal(sentence, expected);
    });
  }
});
