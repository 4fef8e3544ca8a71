import type { Node } from 'web-tree-sitter';
import type { Range } from '../../../model/index.ts';
import { SyntaxTree } from '../../../syntax/index.ts';

/** `#[cfg(test)]`, `#[cfg(all(test, unix))]`, `#[test]`, `#[tokio::test]`, `#[rstest]`, `#[bench]`. */
const OF_TESTS = /^#\[\s*(?:cfg\s*\(.*\btest\b|(?:\w+\s*::\s*)*(?:test|rstest|bench|test_case)\b)/s;
/** What names no tests: values (`feature = "test"`), and what is asked not to be (`not(any(test, windows))`). */
const OTHER = /"[^"]*"|\bnot\s*\((?:[^()]|\([^()]*\))*\)/g;

/** Where the code of a Rust file is that is there for its tests only. */
export async function testCode(source: string): Promise<Range[]> {
  const tree = await SyntaxTree.parse('rust', source);
  try {
    return tree.tree.rootNode.descendantsOfType('attribute_item').flatMap((node) => {
      const text = node?.text.replace(OTHER, '') ?? '';
      const item = node && OF_TESTS.test(text) ? itemOf(node) : undefined;
      if (!item) return [];
      const { startPosition: start, endPosition: end } = item;
      return [{ start: { line: start.row, column: start.column }, end: { line: end.row, column: end.column } }];
    });
  } finally {
    tree.dispose();
  }
}

/** What an attribute stands before. */
function itemOf(attribute: Node): Node | undefined {
  let item = attribute.nextNamedSibling;
  while (item && /^(attribute_item|line_comment|block_comment)$/.test(item.type)) item = item.nextNamedSibling;
  return item ?? undefined;
}
