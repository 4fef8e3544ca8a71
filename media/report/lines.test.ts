import assert from 'node:assert/strict';
import { type Block, blocksOf, chunksOf, cut, type Layout, linesOf, mutantsByLine } from './lines.ts';
import { detailOf, mutantOf } from './samples.ts';

function layout(more: Partial<Layout>): Layout {
  return { lineCount: 40, centres: [], single: new Set(), unfolded: [], wholeFile: false, ...more };
}

/** Blocks as text, one-based and with both ends. */
function shown(blocks: readonly Block[]): string[] {
  return blocks.map(({ kind, from, to }) => `${kind} ${from + 1}-${to}`);
}

describe('linesOf', () => {
  it('splits at every kind of line end, once per file', () => {
    const detail = detailOf('a\r\nb\nc\rd', []);
    assert.deepEqual(linesOf(detail), ['a', 'b', 'c', 'd']);
    assert.equal(linesOf(detail), linesOf(detail));
  });
});

describe('mutantsByLine', () => {
  const source = 'a < b\nc < d || e';

  it('groups by the line of the start, in the order of the source, the inner mutant first', () => {
    const mutants = [mutantOf(source, 'c < d || e', 'true'), mutantOf(source, 'c < d', 'c > d'), mutantOf(source, 'a < b', 'a > b')];
    const byLine = mutantsByLine(mutants, 2);
    assert.deepEqual([...byLine.keys()], [0, 1]);
    assert.deepEqual(
      byLine.get(1)?.map((mutant) => mutant.replacement),
      ['c > d', 'true'],
    );
  });

  it('puts a mutant beyond the end of the text in the last line', () => {
    assert.deepEqual([...mutantsByLine([mutantOf(source, 'c', 'd')], 1).keys()], [0]);
  });
});

describe('blocksOf', () => {
  it('draws three lines around a mutant and folds the others', () => {
    assert.deepEqual(shown(blocksOf(layout({ centres: [19], single: new Set([19, 30]) }))), [
      'gap 1-16',
      'plain 17-19',
      'line 20-20',
      'plain 21-23',
      'gap 24-40',
    ]);
  });

  it('folds nothing that is smaller than three lines', () => {
    assert.deepEqual(shown(blocksOf(layout({ lineCount: 20, centres: [5, 14] }))), ['plain 1-20']);
    assert.deepEqual(shown(blocksOf(layout({ lineCount: 20, centres: [3, 13] }))), ['plain 1-7', 'gap 8-10', 'plain 11-17', 'gap 18-20']);
  });

  it('draws what was unfolded', () => {
    assert.deepEqual(shown(blocksOf(layout({ unfolded: [{ from: 10, to: 15 }] }))), ['gap 1-10', 'plain 11-15', 'gap 16-40']);
  });

  it('draws the whole file in blocks of a hundred lines at most', () => {
    assert.deepEqual(shown(blocksOf(layout({ lineCount: 250, single: new Set([120]), wholeFile: true }))), [
      'plain 1-100',
      'plain 101-120',
      'line 121-121',
      'plain 122-200',
      'plain 201-250',
    ]);
  });

  it('covers each line once', () => {
    const blocks = blocksOf(layout({ lineCount: 20_000, centres: [0, 5000, 19_999], single: new Set([5000]) }));
    assert.equal(
      blocks.reduce((sum, { from, to }) => sum + to - from, 0),
      20_000,
    );
  });
});

describe('chunksOf', () => {
  it('keeps the lines of a chunk together under the same key, whatever is folded', () => {
    const keys = (more: Partial<Layout>) => chunksOf(blocksOf(layout({ lineCount: 450, ...more }))).map((chunk) => chunk.key);
    assert.deepEqual(keys({ wholeFile: true }), [0, 1, 2, 3, 4]);
    assert.deepEqual(keys({ centres: [10, 420] }), [0, 4]);
  });
});

describe('cut', () => {
  const range = { start: { line: 1, column: 4 }, end: { line: 3, column: 1 } };

  it('cuts the first and the last line where the range begins and ends', () => {
    assert.deepEqual(cut('if (a) {', 1, range), ['if (', 'a) {', '']);
    assert.deepEqual(cut('};', 3, range), ['', '}', ';']);
  });

  it('takes lines between them without their indentation', () => {
    assert.deepEqual(cut('  f();', 2, range), ['  ', 'f();', '']);
  });

  it('leaves other lines whole', () => {
    assert.deepEqual(cut('g();', 4, range), ['g();', '', '']);
    assert.deepEqual(cut('g();', 1, undefined), ['g();', '', '']);
  });
});
