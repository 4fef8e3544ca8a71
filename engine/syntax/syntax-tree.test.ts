import assert from 'node:assert/strict';
import { pieces } from './functions.ts';
import type { LanguageName } from './languages.ts';
import { languageOf } from './languages.ts';
import { SyntaxTree, singleEdit } from './syntax-tree.ts';

/** A generator of numbers that gives the same ones each time (mulberry32), so that a failure can be seen again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const TEXTS: Record<LanguageName, string> = {
  javascript: `const a = 1;\nfunction f(x) {\n  return x + "ä€😀";\n}\r\nclass C { m() { return \`\${a}\` } }\n`,
  typescript: 'export const f = (x: number): number => x > 1 ? 2 : 3;\nenum E { A, B }\nfunction g<T>(t: T) { return t as unknown }\n',
  tsx: 'function App() {\n  return <p title="x">{items.map((i) => <b key={i}>{i}</b>)}</p>;\n}\nconst x = 1;\n',
  python: 'def f(x):\n    return x + "ä€😀"\n\nclass C:\n    def m(self): return [i for i in self.a]\n',
  go: 'package a\n\nfunc f(x int) string {\n\treturn "ä€😀"\n}\n',
  rust: 'fn f(x: i32) -> String {\n    format!("ä€😀{}", x)\n}\n',
};
/** What random edits put in. */
const SCRAPS = ['', '\n', '\r\n', 'x', ' ', '{', '}', '(', ')', '"', '`', '/*', '*/', '// c\n', '😀', 'function h() { return 1 }\n', '() => {}', ';'];

describe('a syntax tree', () => {
  for (const [language, text] of Object.entries(TEXTS) as [LanguageName, string][]) {
    it(`has the same pieces after each of many random edits as after a new parse: ${language}`, async () => {
      const random = numbers(42);
      const updated = await SyntaxTree.parse(language, text);
      for (let round = 0; round < 150; round++) {
        // Back to the beginning now and then, so that not all that is tested are heaps of syntax errors.
        const from = round % 10 === 0 ? text : updated.text;
        const start = random(from.length + 1);
        const next = from.slice(0, start) + SCRAPS[random(SCRAPS.length)] + from.slice(start + random(8));
        updated.update(next);
        const fresh = await SyntaxTree.parse(language, next);
        assert.equal(updated.text, next);
        assert.deepEqual(pieces(updated.tree), pieces(fresh.tree), JSON.stringify(next));
        fresh.dispose();
      }
      updated.dispose();
    });
  }

  it('is found for each file by its name', () => {
    const cases: Record<string, LanguageName | undefined> = {
      'a.js': 'javascript',
      'a.jsx': 'javascript',
      '/x.y/a.MJS': 'javascript',
      'a.cjs': 'javascript',
      'a.ts': 'typescript',
      'a.mts': 'typescript',
      'a.cts': 'typescript',
      'a.tsx': 'tsx',
      'a.vue': undefined,
      'a.js.map': undefined,
    };
    for (const [file, language] of Object.entries(cases)) assert.equal(languageOf(file), language, file);
  });
});

describe('the one edit between two texts', () => {
  /** before, after, and the stretch: start, old end, new end. */
  const cases: [before: string, after: string, start: number, oldEnd: number, newEnd: number][] = [
    ['abc', 'abXc', 2, 2, 3],
    ['abc', 'ac', 1, 2, 1],
    ['abc', 'aXc', 1, 2, 2],
    ['', 'a', 0, 0, 1],
    ['a', '', 0, 1, 0],
    ['aa', 'aaa', 2, 2, 3],
    ['aaa', 'aa', 2, 3, 2],
    ['abab', 'ab', 2, 4, 2],
    ['abc', 'xyz', 0, 3, 3],
  ];
  for (const [before, after, start, oldEnd, newEnd] of cases) {
    it(`${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
      const { startIndex, oldEndIndex, newEndIndex } = singleEdit(before, after);
      assert.deepEqual([startIndex, oldEndIndex, newEndIndex], [start, oldEnd, newEnd]);
    });
  }

  it('turns one text into the other, with the positions of its ends', () => {
    const random = numbers(7);
    const word = () => Array.from({ length: random(12) }, () => 'ab\n'.charAt(random(3))).join('');
    const point = (text: string, index: number) => {
      const lines = text.slice(0, index).split('\n');
      return { row: lines.length - 1, column: lines.at(-1)?.length };
    };
    for (let round = 0; round < 500; round++) {
      const [before, after] = [word(), word()];
      const edit = singleEdit(before, after);
      const inserted = after.slice(edit.startIndex, edit.newEndIndex);
      assert.equal(before.slice(0, edit.startIndex) + inserted + before.slice(edit.oldEndIndex), after);
      assert.deepEqual(edit.startPosition, point(before, edit.startIndex));
      assert.deepEqual(edit.oldEndPosition, point(before, edit.oldEndIndex));
      assert.deepEqual(edit.newEndPosition, point(after, edit.newEndIndex));
    }
  });
});
