import assert from 'node:assert/strict';
import { bare, SyntaxTree } from '../syntax/index.ts';
import { wrappedFunctions } from './wrapped.ts';

/** Texts, and the functions in them that a call makes of others. */
const CASES: Record<string, string[]> = {
  'const list = wrap(async (request) => {});': ['list'],
  'export const list = wrap(options, function () {});': ['list'],
  'exports.list = wrap(() => {});\nmodule.exports.set = wrap(() => {});': ['list', 'set'],
  'const list = () => {};\nfunction set() {}': [],
  'const size = measure(3);': [],
  'const a = wrap(() => {}), b = wrap(() => {});': [],
  'const { a } = wrap(() => {});': [],
  'wrap(() => {});': [],
  'function f() { const list = wrap(() => {}); }': [],
};

describe('functions that a call makes of others', () => {
  for (const [text, expected] of Object.entries(CASES)) {
    it(text.replaceAll('\n', ' '), async () => {
      const tree = await SyntaxTree.parse('typescript', text);
      const found = wrappedFunctions(bare(tree.tree, text)).map(({ name }) => name);
      tree.dispose();
      assert.deepEqual(found, expected);
    });
  }
});
