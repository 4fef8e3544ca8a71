import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';

/** What a task does for somebody else. */
const ANSWERS =
  /\b(send\w*|write\w*|respond|reply|flush|notify\w*|complete|shutdown|fetch_add|store|set)\s*\(|\bResponse\b|\b(?:future::)?ok\s*(?:::<[^()]*>)?\s*\(|\bOk\(/;

/** What becomes of a failure in a task or thread that is started in a test (`fn`): nothing waits for it, or it is waited for and the failure dropped. */
export function fateOf(call: Bare, fn: Bare): 'unawaited' | 'swallowed' | undefined {
  if (!/(^|::)spawn(_blocking|_local)?$/.test(call.get('function')?.text ?? '')) return undefined;
  const after = fn.text.slice(call.end - fn.start);
  if (call.parent?.type === 'expression_statement') return 'unawaited';
  const joins = [...after.matchAll(/(let\s+_\s*=\s*)?[\w.]+\.join\(\)\s*(\.ok\(\)\s*;|;|\S)/g)];
  const isDropped = ([, isLet, next]: RegExpMatchArray) => next?.startsWith('.ok') || (isLet !== undefined && next === ';');
  return joins.length > 0 && joins.every(isDropped) ? 'swallowed' : undefined;
}

/** An assertion of a task that is let go: what goes wrong is noticed all the same where it answers only afterwards; and what it unwraps is no assertion. */
export function noticed(check: Check, call: Bare): Check {
  const { flaw, isHelperLost, ...rest } = check;
  const isNoticed = check.fact === 'no-error' || ANSWERS.test(call.text.slice(Math.max(0, check.start - call.start)));
  return flaw === 'unawaited' && isNoticed ? rest : check;
}
