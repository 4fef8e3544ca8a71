import assert from 'node:assert/strict';
import { SyntaxTree } from '../syntax/index.ts';
import { ANY_NUMBER, arityAt, ownersAt, usesAt } from './owners.ts';

/** Source with a mark under the place that is meant, the names that its code can be run by, and how many parameters its function takes. */
const CASES: [source: string, owners: string[], arity: number][] = [
  [
    `function a(one, two = 2, ...rest) { return one; }
                                           ^^^`,
    ['a'],
    ANY_NUMBER,
  ],
  [
    `function a(one, two = 2) { return one; }
                                    ^^^`,
    ['a'],
    2,
  ],
  [
    `const a = (one) => one;
                   ^^^`,
    ['a'],
    1,
  ],
  [
    `const a = one => one;
                 ^^^`,
    ['a'],
    1,
  ],
  [
    `function b(x) { return a(x); }
function a(one, two) { return [one].map((each) => each + two); }
                                                  ^^^^`,
    ['a', 'b'],
    2,
  ],
  [
    `class Cart { add(item) { return item; } }
                                ^^^^`,
    ['add', 'Cart'],
    1,
  ],
  [
    `const LIMIT = 3;
              ^
function a(x) { return x > LIMIT; }`,
    ['LIMIT', 'a'],
    0,
  ],
];

describe('the functions by which a place can be run', () => {
  for (const [marked, owners, arity] of CASES) {
    it(marked, async () => {
      const lines = marked.split('\n');
      const mark = lines.findIndex((line) => /^\s*\^+$/.test(line));
      const start = { line: mark - 1, column: lines[mark]?.indexOf('^') ?? 0 };
      const end = { line: mark - 1, column: lines[mark]?.length ?? 0 };
      const tree = await SyntaxTree.parse('typescript', lines.filter((_, i) => i !== mark).join('\n'));
      assert.deepEqual([ownersAt(tree.tree, { start, end }), arityAt(tree.tree, { start, end })], [owners, arity]);
      tree.dispose();
    });
  }
});

describe('where code shows that runs when its module is loaded', () => {
  it('are the uses of its variable in functions', async () => {
    const source = `const LIMIT = { a: 3 };
const TWICE = LIMIT.a * 2;
function f(a) { return a > LIMIT.a; }
const g = (LIMITS) => ({ LIMIT });
`;
    const tree = await SyntaxTree.parse('javascript', source);
    const uses = usesAt(tree.tree, { start: { line: 0, column: 19 }, end: { line: 0, column: 20 } });
    assert.deepEqual(
      uses.map(({ at: { line, column } }) => source.split('\n')[line]?.slice(column, column + 7)),
      ['LIMIT.a', 'LIMIT.a', 'LIMIT }'],
    );
    assert.deepEqual(usesAt(tree.tree, { start: { line: 2, column: 23 }, end: { line: 2, column: 24 } }), []);
    tree.dispose();
  });
});
