import assert from 'node:assert/strict';
import { SyntaxTree } from '../syntax/index.ts';
import { changedPieces } from './changed.ts';

const BEFORE = `const rate = 2;
function first(a) {
  return a * rate;
}
function second(b) {
  return b + 1;
}
`;

/** What is replaced in the text, and the first lines (from 0) of the pieces that changed. */
const CASES: [what: string, from: string, to: string, lines: number[]][] = [
  ['nothing', 'first', 'first', []],
  ['the body of a function', 'b + 1', 'b + 2', [4]],
  ['lines in front of a function', 'const rate = 2;', 'const rate = 2;\n\n', []],
  ['a statement', 'rate = 2', 'rate = 3', [0]],
  ['a new function', 'function second', 'function third() {}\nfunction second', [4]],
  ['two of them', '  return', '    return', [1]],
];

describe('what changed in a file', () => {
  for (const [what, from, to, lines] of CASES) {
    it(what, async () => {
      const before = await SyntaxTree.parse('javascript', BEFORE);
      const after = await SyntaxTree.parse('javascript', BEFORE.replace(from, to));
      assert.deepEqual(
        changedPieces(after, changedPieces(before).texts).changed.map(({ start }) => start.line),
        lines,
      );
    });
  }
});
