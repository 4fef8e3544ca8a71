import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Tree } from 'web-tree-sitter';
import { type LanguageName, memory } from './languages.ts';
import { RawTree } from './raw-tree.ts';
import { SyntaxTree } from './syntax-tree.ts';

/** Texts with most of what their languages have, and with what is no part of them. */
const TEXTS: Record<LanguageName, string> = {
  javascript: `${source('../../esbuild.mjs')}\n#!no /* ä€😀 */ label: for (const { a = 1, ...b } of [...c, \`\${d}\`]) try { new (class extends D { static #e = () => <F g={h}/> }) } catch {}`,
  typescript: `${source('raw-tree.ts')}\nenum E { A, B = 2 }\n@f() abstract class G<T extends keyof U = V> implements W { declare x?: [y: z]; get #a(): b is c { return <d>e! satisfies f } }`,
  tsx: 'export default function App<T,>({ a, b = 1 }: Props<T>) {\n  return <><p title="x" {...a}>{a.map((i: T) => <b key={i!}>ä€😀 {i as never}</b>)} text</p></>;\n}\n',
  python:
    '@a.b(c=1)\nasync def f(x: int = 1, *y, **z) -> str:\n    """ä€😀"""\n    with a as b, c: assert [i for i in y if i], f"{x!r:>3}"\n    match x:\n        case [1, *_]: pass\n    try: x = y if z else (yield)\n    except* E as e: raise\n\nclass C(D, metaclass=E):\n    m = lambda self: not self\n',
  go: 'package a\n\nimport b "c"\n\ntype D[T any] struct { E `f:"g"`; h, i *int }\n\nfunc (d *D[T]) F(x ...int) (s string, err error) {\n\tdefer func() { go d.F() }()\n\tfor i, v := range []int{1, 2} { switch y := x.(type) { case int, *D[int]: fallthrough; default: select { case <-c: } } }\n\treturn "ä€😀", nil\n}\n',
  rust: '#![a]\nuse b::{c, d as e, *};\n#[test]\npub async fn f<\'a, T: G + ?Sized>(x: &\'a mut T) -> impl Fn(i32) -> String where T: H {\n    assert_eq!(format!("ä€😀{}", x), r#"y"#);\n    if let Some(1..=2 | 3) = z? { loop { break \'l unsafe { *p } } }\n    match q { Foo { a, .. } if a => |v| v as u8, _ => {} }\n}\n',
};

describe('a tree in memory', () => {
  for (const [language, text] of Object.entries(TEXTS) as [LanguageName, string][]) {
    it(`is read as tree-sitter tells it, also after edits and with syntax errors: ${language}`, async () => {
      const tree = await SyntaxTree.parse(language, text);
      assert.deepEqual(read(tree.tree), told(tree.tree));
      assert.ok(text.length > 0);
      // Something is left out, twice and put in at places spread over the text.
      for (let at = 0; at < text.length; at += Math.ceil(text.length / 60)) {
        for (const put of ['', ')', '"', '// ä\n']) {
          tree.update(text.slice(0, at) + put + text.slice(at + 5));
          assert.deepEqual(read(tree.tree), told(tree.tree), JSON.stringify(tree.text));
        }
      }
      tree.dispose();
    });
  }

  it('is read where the memory has become larger', async () => {
    const tree = await SyntaxTree.parse('typescript', `${'f(a, [1]);\n'.repeat(100_000)}`);
    // More than it has at the beginning.
    assert.ok(memory().buffer.byteLength > 32 * 2 ** 20);
    let nodes = 0;
    const raw = new RawTree<undefined>(tree.tree, {
      node(_parent, cell, _type, start) {
        nodes++;
        raw.children(undefined, cell, start);
      },
    });
    raw.root(undefined);
    // A statement, its call, the function, the arguments and the two, and the number in the array; and the program.
    assert.equal(nodes, 100_000 * 7 + 1);
    tree.dispose();
  });
});

/** All named nodes with their depths, types, places and fields, as they lie in memory. */
function read(tree: Tree): string[] {
  const nodes: string[] = [];
  const raw = new RawTree<number>(tree, {
    node(depth, cell, type, start, end, field) {
      nodes.push(`${depth} ${type} ${start} ${end} ${field}`);
      raw.children(depth + 1, cell, start);
    },
  });
  raw.root(0);
  return nodes;
}

/** The same, asked of a cursor. */
function told(tree: Tree): string[] {
  const nodes: string[] = [];
  const cursor = tree.rootNode.walk();
  const tell = (depth: number) => {
    do {
      if (!cursor.nodeIsNamed) continue;
      nodes.push(
        `${depth} ${cursor.nodeType} ${cursor.startIndex} ${cursor.endIndex} ${depth === 0 ? undefined : (cursor.currentFieldName ?? undefined)}`,
      );
      if (cursor.gotoFirstChild()) {
        tell(depth + 1);
        cursor.gotoParent();
      }
    } while (cursor.gotoNextSibling());
  };
  tell(0);
  cursor.delete();
  return nodes;
}

function source(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}
