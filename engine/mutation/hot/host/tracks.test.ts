import assert from 'node:assert/strict';
import { fileRun, hits } from '../../../../test/support/file-runs.ts';
import { type Coverage, type FileRun, track } from './tracks.ts';

/** A coverage in short: `file(tests)`, with `!` where the code runs outside of tests; `~` stands where the mutant changes nothing. */
const inShort = ({ file, tests, infected, atLoad, infectedAtLoad }: Coverage) =>
  `${file.file}(${tests.map((key) => (infected.includes(key) ? key : `${key}~`)).join(',')})${atLoad ? '!' : ''}${atLoad && !infectedAtLoad ? '~' : ''}`;

describe('which tests reach which mutant', () => {
  const F = fileRun('f', { a: ['1', '2'], b: ['2'] }, { atLoad: hits(['3']) });
  const G = fileRun('g', { c: ['2'] }, { atLoad: hits(['1']), durations: new Map([['c', 7]]) });

  /** Mutant, the files that reach it, and those in which its tests are called. */
  const CASES: [id: string, coverage: string[], hot: string[]][] = [
    ['1', ['f(a)', 'g()!'], ['f(a)']],
    ['2', ['f(a,b)', 'g(c)'], ['f(a,b)', 'g(c)']],
    ['3', ['f()!'], []],
    ['4', [], []],
  ];
  for (const [id, coverage, hot] of CASES) {
    it(`mutant ${id}: ${coverage.join(' and ') || 'none'}`, () => {
      const one = track(['1', '2', '3', '4'], [F, G]).get(id);
      assert.deepEqual(one?.coverage.map(inShort), coverage);
      assert.deepEqual(one?.hot.map(inShort), hot);
      assert.deepEqual(one?.fresh, []);
    });
  }

  /** What is reached, where a mutant is judged at all, and where by calling tests; then where it is judged when files share their modules. */
  const INERT: Record<string, [runs: FileRun[], coverage: string[], judgedIn: string[], hot: string[], shared: string[]]> = {
    'in one test of two': [[fileRun('f', { a: ['1~'], b: ['1'] })], ['f(a~,b)'], ['f(a~,b)'], ['f(a~,b)'], ['f(a~,b)']],
    'in one file of two': [[fileRun('f', { a: ['1~'] }), fileRun('g', { b: ['1'] })], ['f(a~)', 'g(b)'], ['g(b)'], ['g(b)'], ['f(a~)', 'g(b)']],
    anywhere: [[fileRun('f', { a: ['1~'] })], ['f(a~)'], [], [], []],
    'at load': [[fileRun('f', { a: ['1'] }, { atLoad: hits(['1']), inertAtLoad: ['1'] })], ...[['f(a)!~'], ['f(a)!~'], ['f(a)!~'], ['f(a)!~']]] as [
      FileRun[],
      string[],
      string[],
      string[],
      string[],
    ],
    'but at load': [[fileRun('f', { a: ['1~'] }, { atLoad: hits(['1']) })], ['f(a~)!'], ['f(a~)!'], [], ['f(a~)!']],
  };
  for (const [title, [runs, ...expected]] of Object.entries(INERT)) {
    it(`of a mutant that changes nothing ${title}`, () => {
      const one = track(['1'], runs).get('1');
      const shared = track(['1'], runs, { shared: true }).get('1');
      assert.deepEqual(
        [one?.coverage, one?.judgedIn, one?.hot, shared?.judgedIn].map((all) => all?.map(inShort)),
        expected,
      );
    });
  }

  /** Of a mutant of a constant, whose reads tell mutant 1: where it is judged, and where when files share their modules. */
  const READS: Record<string, [runs: FileRun[], judgedIn: string[], shared?: string[]]> = {
    'in a test of one file': [
      [fileRun('f', { a: ['1'], b: [] }, { atLoad: hits(['1', '2']) }), fileRun('g', { c: [] }, { atLoad: hits(['1', '2']) })],
      ['f()!'],
    ],
    'while one file loads': [[fileRun('f', { a: [] }, { atLoad: { 1: 2, 2: 1 } }), fileRun('g', { c: [] }, { atLoad: hits(['1', '2']) })], ['f()!']],
    nowhere: [[fileRun('f', { a: [] }, { atLoad: hits(['1', '2']) })], []],
    'where it is made in a test': [[fileRun('f', { a: ['1', '2'], b: ['1'] })], ['f(a)']],
    'where it is the same': [[fileRun('f', { a: ['1'] }, { atLoad: hits(['1', '2']), inertAtLoad: ['2'] })], []],
  };
  for (const [title, [runs, judgedIn, shared = judgedIn]] of Object.entries(READS)) {
    it(`of a mutant of a constant that is read ${title}`, () => {
      const known = {
        constants: new Map([
          ['1', '1'],
          ['2', '1'],
        ]),
      };
      const one = track(['1', '2'], runs, known).get('2');
      assert.deepEqual(one?.judgedIn.map(inShort), judgedIn);
      assert.deepEqual(
        track(['1', '2'], runs, { ...known, shared: true })
          .get('2')
          ?.judgedIn.map(inShort),
        shared,
      );
      assert.equal(one?.coverage.length, runs.length);
    });
  }

  it('counts how often the code ran at most in one test', () => {
    const run = fileRun('f', { a: [], b: [] }, { perTest: { a: { 1: 3 }, b: { 1: 4 } }, atLoad: { 1: 10 } });
    assert.equal(track(['1'], [run]).get('1')?.hitsInTest, 4);
  });

  it('leaves out mutants that are not asked for', () => assert.deepEqual([...track(['2'], [F, G]).keys()], ['2']));

  it('counts how often the code ran, in tests and outside of them', () => {
    const run = fileRun('f', { a: [], b: [] }, { perTest: { a: { 1: 3 }, b: { 1: 4 } }, atLoad: { 1: 10 } });
    assert.equal(track(['1'], [run, fileRun('g', { c: ['1'] })]).get('1')?.hits, 18);
  });

  it('tries the file first whose tests take the least time: all of them where the code runs while it loads', () => {
    const durations = (ms: Record<string, number>) => ({ durations: new Map(Object.entries(ms)) });
    const runs = [
      fileRun('loads', { a: [], b: [] }, { atLoad: hits(['1']), ...durations({ a: 30, b: 30 }) }),
      fileRun('slow', { a: ['1'], b: [] }, durations({ a: 50, b: 1 })),
      fileRun('fast', { a: ['1'], b: [] }, durations({ a: 5, b: 900 })),
      fileRun('unknown', { a: ['1'] }, durations({})),
    ];
    assert.deepEqual(
      track(['1'], runs)
        .get('1')
        ?.coverage.map(({ file }) => file.file),
      ['unknown', 'fast', 'slow', 'loads'],
    );
  });
});
