import assert from 'node:assert/strict';
import { comparePositions, type Position, type Range } from '../model/index.ts';
import { functionBodies, functionOfBody } from './bodies.ts';
import type { LanguageName } from './languages.ts';
import { SyntaxTree } from './syntax-tree.ts';

/**
 * Code of which each function with a body that can be removed is marked below: `^` what is replaced, `=` its name, `~` where one without a name begins.
 */
const CASES: Record<string, [language: LanguageName, text: string]> = {
  'function declarations': [
    'javascript',
    `
function add(a, b) { return a + b }
         ===       ^^^^^^^^^^^^^^^^
export default async function () { await go() }
               ~~~~~~~~~~~~~~~~~ ^^^^^^^^^^^^^^
function* walk() { yield 1 }
          ====   ^^^^^^^^^^^`,
  ],
  'functions in variables': [
    'typescript',
    `
const add = (a: number): number => { return a + 1 };
      ===                          ^^^^^^^^^^^^^^^^
export const sub = function (a: number) { return a };
             ===                        ^^^^^^^^^^^^
const wrapped = memo(function inner(x: number) { go(x) });
                              =====            ^^^^^^^^^`,
  ],
  'arrow functions without a block': [
    'typescript',
    `
const inc = async (a: number) => a + 1;
      ===   ^^^^^^^^^^^^^^^^^^^^^^^^^^
parts.map((part) => part.trim());
          ^^^^^^^^^^^^^^^^^^^^^
          ~~~~~~~~~
`,
  ],
  'members of classes': [
    'typescript',
    `
class Cart {
  constructor(private n: number) { this.go() }
  ===========                    ^^^^^^^^^^^^^
  get size(): number { return 1 }
      ====           ^^^^^^^^^^^^
  static #hidden() { return 0 }
         =======   ^^^^^^^^^^^^
  readonly tax = (n: number) => { return n };
           ===                  ^^^^^^^^^^^^
}`,
  ],
  'members of objects': [
    'javascript',
    `
exports.parse = function (s) { return s }
=============                ^^^^^^^^^^^^
api = { get() { return 1 } };
        ===   ^^^^^^^^^^^^
api = { 'set-it': function () { return 2 } };
        ========              ^^^^^^^^^^^^`,
  ],
  'functions in functions': [
    'javascript',
    `
const curry = (a) => (b) => { return a + b };
      =====   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                            ^^^^^^^^^^^^^^^^
                     ~~~~~~
`,
  ],
  'blocks that are no body of a function': [
    'javascript',
    `
if (a) { go() }
try { go() } catch { stop() }
class A { static { go() } }`,
  ],
  'bodies with nothing in them': [
    'typescript',
    `
function none() {}
const todo = () => { /* later */ };
declare function known(a: number): number;
abstract class A { abstract f(): void }`,
  ],
};

describe('functionBodies', () => {
  for (const [name, [language, marked]] of Object.entries(CASES)) {
    it(name, async () => {
      const { text, bodies, names } = read(marked);
      const tree = await SyntaxTree.parse(language, text);
      const found = functionBodies(tree.tree);
      assert.deepEqual(found.sort(byPosition), bodies);
      const functions = found.map((body) => functionOfBody(tree.tree, body));
      assert.deepEqual(
        functions.map((one) => [one?.at, one?.text]),
        names.map(({ range }) => [range, text.split('\n')[range.start.line]?.slice(range.start.column, range.end.column)]),
      );
      assert.deepEqual(
        functions.map((one) => one?.isNamed),
        names.map(({ sign }, i) => sign === '=' || /export default/.test(text.split('\n')[bodies[i]?.start.line ?? 0] ?? '')),
      );
      tree.dispose();
    });
  }

  it('ends where the block ends', async () => {
    const tree = await SyntaxTree.parse('javascript', 'function f() {\r\n  if (a) {\r\n    b();\r\n  }\r\n}\r\n');
    assert.deepEqual(functionBodies(tree.tree), [{ start: { line: 0, column: 13 }, end: { line: 4, column: 1 } }]);
    assert.equal(functionOfBody(tree.tree, { start: { line: 1, column: 9 }, end: { line: 3, column: 3 } }), undefined, 'the block of the condition');
    tree.dispose();
  });
});

/** Takes the lines of marks out of a text: they speak of the last line of code before them. */
function read(marked: string) {
  const lines: string[] = [];
  const bodies: Range[] = [];
  const names: { sign: string; range: Range }[] = [];
  for (const line of marked.split('\n')) {
    if (!/^[ ^=~]+$/.test(line)) lines.push(line);
    else
      for (const { 0: marks, index } of line.matchAll(/\^+|=+|~+/g)) {
        const at = (column: number): Position => ({ line: lines.length - 1, column });
        const range = { start: at(index), end: at(index + marks.length) };
        if (marks[0] === '^') bodies.push(range);
        else names.push({ sign: marks[0] as string, range });
      }
  }
  return { text: lines.join('\n'), bodies: bodies.sort(byPosition), names };
}

function byPosition(a: Range, b: Range): number {
  return comparePositions(a.start, b.start);
}
