import assert from 'node:assert/strict';
import { SyntaxTree } from '../syntax/index.ts';
import { withRemovedFunctions } from './removed.ts';
import type { ResolvedPiece } from './resolve.ts';

/** Code, the mutant that takes the place of what is between `«` and `»`, and what that function is called; undefined where it is no function's body. */
const CASES: [code: string, mutator: string, title: string | undefined][] = [
  ['function f(a) «{ go(a) }»', 'BlockStatement', '`Cart.add`'],
  ['const f = «(a) => a + 1»', 'ArrowFunction', '`Cart.add`'],
  ['list.map(«(a) => a + 1»)', 'ArrowFunction', '`(a) => …` in `Cart.add`'],
  ['list.map(async function (a,\n  b) «{ go(a) }»)', 'BlockStatement', '`async function (a, b) …` in `Cart.add`'],
  ['function f(a) { if (a) «{ go(a) }» }', 'BlockStatement', undefined],
  ['function f(a) { «return a» }', 'ConditionalExpression', undefined],
];

describe('withRemovedFunctions', () => {
  for (const [marked, mutator, expected] of CASES) {
    it(marked, async () => assert.equal(await titleOf(marked, mutator), expected));
  }

  it('names what stands in no function without it', async () => {
    assert.equal(await titleOf('list.map(«(a) => a + 1»)', 'ArrowFunction', { name: '' }), '`(a) => …`');
  });

  it('says nothing of a function that has changed since', async () => {
    assert.equal(await titleOf('function f(a) «{ go(a) }»', 'BlockStatement', { stale: true }), undefined);
  });
});

async function titleOf(marked: string, mutator: string, more: Partial<ResolvedPiece> = {}): Promise<string | undefined> {
  const [before = '', original = '', after = ''] = marked.split(/[«»]/);
  const tree = await SyntaxTree.parse('javascript', before + original + after);
  const range = { start: positionAt(before), end: positionAt(before + original) };
  const mutant = { id: '1', range, mutator, original, replacement: '{}', static: false, status: 'Survived' as const, coveredBy: [], killedBy: [] };
  const [piece] = withRemovedFunctions(
    [{ name: 'Cart.add', kind: 'function', range, stale: false, judgedAt: 0, scanned: false, mutants: [mutant], ...more }],
    tree,
  );
  tree.dispose();
  return piece?.mutants[0]?.removes?.title;
}

function positionAt(before: string) {
  const lines = before.split('\n');
  return { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
}
