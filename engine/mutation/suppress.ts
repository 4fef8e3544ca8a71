import type { Position } from '../model/index.ts';
import type { SyntaxTree } from '../syntax/index.ts';

/** Where and with what text in front and behind its reason a comment stands that makes a mutant be ignored. */
export interface Suppression {
  position: Position;
  before: string;
  after: string;
}

/**
 * The comment above the line of a mutant that StrykerJS reads: `// Stryker disable next-line MUTATOR: reason`
 * (https://stryker-mutator.io/docs/stryker-js/disable-mutants). Undefined where a line of its own would not be a comment: inside of a template string or JSX text.
 */
export function suppression(tree: SyntaxTree, mutator: string, at: Position): Suppression | undefined {
  const node = tree.tree.rootNode.descendantForPosition({ row: at.line, column: 0 });
  const line = tree.text.split('\n')[at.line] ?? '';
  for (let up = node; up; up = up.parent as typeof node) {
    const startsAbove = up.startPosition.row < at.line;
    if (startsAbove && /^(template_string|string|string_fragment|jsx_text|jsx_element|jsx_fragment|comment)$/.test(up.type)) return undefined;
    if (/^(statement_block|class_body|program)$/.test(up.type)) break;
    // Between the braces of an expression and among the attributes of an element, a comment is a comment again.
    if (startsAbove && /^(template_substitution|jsx_expression|jsx_opening_element|jsx_self_closing_element)$/.test(up.type)) break;
  }
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const end = tree.text.includes('\r\n') ? '\r\n' : '\n';
  return { position: { line: at.line, column: 0 }, before: `${indent}// Stryker disable next-line ${mutator}: `, after: end };
}
