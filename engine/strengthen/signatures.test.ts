import assert from 'node:assert/strict';
import { type LanguageName, SyntaxTree } from '../syntax/index.ts';
import { exportedFunctions, membersIn, takenBy } from './signatures.ts';
import { Printer } from './writing/print.ts';

const printer = new Printer({ quote: "'", indent: '  ', trailingCommas: false });

/** Source, and calls that are made of it. */
const CASES: [language: LanguageName, source: string, calls: string[]][] = [
  ['typescript', 'export function f(a: string) {}', ["f('a')", "f('')"]],
  ['typescript', 'export function f(a: number, b?: boolean) {}', ['f(1)', 'f(1, true)', 'f(0)', 'f(1, false)']],
  ['typescript', "export const f = (a: 'x' | 'y' = 'x') => a;", ['f()', "f('x')", "f('y')"]],
  ['typescript', 'export function f(a: string[], ...rest: number[]) {}', ["f(['a'])", 'f([])', "f(['a', ''])"]],
  [
    'typescript',
    'interface A { b: number; c?: string }\nexport function f(a: A) {}',
    ["f({ b: 1, c: 'a' })", 'f({ b: 1 })', 'f({ b: 0 })', "f({ b: 1, c: '' })"],
  ],
  ['typescript', 'type A = [string, Date];\nexport function f(a: A) {}', ["f(['a', new Date('1970-01-01T00:00:00.000Z')])"]],
  ['typescript', 'export function f(a: Record<string, number>) {}', ['f({ a: 1 })']],
  ['typescript', 'export function f(a: Elsewhere) {}', []],
  ['typescript', 'export function f(a: string, b?: Elsewhere) {}', ["f('a')", "f('')"]],
  ['typescript', 'function f(a: string) {}', []],
  ['typescript', 'function f() {}\nexport { f };', ['f()']],
  ['typescript', 'export default function f() {}', ['default f()']],
  ['typescript', 'export default (a: number) => a;', ['default unnamed(1)', 'default unnamed(0)']],
  ['typescript', 'class A {}\nexport default A;', ['default new A()']],
  ['typescript', 'export function f() {}\nexport default f;', ['f()']],
  ['javascript', 'function f() {}\nmodule.exports = f;', ['default f()']],
  ['javascript', 'module.exports = class { constructor(a = 1) {} };', ['default new unnamed()', 'default new unnamed(1)']],
  ['javascript', 'module.exports = require("./other");', []],
  ['javascript', 'function f(a = 1) {}\nmodule.exports = { f };', ['f()', 'f(1)']],
  [
    'javascript',
    '/**\n * @param {number} a\n * @param {string[]} [b]\n */\nexports.f = function (a, b) {};',
    ['f(1)', "f(1, ['a'])", 'f(0)', 'f(1, [])', "f(1, ['a', ''])"],
  ],
  ['javascript', '/** @param {number} a */\nexport const f = (a, b = 1) => a + b;', ['f(1)', 'f(1, 1)', 'f(0)']],
  ['javascript', '/** @param {string} a */\nexports.f = a => a;', ["f('a')", "f('')"]],
  ['typescript', 'export class A { constructor(a: string) {} }\nexport class B {}', ["new A('a')", "new A('')", 'new B()']],
  ['typescript', 'export abstract class A {}\nexport class B extends A {}\nexport class C { private constructor() {} }', []],
  ['javascript', 'exports.f = function (a) {};', ["f('a')", 'f(1)', "f(['a'])", 'f([1])', 'f({})', 'f((value) => value)']],
];

/** Source of a class, and what its objects can be asked. */
const MEMBERS: [source: string, members: string[]][] = [
  ['class A { get b() {} set b(c) {} get #d() {} private get e() {} protected f() {} _g() {} static h() {} constructor() {} }', ['A.b']],
  ['export class A { b(c: number) {} d(e: Elsewhere) {} }', ['A.b(1)', 'A.b(0)']],
];

describe('parameters', () => {
  it('are known by their names, as far as they have some', async () => {
    const tree = await SyntaxTree.parse('typescript', 'export function f(a: string, b = 1, c?: number, { d }, e) {}');
    assert.deepEqual(
      exportedFunctions(tree.tree, 'unnamed').map(({ parameters }) => parameters),
      [['a', 'b', 'c']],
    );
    tree.dispose();
  });
});

describe('what objects of classes can be asked', () => {
  for (const [source, members] of MEMBERS) {
    it(source, async () => {
      const tree = await SyntaxTree.parse('typescript', source);
      const made = membersIn(tree.tree).flatMap(({ className, name, kind, argumentLists }) =>
        argumentLists.map((list) => `${className}.${name}${kind === 'get' ? '' : `(${list.map((one) => printer.print(one)).join(', ')})`}`),
      );
      tree.dispose();
      assert.deepEqual(made, members);
    });
  }
});

describe('calls that signatures would take', () => {
  for (const [language, source, calls] of CASES) {
    it(source, async () => {
      const tree = await SyntaxTree.parse(language, source);
      const made = exportedFunctions(tree.tree, 'unnamed').flatMap(({ name, isDefault, kind, argumentLists }) =>
        argumentLists.map(
          (list) => `${isDefault ? 'default ' : ''}${kind === 'new' ? 'new ' : ''}${name}(${list.map((one) => printer.print(one)).join(', ')})`,
        ),
      );
      tree.dispose();
      assert.deepEqual(made, calls);
    });
  }
});

describe('what functions and methods take', () => {
  for (const [text, expected] of [
    [
      'export function f(a: string, b?: { on: boolean }, ...c: number[]) {}',
      'f: "a" "" | {"$":"object","entries":[["on",true]]} {"$":"object","entries":[["on",false]]} | ',
    ],
    ['function f(a, b = 2) {}', 'f:  | 2'],
    ['f.all = (a, b = false) => a;', 'all:  | false true'],
    ['class A { go(this: A, far: 1 | 2) {} }', 'go: 1 2'],
    ['/** @param {boolean} a */\nconst f = (a, b) => a;', 'f: true false | '],
  ] as const) {
    it(text, async () => {
      const tree = await SyntaxTree.parse('typescript', text);
      const said = takenBy(tree.tree).map(
        ({ name, values }) => `${name}: ${values.map((its) => its.map((one) => JSON.stringify(one)).join(' ')).join(' | ')}`,
      );
      assert.deepEqual(said, [expected]);
      tree.dispose();
    });
  }
});
