import assert from 'node:assert/strict';
import { SyntaxTree } from '../syntax/index.ts';
import { poolAt } from './pools.ts';

/** Source with a mark under the place that is meant, and the texts, the numbers and the names of properties that matter there. */
const CASES: [source: string, strings: string[], numbers: number[], names: string[]][] = [
  [
    `function f(text, options) { const other = g(); return options.deep ? text.slice(2) : other.a + 'b'; }
                                                                              ^`,
    ['b'],
    [2],
    ['deep', 'a'],
  ],
  [
    `const f = (text, { deep = false }) => text.charCodeAt(0) === 95;
                                                             ^^`,
    ['_'],
    [0, 95],
    ['deep'],
  ],
  [
    `const a = 'far';
function f(text) { return text + 'near'; }
                                  ^^^^`,
    ['near', 'far'],
    [],
    [],
  ],
];

describe('what the code around a place speaks of', () => {
  for (const [marked, strings, numbers, names] of CASES) {
    it(marked, async () => {
      const lines = marked.split('\n');
      const mark = lines.findIndex((line) => /^ *\^+$/.test(line));
      const [place] = lines.splice(mark, 1) as [string];
      const tree = await SyntaxTree.parse('javascript', lines.join('\n'));
      const at = (column: number) => ({ line: mark - 1, column });
      assert.deepEqual(poolAt(tree.tree, { start: at(place.indexOf('^')), end: at(place.length) }), { strings, numbers, names });
      tree.dispose();
    });
  }
});
