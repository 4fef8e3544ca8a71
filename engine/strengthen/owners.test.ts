import assert from 'node:assert/strict';
import { SyntaxTree } from '../syntax/index.ts';
import { ANY_NUMBER, decidesAt, functionAt, ownersAt, usesAt } from './owners.ts';

/** Source with a mark under the place that is meant, the names that its code can be run by, and the function that it stands in with the number of its parameters. */
const CASES: [source: string, owners: string[], within: string | undefined][] = [
  [
    `function a(one, two = 2, ...rest) { return one; }
                                           ^^^`,
    ['a'],
    'a 3',
  ],
  [
    `function a(one, two = 2) { const b = two; }
                                     ^^^`,
    ['b', 'a'],
    'a 2',
  ],
  [
    `const a = (one) => one;
                   ^^^`,
    ['a'],
    'a 1',
  ],
  [
    `const a = one => one;
                 ^^^`,
    ['a'],
    'a 1',
  ],
  [
    `const a = (one /* the first */, two) => one;
                                        ^^^`,
    ['a'],
    'a 2',
  ],
  [
    `module.exports.a = function (one, two) { return one; };
                                                   ^^^`,
    ['a'],
    'a 2',
  ],
  [
    `function b(x) { return a(x); }
function a(one, two) { const all = [one].map((each) => each + two); return all; }
                                                      ^^^^`,
    ['all', 'a', 'b'],
    'a 2',
  ],
  [
    `class Cart { add(item) { return item; } }
                                ^^^^`,
    ['add', 'Cart'],
    'add 1',
  ],
  [
    `const LIMIT = 3;
              ^
function a(x) { return x > LIMIT; }`,
    ['LIMIT', 'a'],
    undefined,
  ],
];

describe('the functions by which a place can be run', () => {
  for (const [marked, owners, within] of CASES) {
    it(marked, async () => {
      const lines = marked.split('\n');
      const mark = lines.findIndex((line) => /^\s*\^+$/.test(line));
      const start = { line: mark - 1, column: lines[mark]?.indexOf('^') ?? 0 };
      const end = { line: mark - 1, column: lines[mark]?.length ?? 0 };
      const tree = await SyntaxTree.parse('typescript', lines.filter((_, i) => i !== mark).join('\n'));
      const its = functionAt(tree.tree, { start, end });
      assert.deepEqual([ownersAt(tree.tree, { start, end }), its && `${its.name} ${its.arity}`], [owners, within]);
      tree.dispose();
    });
  }

  it('may take any number of arguments, where their types do not say what they are', async () => {
    const tree = await SyntaxTree.parse('javascript', 'function a(one, ...rest) { return one; }');
    const at = { line: 0, column: 29 };
    assert.deepEqual(functionAt(tree.tree, { start: at, end: at }), { name: 'a', arity: ANY_NUMBER });
    tree.dispose();
  });
});

describe('a place that decides how to go on', () => {
  /** Source with a mark under the place. */
  const CASES: [source: string, decides: boolean][] = [
    [
      `if (a > 1 && b) c();
    ^^^^^`,
      true,
    ],
    [
      `const a = (b || c === '/') ? 1 : 2;
                      ^^^`,
      true,
    ],
    [
      `for (let i = 0; i <= n; i++) f(i);
                ^^^^^^`,
      true,
    ],
    [
      `while (f(a + 1)) g();
         ^^^^^`,
      true,
    ],
    [
      `const a = b ? c - 1 : 2;
              ^^^^^`,
      false,
    ],
    [
      `if (a) { b = c - d; }
             ^^^^^`,
      false,
    ],
    [
      `if (all.some((one) => one > 2)) f();
                      ^^^^^^^`,
      false,
    ],
  ];
  for (const [marked, decides] of CASES) {
    it(marked, async () => {
      const [source = '', mark = ''] = marked.split('\n');
      const tree = await SyntaxTree.parse('typescript', source);
      const at = (column: number) => ({ line: 0, column });
      assert.equal(decidesAt(tree.tree, { start: at(mark.indexOf('^')), end: at(mark.length) }), decides);
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
