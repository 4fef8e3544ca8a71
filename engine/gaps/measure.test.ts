import assert from 'node:assert/strict';
import type { Range } from '../model/index.ts';
import type { FileView, ResolvedMutant, ResolvedPiece } from '../mutation/index.ts';
import { measure } from './measure.ts';
import type { CriticalPath, Part } from './model.ts';

const lines = (from: number, to: number): Range => ({ start: { line: from, column: 0 }, end: { line: to, column: 0 } });

function mutant(line: number, status: ResolvedMutant['status'], more: Partial<ResolvedMutant> = {}): ResolvedMutant {
  return {
    ...{
      id: `${line}${status}`,
      range: lines(line, line),
      mutator: 'X',
      original: 'a',
      replacement: 'b',
      static: false,
      coveredBy: [],
      killedBy: [],
    },
    status,
    ...more,
  };
}

function piece(name: string, range: Range, mutants: ResolvedMutant[], more: Partial<ResolvedPiece> = {}): ResolvedPiece {
  return { name, kind: 'function', range, stale: false, judgedAt: 0, scanned: false, mutants, ...more };
}

const part = (title: string, range: Range): Part => ({ file: 'a.ts', title, range });
const OUTER = part('outer', lines(0, 20));
const INNER = part('inner', lines(5, 10));
const OTHER = part('other', lines(30, 40));

function path(parts: Part[], files: string[] = []): CriticalPath {
  return { name: 'a', origin: 'declared', criticality: 1, files, parts };
}

function views(...pieces: ResolvedPiece[]): Map<string, FileView> {
  return new Map([['a.ts', { path: 'a.ts', text: '', pieces, pending: false }]]);
}

describe('what results say of a path', () => {
  it('a mutant counts for the innermost function around it', () => {
    const found = measure(
      path([OUTER, INNER, OTHER]),
      views(
        piece('outer', OUTER.range, [mutant(2, 'NoCoverage'), mutant(12, 'Ignored')]),
        piece('inner', INNER.range, [mutant(6, 'Killed', { coveredBy: [1, 2] })]),
      ),
    );
    assert.deepEqual(found.functions, { total: 3, judged: 2, reached: 1, stale: 0 });
    assert.deepEqual(found.unreached, [OUTER]);
    assert.equal(found.killRate, 50);
    assert.deepEqual([...found.tests], [1, 2]);
  });

  it('only a whole file has what stands outside of functions', () => {
    const judged = views(
      piece('', lines(50, 51), [mutant(50, 'Survived')], { kind: 'statement' }),
      piece('other', OTHER.range, [mutant(31, 'Killed')]),
    );
    assert.equal(measure(path([OTHER]), judged).killRate, 100);
    assert.equal(measure(path([OTHER], ['a.ts']), judged).killRate, 50);
  });

  it('of a statement, the handler in it has what stands there', () => {
    const found = measure(
      path([part('GET /x', lines(51, 53))]),
      views(piece('', lines(50, 54), [mutant(50, 'Survived'), mutant(52, 'Killed')], { kind: 'statement' })),
    );
    assert.deepEqual([found.functions.judged, found.killRate], [1, 100]);
  });

  it('what was changed since counts for nothing', () => {
    const found = measure(path([OTHER], ['a.ts']), views(piece('other', OTHER.range, [mutant(31, 'Survived', { coveredBy: [1] })], { stale: true })));
    assert.deepEqual(found.functions, { total: 1, judged: 0, reached: 0, stale: 1 });
    assert.deepEqual([found.killRate, found.tests.size], [null, 0]);
  });

  it('a quick scan makes no kill rate, and tells what could lose its body', () => {
    const removes = { title: '`other`', at: lines(30, 30) };
    const found = measure(
      path([OTHER]),
      views(piece('other', OTHER.range, [mutant(31, 'Survived', { removes, coveredBy: [1] })], { scanned: true })),
    );
    assert.deepEqual([found.killRate, found.pseudoTested, found.removalsJudged, found.functions.reached], [null, ['`other`'], 1, 1]);
  });

  it('tests that only load a file do not reach its functions', () => {
    const loaded = mutant(31, 'Killed', { static: true, coveredBy: [7, 8] });
    const called = mutant(32, 'Killed', { coveredBy: [1] });
    assert.deepEqual([...measure(path([OTHER]), views(piece('other', OTHER.range, [loaded, called]))).tests], [1]);
    assert.deepEqual([...measure(path([OTHER]), views(piece('other', OTHER.range, [loaded]))).tests], [7, 8]);
  });

  it('nothing is known of a file without results', () => {
    const found = measure(path([OTHER], ['a.ts']), new Map());
    assert.deepEqual(found, {
      ...{ functions: { total: 1, judged: 0, reached: 0, stale: 0 }, unreached: [], pseudoTested: [], removalsJudged: 0, killRate: null },
      tests: new Set(),
      seenBy: [],
    });
  });

  it('what a test was seen to run is reached, with results and without, and what none was seen to run says nothing', () => {
    const test = { file: '/a.test.ts', title: ['a'], line: 0, strength: 10, verdict: 'noticed' as const };
    const seen = new Map([
      [
        'a.ts',
        [
          { name: 'inner', line: 5, tests: [test] },
          { name: '(x) =>', line: 32, tests: [test] },
          { name: 'elsewhere', line: 60, tests: [{ ...test, title: ['b'] }] },
        ],
      ],
    ]);
    const judged = views(piece('outer', OUTER.range, [mutant(2, 'NoCoverage')]), piece('inner', INNER.range, [mutant(6, 'NoCoverage')]));
    const found = measure(path([OUTER, INNER, OTHER]), judged, seen);
    assert.deepEqual(found.functions, { total: 3, judged: 3, reached: 2, stale: 0 });
    assert.deepEqual(found.unreached, [OUTER]);
    assert.deepEqual(found.seenBy, [test, test]);
    const whole = measure(path([OUTER, INNER, OTHER], ['a.ts']), new Map(), seen);
    assert.deepEqual(whole.functions, { total: 3, judged: 2, reached: 2, stale: 0 });
    assert.equal(whole.killRate, null);
    assert.deepEqual(
      whole.seenBy.map(({ title }) => title.join()),
      ['a', 'a', 'b'],
    );
  });
});
