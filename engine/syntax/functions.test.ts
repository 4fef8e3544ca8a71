import assert from 'node:assert/strict';
import { pieces } from './functions.ts';
import type { LanguageName } from './languages.ts';
import { SyntaxTree } from './syntax-tree.ts';

/** Each line that begins a piece says so behind `//=`: kind and name, one for each piece that begins there. */
const CASES: Record<string, [language: LanguageName, text: string]> = {
  'function declarations': [
    'javascript',
    `
function add(a, b) { return a + b } //= function add
export function sub(a, b) { return a - b } //= function sub
export default function () { return 1 } //= function default
async function* walk() { yield 1 } //= function walk`,
  ],
  'functions in variables': [
    'typescript',
    `
const add = (a: number) => a + 1; //= function add
export const sub = function (a: number) { return a }; //= function sub
const wrapped = memo((x: number) => x + 1); //= statement wrapped
let a = () => 1, b = () => 2; //= statement a, b | function a | function b`,
  ],
  'classes and their members': [
    'typescript',
    `
export class Cart { //= statement Cart
  total = 0;
  readonly tax = (n: number) => n * 2; //= function Cart.tax
  constructor(private n: number) {} //= function Cart.constructor
  get size() { return 1 } //= function Cart.size
  static of() { return new Cart(1) } //= function Cart.of
  #hidden() { return 0 } //= function Cart.#hidden
}`,
  ],
  'objects and prototypes': [
    'javascript',
    `
const api = { //= statement api
  get() { return 1 }, //= function api.get
  'set-it': function () { return 2 }, //= function api.set-it
  deep: { run: () => 3 }, //= function api.deep.run
};
exports.parse = function (s) { return s } //= function parse
Cart.prototype.add = function (x) { return x } //= function Cart.add
module.exports = () => 1; //= function module.exports`,
  ],
  'nested functions': [
    'javascript',
    `
function make() { //= function make
  const step = 1;
  function inner() { return step } //= function make.inner
  return [1].map((x) => x + inner());
}`,
  ],
  'code outside of functions': [
    'javascript',
    `
import x from 'x';
// a comment
if (x) { x.go() } //= statement 
const LIMIT = 10; //= statement LIMIT`,
  ],
};

describe('pieces of a file', () => {
  for (const [title, [language, text]] of Object.entries(CASES)) {
    it(title, async () => {
      const tree = await SyntaxTree.parse(language, text);
      const byLine = new Map<number, string[]>();
      for (const piece of pieces(tree.tree)) {
        const line = piece.range.start.line;
        byLine.set(line, [...(byLine.get(line) ?? []), `${piece.kind} ${piece.name}`.trim()]);
      }
      const expected = text.split('\n').map(
        (line) =>
          line
            .split('//= ')[1]
            ?.split(' | ')
            .map((one) => one.trim()) ?? [],
      );
      assert.deepEqual(
        text.split('\n').map((_, line) => byLine.get(line) ?? []),
        expected,
      );
      tree.dispose();
    });
  }

  it('leaves the text of inner pieces to them', async () => {
    const text = 'function outer() { before(); function inner() { x() } after(); }';
    const tree = await SyntaxTree.parse('javascript', text);
    const own = pieces(tree.tree).map((piece) => piece.own.map(({ start, end }) => text.slice(start, end)));
    assert.deepEqual(own, [['function outer() { before(); ', ' after(); }'], ['function inner() { x() }']]);
    tree.dispose();
  });

  it('is the same after an update as after a new parse', async () => {
    const before = 'const a = 1;\nfunction f() { return a }\n';
    const after = 'const a = 1;\n\nfunction fg() { return a + 1 }\nfunction h() {}\n';
    const updated = await SyntaxTree.parse('typescript', before);
    updated.update(after);
    const fresh = await SyntaxTree.parse('typescript', after);
    assert.deepEqual(pieces(updated.tree), pieces(fresh.tree));
  });
});
