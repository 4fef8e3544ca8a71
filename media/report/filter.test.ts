import assert from 'node:assert/strict';
import { filterFiles, isShown } from './filter.ts';
import { mutantOf, summaryOf } from './samples.ts';

describe('isShown', () => {
  const mutant = mutantOf('x\na < b', 'a < b', 'a <= b', { function: 'Cart.add' });
  const filters = { statuses: ['Survived' as const], suppressed: false, mutantFilter: '', unfiltered: [] };

  it('goes by status', () => {
    assert.equal(isShown(mutant, filters), true);
    assert.equal(isShown({ ...mutant, status: 'Killed' }, filters), false);
  });

  it('leaves out what is not worth a look', () => {
    const suppressed = { ...mutant, suppressed: 'logging' };
    assert.equal(isShown(suppressed, filters), false);
    assert.equal(isShown(suppressed, { ...filters, suppressed: true }), true);
  });

  it('finds words in mutator, function and code', () => {
    assert.equal(isShown(mutant, { ...filters, mutantFilter: 'equality cart' }), true);
    assert.equal(isShown(mutant, { ...filters, mutantFilter: '<=' }), true);
    assert.equal(isShown(mutant, { ...filters, mutantFilter: 'regex' }), false);
  });

  it('shows everything of a line that was asked for', () => {
    assert.equal(isShown({ ...mutant, status: 'Killed' }, { ...filters, mutantFilter: 'regex', unfiltered: [1] }), true);
  });
});

describe('filterFiles', () => {
  it('keeps the order and looks for each word, in any case', () => {
    const files = ['src/b/Cart.ts', 'src/a/cart.ts', 'src/a/list.ts'].map((path) => summaryOf(path));
    assert.deepEqual(
      filterFiles(files, 'CART src').map((file) => file.path),
      ['src/b/Cart.ts', 'src/a/cart.ts'],
    );
    assert.equal(filterFiles(files, '').length, 3);
  });
});
