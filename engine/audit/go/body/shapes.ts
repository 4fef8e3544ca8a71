import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { calleeName, dropsValue, type FunctionFinder, isPlainlyUncertain, type Origins } from '../../reading/index.ts';
import { statementsIn } from './look.ts';
import type { Walk } from './walk.ts';

/** Whether an assertion that may not run has a shape that is told. */
export function isPlainlyGuarded({ fn, gathered, following }: Walk, check: Check, origins: Origins): boolean {
  const guard = gathered.guardOf(check);
  if (!guard || check.via !== undefined || following.length > 0 || check.start > guard.end) return false;
  const range = guard.children.find(({ type }) => type === 'range_clause');
  const asks = guard.type === 'if_statement' ? guard.get('condition') : range?.get('right');
  const isPlainStatement = statementsIn(fn.get('body')).includes(guard) && !guard.get('alternative');
  return asks !== undefined && isPlainlyUncertain({ guard, asks, isPlainStatement }, gathered.checks, origins);
}

/** Whether a test does nothing, or drops what it comes to. */
export function isIdle(fn: Bare, find: FunctionFinder): boolean {
  const body = fn.get('body');
  const statements = statementsIn(body);
  // Who leaves a comment knows.
  if (/\/\/ |\/\*/.test(body?.text ?? '')) return false;
  if (statements.length === 0) return true;
  return dropsValue(statements, {
    isModule: (name) => !isSet(fn, name),
    isOwn: (call) => call.get('function')?.type === 'identifier' && /^[a-z]/.test(calleeName(call)) && find.find(calleeName(call)) !== undefined,
  });
}

function isSet(fn: Bare, name: string): boolean {
  return fn.some(
    ({ type, text, parent }) => type === 'identifier' && text === name && (parent?.field === 'left' || parent?.type === 'parameter_declaration'),
  );
}
