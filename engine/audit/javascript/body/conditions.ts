import type { Bare } from '../../../syntax/index.ts';
import { unwrap } from '../chain.ts';
import { equality } from '../values.ts';
import { endsOnlyIn } from './callbacks.ts';
import { addCheck } from './checks.ts';
import { runsSurely } from './filled.ts';
import { mentions } from './promises.ts';
import { isOfRow } from './rows.ts';
import { isImplied } from './told.ts';
import type { State, Walk } from './walk.ts';

/** `if (…)` with what stands in its branches, or where it is an assertion itself. */
export function readIf(walk: Walk, node: Bare, state: State): void {
  const { look, gathered } = walk;
  walk.visit(node.get('condition'), state);
  ownFailure(walk, node, state);
  const settles = (branch: Bare) => look.asserts(branch) || look.leavesWithError(branch);
  const condition = node.get('condition');
  branches(walk, node, state, settles, () => isImplied(condition, gathered.checks) || isOfRow(walk, condition));
}

/** `… ? … : …` */
export function readEither(walk: Walk, node: Bare, state: State): void {
  walk.visit(node.get('condition'), state);
  branches(walk, node, state, (branch) => walk.look.asserts(branch));
}

/** Both branches are as certain as the whole where each of them settles what the test wants, or it is known which of them runs. */
function branches(walk: Walk, node: Bare, state: State, settles: (branch: Bare) => boolean, isKnown = () => false): void {
  const both = [node.get('consequence'), node.get('alternative')];
  const isCovered = both.every((branch) => branch && settles(branch)) || isKnown();
  for (const branch of both)
    walk.visit(branch, isCovered || (branch && endsOnlyIn(walk, branch)) ? state : walk.gathered.under(state, 'conditional', node));
}

/** `… && …`, `… || …`, `… ?? …`. Answers whether it is one of those. */
export function readLogical(walk: Walk, node: Bare, state: State): boolean {
  if (!/^(&&|\|\||\?\?)$/.test(node.operator)) return false;
  walk.visit(node.children[0], state);
  walk.visit(node.children[1], walk.gathered.under(state, 'conditional', node));
  return true;
}

/** `switch (…)` */
export function readSwitch(walk: Walk, node: Bare, state: State): void {
  walk.visit(node.get('value'), state);
  for (const one of node.get('body')?.children ?? []) walk.block(one, walk.gathered.under(state, 'conditional', node));
}

/** A loop of whatever kind. */
export function readLoop(walk: Walk, node: Bare, state: State): void {
  walk.visit(node.get('right'), state);
  walk.visit(node.get('body'), runsSurely(node, walk.script, walk.gathered.checks) ? state : walk.gathered.under(state, 'loop', node));
}

/** `if (…) return;` that neither fails nor ends nor skips the test. */
export function mayLeave(walk: Walk, statement: Bare): boolean {
  const { gathered, enders, look } = walk;
  if (statement.type !== 'if_statement') return false;
  const then = statement.get('consequence');
  const last = then?.type === 'statement_block' ? then.children.at(-1) : then;
  if (last?.type !== 'return_statement' || !then) return false;
  if (
    isImplied(statement.get('condition'), gathered.checks) ||
    isOfRow(walk, statement.get('condition')) ||
    mentions(then, enders) ||
    /\b(skip|todo|fail)\s*\(/.test(then.text)
  )
    return false;
  return !look.asserts(then);
}

/** `if (…) throw new Error()` in a test, without another branch, is an assertion written by hand. */
function ownFailure(walk: Walk, node: Bare, state: State): void {
  const condition = unwrap(node.get('condition'));
  const then = node.get('consequence');
  if (!condition || !then || node.get('alternative') || walk.following.length > 0) return;
  const last = then.type === 'statement_block' ? then.children.at(-1) : then;
  if (last?.type !== 'throw_statement' || !/^throw\s+new\b/.test(last.text)) return;
  const wanted =
    condition.type === 'binary_expression' && /^!==?$/.test(condition.operator)
      ? equality(condition.children[0] as Bare, condition.children[1])
      : undefined;
  const stated = wanted ?? ({ fact: 'boolean', subject: condition } as const);
  addCheck(walk, { kind: 'check', ...stated, node: condition }, { root: node, links: [], node }, state);
}
