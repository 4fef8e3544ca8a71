import type { Bare } from '../../../syntax/index.ts';
import { type Chain, isFunctionValue } from '../chain.ts';
import { isFunctionLike, type Script } from '../script.ts';

/** Whether a statement leaves the test without an error in some place. */
export function returns(node: Bare): boolean {
  return node.type === 'return_statement' || (!isFunctionLike(node) && node.children.some(returns));
}

/** Whether a statement only shows something. */
export function isShown(statement: Bare): boolean {
  return statement.type === 'expression_statement' && /^console\s*\./.test(statement.text);
}

/** Whether a statement is a call of what is tested, whose result is dropped: nothing makes sure that it calls what it is given. */
export function isHandedOn({ root, node }: Chain, script: Script): boolean {
  return node.parent?.type === 'expression_statement' && /^\.\.?(\/|$)/.test(script.imports.get(root.text)?.module ?? '');
}

/** Whether a function is asynchronous. */
export function isAsync(fn: Bare): boolean {
  return /^(export\s+)?(default\s+)?(static\s+)?async\b/.test(fn.head);
}

/** Whether a function does nothing. */
export function isEmpty(fn: Bare): boolean {
  return isFunctionValue(fn) && fn.get('body')?.type === 'statement_block' && fn.get('body')?.children.length === 0;
}
