import type { Bare } from '../../../syntax/index.ts';
import { holds, type Standing } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import type { Walk } from './walk.ts';

/** `if … { … } else { … }`: an assertion, where a branch fails the test. */
export function readIf(walk: Walk, node: Bare, standing: Standing): void {
  const { look } = walk;
  const condition = node.get('condition');
  const then = node.get('consequence');
  const otherwise = node.get('alternative');
  walk.visit(condition, standing);
  const isCovered =
    otherwise !== undefined &&
    then !== undefined &&
    ((look.settles(then) && look.settles(otherwise)) || wantsEither(then, otherwise) || wantsEither(otherwise, then));
  const isPattern = condition?.type === 'let_condition';
  // What the compiler knows is no condition of the run.
  const isCompiled = /\bcfg!\s*\(/.test(condition?.text ?? '');
  const subject = squeezed(condition ?? node);
  const fails = then !== undefined && look.failsDirectly(then);
  if (fails) walk.add({ fact: 'boolean', subject }, standing, condition ?? node);
  else if (otherwise && look.fails(otherwise)) walk.add({ fact: isPattern ? 'partial' : 'boolean', subject }, standing, condition ?? node);
  const isImplied = isPattern && isTold(walk, condition.get('value'));
  const inside = walk.gathered.under(standing, 'conditional', node);
  // What leads to a failure only tells what is wrong.
  if (!fails) walk.visit(then, isCovered || isImplied || isCompiled ? standing : inside);
  for (const child of otherwise?.children ?? []) walk.visit(child, isCovered || isCompiled || fails ? standing : inside);
}

/** Whether one branch wants a success and the other an error: `result.unwrap()`, `result.unwrap_err()`. */
function wantsEither({ text: well }: Bare, { text: badly }: Bare): boolean {
  return /\.(unwrap|expect)\(/.test(well) && /\.(unwrap|expect)_err\(/.test(badly);
}

/** `match … { … }`: an assertion, where some arms fail the test. */
export function readMatch(walk: Walk, node: Bare, standing: Standing): void {
  const { look } = walk;
  const value = node.get('value');
  walk.visit(value, standing);
  const arms = node.get('body')?.children.filter(({ type }) => type === 'match_arm') ?? [];
  const failing = arms.filter((arm) => look.fails(arm));
  if (failing.length > 0 && failing.length < arms.length) walk.add({ fact: 'partial', subject: squeezed(value ?? node) }, standing, value ?? node);
  const isCovered = arms.length > 0 && arms.every((arm) => look.settles(arm));
  const isSure = isCovered || failing.length === arms.length - 1;
  for (const arm of arms) walk.visit(arm.get('value'), isSure ? standing : walk.gathered.under(standing, 'conditional', node));
}

/** `if … { …; return }` that asserts nothing. */
export function mayLeave({ look }: Walk, statement: Bare): boolean {
  const inner = statement.type === 'expression_statement' ? statement.children[0] : statement;
  const then = inner?.type === 'if_expression' ? inner.get('consequence') : undefined;
  return then !== undefined && !look.asserts(then) && /\breturn\b[^;]*;?\s*\}$/.test(then.text);
}

/** Whether an assertion before has told that something is there. */
function isTold({ gathered }: Walk, value: Bare | undefined): boolean {
  const subject = squeezed(value ?? '').replace(/^&/, '');
  return subject !== '' && gathered.checks.some((check) => holds(check) && check.subject.startsWith(`${subject}.is_`));
}
