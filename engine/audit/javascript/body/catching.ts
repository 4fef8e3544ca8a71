import type { Bare } from '../../../syntax/index.ts';
import { isActing } from './look.ts';
import { mentions } from './promises.ts';
import { isShown } from './statements.ts';
import type { State, Walk } from './walk.ts';

/** Who drops a failure and leaves a comment means it. */
const COMMENTED = /\/\/|\/\*/;

/** `try { … } catch { … } finally { … }`; `isSettled` says that what stands behind it fails if nothing was caught. */
export function readTry(walk: Walk, node: Bare, state: State, isSettled: boolean): void {
  const { look, gathered, enders } = walk;
  const body = node.get('body');
  const handler = node.get('handler');
  const isDropped = handler && (look.swallows(handler) || look.takesAnything(handler));
  // Where what ends the test is called in the `try`, the test does not end where an assertion before it fails.
  const isPlain = handler !== undefined && body !== undefined && !mentions(body, enders) && look.swallows(handler) && !COMMENTED.test(handler.text);
  if (body) walk.block(body, isDropped && !state.flaw ? { ...state, flaw: 'swallowed', ...(isPlain && { isPlain }) } : state);
  const caught = handler?.get('body');
  if (body && handler && caught?.children.every(isShown) && !look.asserts(body) && isActing(body))
    walk.dropped.push({ start: handler.start, end: handler.end, ...(isPlain && { isPlain }) });
  const before = gathered.checks.length;
  if (caught && handler && body && look.takesAnything(handler) && look.endsInFailure(body)) walk.block(caught, { ...state, flaw: 'swallowed' });
  else if (caught) walk.block(caught, isSettled || (body && look.endsInFailure(body)) ? state : gathered.under(state, 'catch', caught));
  if (body && caught && handler && look.asserts(body) && !look.endsInFailure(body)) {
    // The test passes by what the `try` asserts as well: a plan counts one of the two, and no error is asked for.
    walk.alternatives.add(caught.start);
    if (look.takesAnything(handler))
      gathered.replace(before, gathered.checks.length, (check) => (check.fact === 'any-error' ? { ...check, fact: 'truth' } : check));
  }
  walk.visit(node.get('finalizer'), state);
}

/** Whether what follows a `try` fails if nothing was caught: its `catch` leaves before a failure, or sets what is asserted then. */
export function isToldLater({ look }: Walk, statement: Bare, rest: readonly Bare[]): boolean {
  const caught = statement.get('handler')?.get('body');
  if (!caught) return false;
  if (caught.children.at(-1)?.type === 'return_statement' && rest.some((one) => one.type === 'throw_statement' || look.isFailure(one))) return true;
  const set = caught.children.flatMap((one) => {
    const assignment = one.type === 'expression_statement' ? one.children[0] : undefined;
    return /assignment|update/.test(assignment?.type ?? '') ? [(assignment?.get('left') ?? assignment?.get('argument'))?.text ?? ''] : [];
  });
  return set.length > 0 && rest.some((one) => mentions(one, new Set(set)) && look.asserts(one));
}
