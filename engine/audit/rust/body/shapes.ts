import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { calleeName, dropsValue, type FunctionFinder, isPlainlyUncertain, type Origins } from '../../reading/index.ts';
import type { Walk } from './walk.ts';

/** Whether an assertion that may not run has a shape that is told. */
export function isPlainlyGuarded({ fn, gathered, following }: Walk, check: Check, origins: Origins): boolean {
  const guard = gathered.guardOf(check);
  if (!guard || check.via !== undefined || following.length > 0 || check.start > guard.end) return false;
  const node = guard.type === 'expression_statement' ? (guard.children[0] ?? guard) : guard;
  const condition = node.get('condition');
  const asks =
    node.type === 'if_expression' ? (condition?.get('value') ?? condition) : node.type === 'for_expression' ? node.get('value') : undefined;
  const body = fn.get('body');
  const isPlainStatement = (node.parent === body || node.parent?.parent === body) && !node.get('alternative');
  return asks !== undefined && isPlainlyUncertain({ guard, asks, isPlainStatement }, gathered.checks, origins);
}

/** Whether a test drops what it comes to. */
export function isIdle(fn: Bare, find: FunctionFinder): boolean {
  const body = fn.get('body');
  // Who leaves a comment knows.
  if (/\/\/ |\/\*/.test(body?.text ?? '')) return false;
  return dropsValue(body?.children ?? [], { isModule: () => false, isOwn: (call) => find.find(calleeName(call)) !== undefined });
}
