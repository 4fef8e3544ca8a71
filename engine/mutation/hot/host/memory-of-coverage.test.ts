import assert from 'node:assert/strict';
import { fileRun, hits } from '../../../../test/support/file-runs.ts';
import type { Range } from '../../../model/index.ts';
import type { InstrumentedMutant } from './instrument.ts';
import { CoverageMemory, type MutatedText } from './memory-of-coverage.ts';
import type { FileRun } from './tracks.ts';

/** Two functions, and a function in a function. */
const LINES = [
  'import x;',
  'function f() {',
  '  return 1;',
  '}',
  'function g() {',
  '  return 2;',
  '}',
  'function h() {',
  '  const i = () => {',
  '    x();',
  '  };',
  '}',
];
/** Mutants by the lines that they stand on. */
const MUTANTS: Record<string, [first: number, last: number]> = { f: [1, 3], f1: [2, 2], g1: [4, 6], h: [7, 11], i: [9, 9], x: [0, 0] };
/** What tests reach. */
const RUNS = [fileRun('t', { a: ['f', 'f1'], b: ['g1'], c: ['h'], d: ['h', 'i'] }), fileRun('u', { e: ['f1'] })];

type Stretch = [first: number, last: number];

const range = ([first, last]: Stretch): Range => ({ start: { line: first, column: 0 }, end: { line: last, column: 1 } });
const target = (lines: readonly string[], ...stretches: Stretch[]): MutatedText => ({
  file: 's',
  text: lines.join('\n'),
  ...(stretches.length > 0 && { ranges: stretches.map(range) }),
});
const mutants = (places: Record<string, Stretch>) =>
  Object.entries(places).map(([id, stretch]) => ({ id, fileName: 's', location: range(stretch) }) as InstrumentedMutant);

/** Text in which the lines from `at` on, `removed` of them, are others. */
const edited = (at: number, removed: number, ...added: string[]) => LINES.toSpliced(at, removed, ...added);

/** A memory of a run that judged all of the text. */
function memory(runs: readonly FileRun[] = RUNS, places = MUTANTS): CoverageMemory {
  const made = new CoverageMemory();
  made.learn([target(LINES)], mutants(places), runs);
  return made;
}

const inShort = (found: ReadonlyMap<string, string[]> | undefined) => found && [...found].map(([file, keys]) => `${file}: ${keys.join(' ')}`);

/** The text as it is now, the stretches to judge, and the tests that can reach them; undefined where that cannot be known. */
const CASES: Record<string, [lines: string[], stretches: Stretch[], tests: string[] | undefined]> = {
  'nothing changed': [LINES, [[1, 3]], ['t: a', 'u: e']],
  'nothing changed, two functions': [
    LINES,
    [
      [1, 3],
      [4, 6],
    ],
    ['t: a b', 'u: e'],
  ],
  'a line of it changed': [edited(2, 1, '  return 7;'), [[1, 3]], ['t: a', 'u: e']],
  'its first line changed': [edited(1, 1, 'function f(x) {'), [[1, 3]], ['t: a', 'u: e']],
  'its last line changed': [edited(3, 1, '};'), [[1, 3]], ['t: a', 'u: e']],
  'it got a line': [edited(2, 0, '  y();'), [[1, 4]], ['t: a', 'u: e']],
  'it lost a line': [edited(2, 1), [[1, 2]], ['t: a', 'u: e']],
  'all of its lines changed': [edited(1, 3, 'const f = () => {', '  return 7', '}'), [[1, 3]], ['t: a', 'u: e']],
  'the text after it got a line': [edited(4, 0, '// g'), [[1, 3]], undefined],
  'the text before it got a line': [edited(1, 0, '// f'), [[2, 4]], undefined],
  'the line before it changed': [edited(0, 1, 'import y;'), [[1, 3]], undefined],
  'the line after it changed': [edited(4, 1, 'function k() {'), [[1, 3]], undefined],
  'another function changed': [edited(5, 1, '  return 7;'), [[1, 3]], undefined],
  'two functions changed': [
    edited(2, 4, '  return 7;', '}', 'function g() {', '  return 7;'),
    [
      [1, 3],
      [4, 6],
    ],
    undefined,
  ],
  'no stretch is named': [LINES, [], undefined],
  'no test reached it': [LINES, [[0, 0]], undefined],
  'no mutant stood in it': [LINES, [[3, 3]], undefined],
  'one of two was not reached': [
    LINES,
    [
      [1, 3],
      [0, 0],
    ],
    undefined,
  ],
};

describe('the tests that can reach code', () => {
  for (const [title, [lines, stretches, tests]] of Object.entries(CASES)) {
    it(title, () => assert.deepEqual(inShort(memory().narrow([target(lines, ...stretches)])), tests));
  }

  it('are not known of a file that was never judged', () => assert.equal(memory().narrow([{ ...target(LINES, [1, 3]), file: 'other' }]), undefined));

  it('are not known of any file where they are not known of one', () =>
    assert.equal(memory().narrow([target(LINES, [1, 3]), { ...target(LINES, [1, 3]), file: 'other' }]), undefined));

  it('are not known where an empty list of stretches is named', () => assert.equal(memory().narrow([{ ...target(LINES), ranges: [] }]), undefined));

  it('are all of a file for code that runs while it loads', () => {
    const runs = [fileRun('t', { a: ['f1'], b: [] }, { atLoad: hits(['f1']) }), fileRun('u', { e: [] })];
    assert.deepEqual(inShort(memory(runs).narrow([target(LINES, [1, 3])])), ['t: a b']);
  });

  it('are forgotten', () => {
    const made = memory();
    made.clear();
    assert.equal(made.narrow([target(LINES, [1, 3])]), undefined);
  });
});

/** An edit of a stretch that was judged again, with the mutants and tests that were there then; and the tests that can reach another one afterwards. */
interface Learning {
  lines: string[];
  judged: Stretch[];
  found: Record<string, Stretch>;
  runs: FileRun[];
  asked: Stretch;
  tests: string[] | undefined;
}

const LEARNING: Record<string, Learning> = {
  'what was judged again is reached by what reached it then': {
    ...{ lines: edited(2, 1, '  return 7;'), judged: [[1, 3]], found: { f1: [2, 2] }, runs: [fileRun('t', { n: ['f1'] })] },
    ...{ asked: [1, 3], tests: ['t: n'] },
  },
  'what was judged again in one of two stretches is, too': {
    ...{
      lines: LINES,
      judged: [
        [1, 3],
        [4, 6],
      ],
      found: { f1: [2, 2], g1: [5, 5] },
      runs: [fileRun('t', { n: ['f1'], m: ['g1'] })],
    },
    ...{ asked: [1, 3], tests: ['t: n'] },
  },
  'what stands before it stays': {
    ...{ lines: edited(5, 1, '  y();', '  return 7;'), judged: [[4, 7]], found: { g1: [6, 6] }, runs: [fileRun('t', { b: ['g1'] })] },
    ...{ asked: [1, 3], tests: ['t: a', 'u: e'] },
  },
  'what stands behind it moves down with lines that come': {
    ...{ lines: edited(2, 1, '  y();', '  return 7;'), judged: [[1, 4]], found: { f1: [3, 3] }, runs: [fileRun('t', { a: ['f1'] })] },
    ...{ asked: [5, 7], tests: ['t: b'] },
  },
  'what stands right behind it moves down': {
    ...{ lines: edited(2, 2, '  y();', '  z();', '};'), judged: [[1, 4]], found: { f1: [3, 3] }, runs: [fileRun('t', { a: ['f1'] })] },
    ...{ asked: [5, 7], tests: ['t: b'] },
  },
  'what stands behind it moves up with lines that go': {
    ...{ lines: edited(2, 1), judged: [[1, 2]], found: { f: [1, 2] }, runs: [fileRun('t', { a: ['f'] })] },
    ...{ asked: [3, 5], tests: ['t: b'] },
  },
  'what stands around it grows with lines that come': {
    ...{ lines: edited(9, 1, '    y();', '    x();'), judged: [[8, 11]], found: { i: [10, 10] }, runs: [fileRun('t', { d: ['i'] })] },
    ...{ asked: [7, 12], tests: ['t: c d'] },
  },
  'what stands around it shrinks with lines that go': {
    ...{ lines: edited(8, 3, '  const i = () => x();'), judged: [[8, 8]], found: { i: [8, 8] }, runs: [fileRun('t', { d: ['i'] })] },
    ...{ asked: [7, 9], tests: ['t: c d'] },
  },
};

describe('what a run adds to what is known', () => {
  for (const [title, { lines, judged, found, runs, asked, tests }] of Object.entries(LEARNING)) {
    it(title, () => {
      const made = memory();
      made.learn([target(lines, ...judged)], mutants(found), runs);
      assert.deepEqual(inShort(made.narrow([target(lines, asked)])), tests);
    });
  }

  it('is all that is known when all was judged', () => {
    const made = memory();
    made.learn([target(LINES)], mutants({ g1: [5, 5] }), [fileRun('t', { z: ['g1'] })]);
    assert.deepEqual(inShort(made.narrow([target(LINES, [4, 6])])), ['t: z']);
    assert.equal(made.narrow([target(LINES, [1, 3])]), undefined);
  });

  it('is only of the mutants of each file', () => {
    const made = new CoverageMemory();
    const other = { ...target(LINES), file: 'other' };
    made.learn([target(LINES), other], mutants({ f1: [2, 2] }), RUNS);
    assert.equal(made.narrow([{ ...target(LINES, [1, 3]), file: 'other' }]), undefined);
  });
});
