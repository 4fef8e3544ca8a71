import type { Node } from 'web-tree-sitter';
import type { Range } from '../../../model/index.ts';
import { SyntaxTree } from '../../../syntax/index.ts';

/** `#[test]`, `#[tokio::test]`, `#[rstest]`, `#[bench]`. */
const OF_TESTS = /^#\[\s*(?:\w+\s*::\s*)*(?:test|rstest|bench|test_case)\b/;
/** `#[cfg(test)]`, `#[cfg(all(test, unix))]`. */
const CONDITION = /^#\[\s*cfg\s*\((.*)\)\s*\]$/s;

/** Where the code of a Rust file is that is there for its tests only. */
export async function testCode(source: string): Promise<Range[]> {
  const tree = await SyntaxTree.parse('rust', source);
  try {
    return tree.tree.rootNode.descendantsOfType('attribute_item').flatMap((node) => {
      // Values name no tests: `feature = "test"`.
      const text = node?.text.replace(/"[^"]*"/g, '""') ?? '';
      const item = node && (OF_TESTS.test(text) || needsTest(CONDITION.exec(text)?.[1] ?? '')) ? itemOf(node) : undefined;
      if (!item) return [];
      const { startPosition: start, endPosition: end } = item;
      return [{ start: { line: start.row, column: start.column }, end: { line: end.row, column: end.column } }];
    });
  } finally {
    tree.dispose();
  }
}

/** Whether a condition of `cfg` holds in tests only (https://doc.rust-lang.org/reference/conditional-compilation.html): on Unix, `any(test, unix)` holds outside of them. */
function needsTest(condition: string): boolean {
  const [, name, inside] = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(condition) ?? [];
  if (inside === undefined) return name === 'test';
  const parts = partsOf(inside);
  if (name === 'all') return parts.some(needsTest);
  return name === 'any' && parts.length > 0 && parts.every(needsTest);
}

/** What stands between the commas that are in no parentheses. */
function partsOf(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const char of `${list},`) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char !== ',' || depth > 0) part += char;
    else {
      if (part.trim() !== '') parts.push(part);
      part = '';
    }
  }
  return parts;
}

/** What an attribute stands before. */
function itemOf(attribute: Node): Node | undefined {
  let item = attribute.nextNamedSibling;
  while (item && /^(attribute_item|line_comment|block_comment)$/.test(item.type)) item = item.nextNamedSibling;
  return item ?? undefined;
}
