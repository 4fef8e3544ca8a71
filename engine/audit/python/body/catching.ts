import type { Bare } from '../../../syntax/index.ts';
import { checkOf, type Standing } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { isBroad } from '../calls.ts';
import { blockOf } from './look.ts';
import type { Walk } from './walk.ts';

/** `try: … except: … else: … finally: …` */
export function readTry(walk: Walk, node: Bare, standing: Standing): void {
  const { look } = walk;
  const body = node.get('body');
  const handlers = node.children.filter(({ type }) => type === 'except_clause' || type === 'except_group_clause');
  const dropping = handlers.find((handler) => takesAssertions(handler, body) && look.drops(handler));
  // A `try` that begins with a `raise` is a scenario, and not what is tested.
  const isScenario = body?.children[0]?.type === 'raise_statement';
  const fails = body !== undefined && !isScenario && look.raises(body);
  const elses = node.children.filter(({ type }) => type === 'else_clause');
  const failsElse = elses.some((one) => look.raises(one.get('body') ?? one));
  // Who drops a failure and leaves a comment means it.
  const isPlain = dropping !== undefined && !/#|AssertionError/.test(dropping.text) && /:\s*pass\s*$/.test(dropping.text);
  if (dropping && body) {
    const place = { start: dropping.start, end: blockOf(dropping)?.start ?? dropping.end, ...(isPlain && { isPlain }) };
    // A failure that is written by hand is an assertion, and dropped with what it fails for.
    if (fails)
      walk.gathered.checks.push(
        checkOf({ fact: 'no-error', subject: squeezed(body) }, { ...standing, flaw: 'swallowed', ...(isPlain && { isPlain }) }, place),
      );
    else if (!failsElse && !look.asserts(body) && !isScenario && isActing(body)) walk.dropped.push(place);
  }
  walk.block(body, dropping && !standing.flaw ? { ...standing, flaw: 'swallowed', ...(isPlain && { isPlain }) } : standing);
  const isSettled = fails || failsElse || elses.some((one) => look.asserts(one));
  for (const handler of handlers) {
    const block = blockOf(handler);
    if (!block) continue;
    readCaught(walk, node, handler, block, fails ? handler !== dropping : failsElse, standing);
    walk.block(block, isSettled ? standing : walk.gathered.under(standing, 'catch', handler));
  }
  for (const one of node.children.filter(({ type }) => type === 'else_clause' || type === 'finally_clause'))
    walk.block(one.get('body') ?? blockOf(one), standing);
}

/** What an `except` says: that nothing was to be raised, or, where it is `wanted`, that something was. */
function readCaught(walk: Walk, node: Bare, handler: Bare, block: Bare, isWanted: boolean, standing: Standing): void {
  const what = handler.children.find(({ type }) => type !== 'block');
  const subject = squeezed(node.get('body') ?? node);
  if (block.children.some((one) => walk.look.fails(one) && !isRaised(one))) walk.add({ fact: 'no-error', subject }, standing, handler);
  else if (isWanted && !walk.look.asserts(block)) {
    const isAny = what === undefined || isBroad(what.type === 'as_pattern' ? what.children[0] : what);
    walk.add({ fact: isAny ? 'any-error' : 'error', subject }, standing, what ?? handler);
  }
}

/** Whether an `except` takes the error of a failed assertion, too. */
function takesAssertions(handler: Bare, body: Bare | undefined): boolean {
  const what = handler.children.find(({ type }) => type !== 'block')?.text ?? '';
  // What pytest fails with is no `Exception`.
  if (/\bpytest\.fail\(/.test(body?.text ?? '')) return what === '' || /\bBaseException\b/.test(what);
  return what === '' || /\b(Exception|BaseException|AssertionError)\b/.test(what);
}

/** Whether a block does what a test may be about: not only clean up. */
function isActing(block: Bare): boolean {
  return (
    block.some(
      ({ type, field, parent }) =>
        type === 'call' || type === 'delete_statement' || (/^(attribute|subscript)$/.test(type) && field === 'left' && parent?.type === 'assignment'),
    ) && !/\b(close|remove|unlink|rmtree|kill|terminate|stop|cleanup|delete|join|shutdown)\w*\(/.test(block.text)
  );
}

/** Whether a statement raises another error than that of a failed assertion. */
function isRaised(statement: Bare): boolean {
  return statement.type === 'raise_statement' && !/AssertionError|\bfail/.test(statement.text);
}
