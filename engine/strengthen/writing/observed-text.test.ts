import assert from 'node:assert/strict';
import { LAB } from '../../mutation/index.ts';
import { SyntaxTree } from '../../syntax/index.ts';
import { asWritten } from '../lab-text.ts';
import { observedText } from './observed-text.ts';

/** The text of a test file without its imports, and what becomes of it; `L` stands for the recorder. */
const CASES: [name: string, text: string, expected: string][] = [
  ['a call of an import', 'f(1);', 'L.f("f",f)(1);'],
  ['a call with types', 'f<number>(1);', 'L.f("f",f)<number>(1);'],
  ['a call in a call', 'expect(f(f(1))).toBe(2);', 'expect(L.f("f",f)(L.f("f",f)(1))).toBe(2);'],
  ['a member of a namespace', 'ns.g(1);', 'L.m(ns,"g","ns.g")/*.g*/(1);'],
  ['a deeper member', 'ns.a.g();', 'L.m(ns.a,"g","ns.a.g")/*.g*/();'],
  ['a new object', 'const c = new C(1);', 'const c = new (L.n("C",C))(1);'],
  ['a new object of a namespace', 'new ns.D();', 'new (L.n("ns.D",ns.D))();'],
  ['a method of something', 'c.add(2);', 'L.m(c,"add")/*.add*/(2);'],
  ['a chain', 'f(1).add(2).total();', 'L.m(L.m(L.f("f",f)(1),"add")/*.add*/(2),"total")/*.total*/();'],
  ['over lines', 'c\n  .add(2);', 'L.m(c,"add")/*\n  .add*/(2);'],
  [
    'what serves to test is left alone',
    'expect(1).toBe(1);\nit("a", () => {});\nassert.equal(1, 1);',
    'expect(1).toBe(1);\nit("a", () => {});\nassert.equal(1, 1);',
  ],
  ['optional calls are left alone', 'c?.add(2);\nf?.(1);', 'c?.add(2);\nL.f("f",f)?.(1);'],
  [
    'private methods, super and comments too',
    'class A extends B { m() { super.m(); this.#p(); } #p() {} }\nc/* a */.add();',
    'class A extends B { m() { super.m(); this.#p(); } #p() {} }\nc/* a */.add();',
  ],
  ['no statement begins with a parenthesis', 'const a = 1\nf(a)', 'const a = 1\nL.f("f",f)(a)'],
];

const IMPORTS =
  "import { f, C } from '../src/code';import * as ns from '../src/ns';import { expect, it } from 'vitest';import assert from 'node:assert';\n";
const SCOPE = `\n;${LAB}.s({"f":()=>f,"C":()=>C,"ns":()=>ns},globalThis);\n`;

describe('the text of a test file that is observed', () => {
  for (const [name, text, expected] of CASES) {
    it(name, async () => {
      const tree = await SyntaxTree.parse('typescript', IMPORTS + text);
      assert.equal(observedText(tree.tree, IMPORTS + text), `${IMPORTS}${expected.replaceAll('L.', `${LAB}.`)}${SCOPE}`);
      tree.dispose();
      const again = asWritten(expected.replaceAll('L.', `${LAB}.`));
      assert.ok(again === text || (again === undefined && text.includes('new ')), again);
    });
  }

  it('is not taken for what was written where somebody wrote it in another way', () => {
    for (const one of [`${LAB}.m(a, "b")(1)`, `${LAB}.m(a,"b")(1)`, `${LAB.replaceAll("'", '"')}.f("f", f)`])
      assert.equal(asWritten(one), undefined, one);
  });
});
