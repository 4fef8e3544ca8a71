import assert from 'node:assert/strict';
import { SyntaxTree } from '../../syntax/index.ts';
import { bindingsIn, namesAround, servesTests } from './bindings.ts';

/** A statement, and the names that it gives to what is imported, each as `name = imported from module`. */
const CASES: [text: string, expected: string[]][] = [
  ["import a from 'x';", ['a = default from x']],
  ["import { a, b as c } from 'x';", ['a = a from x', 'c = b from x']],
  ["import * as ns from 'x';", ['ns = * from x']],
  ["import a, { b } from 'x';", ['a = default from x', 'b = b from x']],
  ["import type { T } from 'x';", []],
  ["import { type T, a } from 'x';", ['a = a from x']],
  ["import 'x';", []],
  ["const a = require('x');", ['a = * from x']],
  ["const { a, b: c } = require('x');", ['a = a from x', 'c = b from x']],
  ["var a = require('x').b;", ['a = b from x']],
  ["const a = require('x'), b = require('y');", ['a = * from x', 'b = * from y']],
  ['const a = load(1);', []],
];

describe('what a file imports', () => {
  for (const [text, expected] of CASES) {
    it(text, async () => {
      const tree = await SyntaxTree.parse('typescript', text);
      assert.deepEqual(
        bindingsIn(tree.tree).map(({ name, imported, from }) => `${name} = ${imported} from ${from}`),
        expected,
      );
      tree.dispose();
    });
  }

  it('knows what serves to test', () => {
    assert.deepEqual(
      ['vitest', 'node:assert/strict', 'fs', 'chai', '@sinonjs/referee'].filter((name) => !servesTests(name)),
      [],
    );
    assert.deepEqual(['../src/a', 'lodash', '#internal', 'vitest-like'].filter(servesTests), []);
  });

  it('knows which names are taken: those of the file and its suites, not those of its tests', async () => {
    const text = "const a = 1;\nfunction b() {}\ndescribe('x', () => { const c = 1; it('y', () => { const d = 1; }); });\nconst { e } = a;";
    const tree = await SyntaxTree.parse('typescript', text);
    assert.deepEqual(namesAround(tree.tree), ['a', 'b', 'c', 'e']);
    tree.dispose();
  });
});
