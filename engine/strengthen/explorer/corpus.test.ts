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
