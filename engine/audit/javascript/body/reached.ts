import type { Bare } from '../../../syntax/index.ts';
import { withoutAwait } from '../chain.ts';
import { isFunctionLike, parameterNames } from '../script.ts';
import type { Look } from './look.ts';
import { mentions } from './promises.ts';

/** Whether what cannot fail says that the test got to a place: in a callback that ends it. */
export function isReached(node: Bare, fn: Bare, enders: ReadonlySet<string>): boolean {
  for (let at = node.parent; at && at !== fn; at = at.parent) if (isFunctionLike(at) && mentions(at, enders)) return true;
  return false;
}

/** Whether `t.pass()` says which of two ways the test went: the other fails, or asserts. */
export function isOneOfTwo(node: Bare, look: Look): boolean {
  const statement = node.parent;
  const block = statement?.parent;
  const around = block?.parent;
  if (statement?.type !== 'expression_statement' || block?.type !== 'statement_block') return false;
  if (around?.type === 'if_statement') return block.children.at(-1)?.type === 'return_statement';
  const handler = around?.type === 'try_statement' ? around.get('handler')?.get('body') : undefined;
  return handler?.children.some((one) => look.isFailure(one) || one.type === 'throw_statement') === true;
}

/** Whether what is looked at is an error that was caught: then that it is there is all that is said of it. */
export function isCaught(subject: Bare, fn: Bare): boolean {
  let at = withoutAwait(subject);
  while (at.type === 'unary_expression' && at.children[0]) at = at.children[0];
  if (at.type !== 'identifier') return false;
  const { text } = at;
  for (let up = at.parent; up && up !== fn; up = up.parent) {
    if (up.type === 'catch_clause' && up.get('parameter')?.text === text) return true;
    if (isFunctionLike(up) && parameterNames(up)[0] === text && up.parent?.parent?.get('function')?.get('property')?.text === 'catch') return true;
  }
  // `catch (e) { err = e }`, and a look at it afterwards.
  const keeps = (clause: Bare) =>
    clause.type === 'catch_clause' &&
    clause.some(
      (one) => one.type === 'assignment_expression' && one.get('left')?.text === text && one.get('right')?.text === clause.get('parameter')?.text,
    );
  return fn.some(keeps);
}
