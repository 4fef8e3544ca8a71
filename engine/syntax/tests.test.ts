import assert from 'node:assert/strict';
import { SyntaxTree } from './syntax-tree.ts';
import { locateTest, writtenTests } from './tests.ts';

/** Lines behind which `//=` holds the full titles that lead to the call on the line, separated by `|`. */
const TEXT = String.raw`
import { it } from 'vitest';
it('alone', () => {}); //= alone
test("in double quotes", () => {}); //= in double quotes
describe('cart', () => {
  it('adds', () => {}); //= cart adds | cart > adds
  it('it\'s "quoted"', () => {}); //= cart it's "quoted"
  describe('when  empty', function () {
    it.only('throws', async () => {}); //= cart when empty throws | cart > when empty > throws
    it.skip('later'); //= cart when empty later
  });
  context('in a context', () => specify('specified', () => {})); //= cart in a context specified
});
describe.skip('skipped', () => {
  test('inside', () => {}); //= skipped inside
});
suite('a suite', () => {
  test.concurrent('at once', () => {}); //= a suite at once
  fit('focused', () => {}); //= a suite focused
});
it.each([1, 2])('doubles %s', () => {}); //= doubles 1 | doubles 200
test.each${'`a | b`'}('adds $a and $b.c', () => {}); //= adds 1 and 2
describe.each([['x']])('of %s', () => {
  it('each', () => {}); //= of x each | of a longer thing each
});
it(${'`template $'}{1 + 1} title${'`'}, () => {}); //= template 2 title
it(${'`plain template`'}, () => {}); //= plain template
it('exact over pattern', () => {}); //= exact over pattern
for (const name of names) {
  it(name, () => {});
}
it('a (b) [c] * d? ^e$', () => {}); //= a (b) [c] * d? ^e$
it('100 %% sure', () => {}); //= 100 % sure
helper('no test', () => {});
`;

const UNKNOWN = ['', 'no test', 'cart', 'adds', 'cart adds more', 'alone alone', 'skipped'];

describe('the place of a test', () => {
  const lines = TEXT.split('\n');
  for (const [line, text] of lines.entries()) {
    for (const title of text.split(' //= ')[1]?.split(' | ') ?? []) {
      it(title, async () => {
        const tree = await SyntaxTree.parse('typescript', TEXT.replace(/ \/\/=.*/g, ''));
        const found = locateTest(writtenTests(tree.tree), title);
        tree.dispose();
        const column = text.search(/\b(it|test|specify|fit)\b/);
        assert.deepEqual(found, { line, column });
      });
    }
  }

  for (const title of UNKNOWN) {
    it(`of ${JSON.stringify(title)} is not known`, async () => {
      const tree = await SyntaxTree.parse('typescript', TEXT);
      assert.equal(locateTest(writtenTests(tree.tree), title), undefined);
      tree.dispose();
    });
  }

  it('is found where a suite wraps its body in another call', async () => {
    const text = "describe('a', wrap(() => { each(() => it('b', f)); }));";
    const tree = await SyntaxTree.parse('javascript', text);
    assert.deepEqual(locateTest(writtenTests(tree.tree), 'a b'), { line: 0, column: text.indexOf('it(') });
    tree.dispose();
  });
});
