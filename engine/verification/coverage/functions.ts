import type { Node } from 'web-tree-sitter';
import type { Range } from '../../model/index.ts';
import { SyntaxTree } from '../../syntax/index.ts';

/** A function as its text declares it. */
export interface DeclaredFunction {
  name: string;
  /** Where its name stands. */
  at: Range;
  body: Range;
}

/** What declares a function that has a name. */
const DECLARATIONS = { go: ['function_declaration', 'method_declaration'], python: ['function_definition'], rust: ['function_item'] } as const;

/** The functions with names that a text declares, methods included: for tools that tell of lines only. */
export async function declaredFunctions(language: keyof typeof DECLARATIONS, text: string): Promise<DeclaredFunction[]> {
  const tree = await SyntaxTree.parse(language, text);
  try {
    return tree.tree.rootNode.descendantsOfType([...DECLARATIONS[language]]).flatMap((node) => {
      const [name, body] = [node?.childForFieldName('name'), node?.childForFieldName('body')];
      return name && body ? [{ name: name.text, at: rangeOf(name), body: rangeOf(body) }] : [];
    });
  } finally {
    tree.dispose();
  }
}

function rangeOf({ startPosition, endPosition }: Node): Range {
  return { start: { line: startPosition.row, column: startPosition.column }, end: { line: endPosition.row, column: endPosition.column } };
}
