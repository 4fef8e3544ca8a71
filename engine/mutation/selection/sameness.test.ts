import assert from 'node:assert/strict';
import { pieces, SyntaxTree } from '../../syntax/index.ts';
import { type Change, SamenessFinder } from './sameness.ts';

/** Files with changes of the function that holds them: each is `code -> replacement`, behind `=` what it is the same as (`original`, or the number of a change). */
const CASES: Record<string, [text: string, ...changes: string[]]> = {
  'a function declaration': [
    'export function f(a: number) {\n  if (a === 1) {\n    return 2;\n  }\n  return 3;\n}\n',
    'a === 1 -> false',
    '{\n    return 2;\n  } -> {} = 0',
    'return 3; -> ;',
  ],
  'a method': [
    'class A {\n  f(a) {\n    if (a) {\n      return;\n    }\n  }\n}\n',
    '{\n      return;\n    } -> {} = original',
    'a) {\n      return -> !a) {\n      return = original',
  ],
  'a function as an argument': ["define('x', function f(a) {\n  g(a + 1);\n});\n", 'a + 1 -> a - 1', '{\n  g(a + 1);\n} -> {}'],
  'an arrow function of an object': ['const o = { f: (a) => a.b() };\n', 'a.b() -> a.c()', '(a) => a.b() -> () => undefined'],
  'a statement outside of functions': ["const x = y || 'z';\n", '\'z\' -> "z" = original', '\'z\' -> ""'],
  'with the line ends of Windows': ['function f(a) {\r\n  if (a) {\r\n    g();\r\n  }\r\n}\r\n', 'g(); -> ;', '{\r\n    g();\r\n  } -> {} = 0'],
  'text that does not parse': ['function f(a) {\n  return a;\n}\n', 'return a; -> return (;'],
};

describe('SamenessFinder', () => {
  for (const [name, [text, ...lines]] of Object.entries(CASES)) {
    it(name, async () => {
      const tree = await SyntaxTree.parse('typescript', text);
      const changes = lines.map((line, i) => changeOf(text, line, `change ${i}`));
      const piece = pieces(tree.tree).findLast(({ start, end }) => {
        const at = text.indexOf(lines[0]?.split(' -> ')[0] ?? '');
        return start <= at && at < end;
      });
      assert.ok(piece);
      const finder = new SamenessFinder();
      const expected = {
        equivalent: new Set(lines.flatMap((line, i) => (line.endsWith(' = original') ? [`change ${i}`] : []))),
        duplicates: new Map(lines.flatMap((line, i) => (/ = \d$/.test(line) ? [[`change ${i}`, `change ${line.at(-1)}`] as const] : []))),
      };
      assert.equal(finder.compare(tree, piece.range, changes, 0), undefined, 'it stops when time is up');
      assert.deepEqual(finder.compare(tree, piece.range, changes), expected);
      assert.deepEqual(finder.compare(tree, piece.range, changes, 0), expected, 'what is known costs no time');
      tree.dispose();
    });
  }
});

function changeOf(text: string, line: string, id: string): Change {
  const [code = '', replacement = ''] = line.replace(/ = (original|\d)$/, '').split(' -> ');
  const at = text.indexOf(code);
  assert.ok(at >= 0, code);
  return { id, range: { start: positionAt(text, at), end: positionAt(text, at + code.length) }, replacement };
}

function positionAt(text: string, offset: number) {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, column: lines.at(-1)?.length ?? 0 };
}
