import assert from 'node:assert/strict';
import { Corpus } from './corpus.ts';

const parent = (test: string) => ({ scenario: { steps: [] }, test });

describe('what is kept to make other calls from', () => {
  it('went somewhere new', () => {
    const corpus = new Corpus();
    const added = ([hits, ...infected]: [Record<string, number>, ...string[]]) =>
      corpus.add(parent('a'), { hits, infected: new Set(infected) }, false);
    assert.deepEqual(
      [[{ a: 1 }], [{ a: 1 }], [{ a: 2 }], [{ a: 1 }, 'a'], [{ a: 5 }], [{ a: 7 }], [{ a: 8 }], [{ a: 1, b: 1 }]].map((one) => added(one as never)),
      [true, false, true, true, true, false, true, true],
    );
  });

  it('went another way as a whole, where that ends well', () => {
    const corpus = new Corpus();
    const added = (hits: Record<string, number>, isFine: boolean) => corpus.add(parent('a'), { hits, infected: new Set() }, isFine);
    const both = { a: 1, b: 1 };
    assert.deepEqual(
      [added({ a: 1 }, true), added({ b: 1 }, true), added(both, false), added(both, true), added(both, true)],
      [true, true, false, true, false],
    );
  });

  for (const [one, other, isNew] of [
    [1, 2, true],
    [3, 4, true],
    [4, 7, false],
    [7, 8, true],
    [8, 15, false],
    [15, 16, true],
    [16, 31, false],
    [31, 32, true],
    [32, 127, false],
    [127, 128, true],
    [128, 10_000, false],
  ] as const) {
    it(`is ${isNew ? '' : 'not '}that which ran something ${other} times, not ${one}`, () => {
      const corpus = new Corpus();
      const added = (count: number) => corpus.add(parent('a'), { hits: { a: count }, infected: new Set() }, false);
      assert.deepEqual([added(one), added(other)], [true, isNew]);
    });
  }

  it('is the last of many', () => {
    const corpus = new Corpus();
    for (let i = 0; i < 70; i++) corpus.add(parent(String(i)), { hits: { a: 1, [`b${i}`]: 1 }, infected: new Set() }, false);
    const kept = corpus.leadingTo('a').map(({ test }) => test);
    assert.deepEqual([kept.length, kept[0], kept.at(-1)], [60, '10', '69']);
  });

  it('leads to a mutant by what changes it, where there is such', () => {
    const corpus = new Corpus();
    corpus.add(parent('runs'), { hits: { a: 1 }, infected: new Set() }, true);
    assert.deepEqual(corpus.leadingTo('a'), [parent('runs')]);
    corpus.add(parent('infects'), { hits: { a: 1, b: 1 }, infected: new Set(['a']) }, true);
    assert.deepEqual(corpus.leadingTo('a'), [parent('infects')]);
    assert.deepEqual(corpus.leadingTo('b'), [parent('infects')]);
    assert.deepEqual(corpus.leadingTo('c'), []);
  });
});
