import assert from 'node:assert/strict';
import { brokenRules, countFindings, countGroups, type Filters, hintedRules, listedTests, titleOf } from './list.ts';
import { fileOf, packageOf, testOf, withHints } from './samples.ts';

const cart = fileOf('test/cart.test.js', [
  testOf('Cart > adds', 90),
  testOf('Cart > removes', 10, { rules: ['no-assertion'] }),
  testOf('Cart > is skipped', 0, { state: 'skipped', rules: ['skipped-test'] }),
]);
const list = fileOf('test/list.test.js', [testOf('sorts', 22, { rules: ['broad-throws', 'no-assertion'] }), testOf('adds', 60)]);
const shop = packageOf('shop', [cart, list]);

function listed(filters: Partial<Filters> = {}): string[] {
  return listedTests(shop, { search: '', group: undefined, rule: undefined, file: undefined, ...filters }).map(({ test }) => test.title.join(' > '));
}

describe('listedTests', () => {
  it('begins with the weakest and ends with those that are not run', () => {
    assert.deepEqual(listed(), ['Cart > removes', 'sorts', 'adds', 'Cart > adds', 'Cart > is skipped']);
  });

  it('goes by band, rule and file', () => {
    assert.deepEqual(listed({ group: 'execution only' }), ['Cart > removes'], 'one that is not run is in no band');
    assert.deepEqual(listed({ group: 'not run' }), ['Cart > is skipped']);
    assert.deepEqual(listed({ rule: 'no-assertion' }), ['Cart > removes', 'sorts']);
    assert.deepEqual(listed({ rule: 'no-assertion', file: list.uri }), ['sorts']);
  });

  it('looks for each word in titles and paths, in any case', () => {
    assert.deepEqual(listed({ search: 'ADDS cart' }), ['Cart > adds']);
    assert.deepEqual(listed({ search: 'list.test' }), ['sorts', 'adds']);
    assert.deepEqual(listed({ search: 'nothing' }), []);
  });

  it('tells tests of one title apart', () => {
    const keys = listedTests(shop, { search: 'adds', group: undefined, rule: undefined, file: undefined }).map(({ key }) => key);
    assert.equal(new Set(keys).size, 2);
  });
});

describe('the numbers of a package', () => {
  it('are counted by group and by rule', () => {
    assert.deepEqual(countGroups(shop), { 'execution only': 1, weak: 1, behaviour: 1, comprehensive: 1, 'not run': 1 });
    assert.deepEqual(brokenRules(shop), [
      { rule: 'no-assertion', count: 2 },
      { rule: 'skipped-test', count: 1 },
      { rule: 'broad-throws', count: 1 },
    ]);
    assert.equal(countFindings(shop), 4);
    assert.deepEqual(hintedRules(shop), []);
  });
});

describe('hints', () => {
  it('are counted apart from what is told', () => {
    const hinted = packageOf('shop', [withHints(cart, ['tautology', 'no-assertion']), withHints(list, ['no-assertion'])]);
    assert.deepEqual(brokenRules(hinted), brokenRules(shop));
    assert.equal(countFindings(hinted), 4);
    assert.deepEqual(hintedRules(hinted), [
      { rule: 'no-assertion', count: 2 },
      { rule: 'tautology', count: 1 },
    ]);
    assert.equal(hinted.summary.hints, 3);
  });
});

describe('titleOf', () => {
  it('parts a test from its suites', () => {
    assert.deepEqual(titleOf(['Cart', 'when empty', 'adds']), { suites: 'Cart › when empty', own: 'adds' });
    assert.deepEqual(titleOf(['adds']), { suites: '', own: 'adds' });
  });
});
