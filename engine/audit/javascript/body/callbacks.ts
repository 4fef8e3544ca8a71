import type { Bare } from '../../../syntax/index.ts';
import { type Chain, isFunctionValue, type Link } from '../chain.ts';
import { parameterNames } from '../script.ts';
import { isFilled } from './filled.ts';
import { fateOf, isHandedOver, mentions } from './promises.ts';
import { isAsync, isEmpty, isHandedOn } from './statements.ts';
import type { State, Walk } from './walk.ts';

/** Methods that call a function once for each element there is. */
const FOR_EACH = /^(forEach|map|every|some|filter|flatMap|reduce|reduceRight|find|findIndex)$/;
/** Methods and functions that call a function later, if something happens. */
const LATER =
  /^(on|once|addListener|addEventListener|prependListener|subscribe|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask|process|requestAnimationFrame|listen|watch|observe|tap|tapAsync|tapPromise)$/;

/** The call that a function is given to. */
interface Given {
  chain: Chain;
  /** The step of the chain that is called with it. */
  link: Link;
  /** Which of the steps that is. */
  index: number;
  /** Whether a helper is called, whose assertions are known. */
  isHelper: boolean;
}

/** A function that is given to a call: whether and when it is called. */
export function readCallback(walk: Walk, fn: Bare, { chain, link, index, isHelper }: Given, state: State): void {
  const { script, gathered, enders } = walk;
  const name = link.name ?? (index === 0 ? chain.root.text : '');
  if (name === 'then' || name === 'catch' || name === 'finally') {
    readReaction(walk, fn, link, chain, state);
    return;
  }
  if (FOR_EACH.test(name) && link.name !== undefined) {
    const subject = chain.links[index - 1]?.node ?? chain.root;
    const isFloating = name === 'forEach' && isAsync(fn) && fn.some(({ type }) => type === 'await_expression');
    const after = isFilled(subject, script, gathered.checks) ? state : gathered.under(state, 'loop', fn);
    walk.body(fn, isFloating && !after.flaw ? { ...after, flaw: 'unawaited', isPlain: true } : after);
    return;
  }
  if (/^(waitFor|waitUntil|eventually)/.test(name)) {
    const isLost = fateOf(chain.node, state.fn, enders, script) === 'lost';
    walk.body(fn, isLost && !state.flaw ? { ...state, flaw: 'unawaited' } : state);
    return;
  }
  const isNodeStyle = /^(err|error|e|er|_err|_error|_)$/.test(parameterNames(fn)[0] ?? '') && parameterNames(fn).length > 1;
  const isLate = LATER.test(name) || isNodeStyle;
  const isSure = (!isLate && (isHelper || !isHandedOn(chain, script))) || mentions(fn, enders) || endsContext(walk, fn);
  walk.body(fn, isSure ? state : gathered.under(state, 'callback', fn));
}

/** A list of functions that a call is given: steps that end in what ends the test have all run. */
export function readSteps(walk: Walk, list: Bare, link: Link, chain: Chain, state: State): void {
  const { script, gathered, enders } = walk;
  const ends = link.args?.some((arg) => arg !== list && isFunctionValue(arg) && mentions(arg, enders));
  for (const one of list.children) {
    if (!isFunctionValue(one)) walk.visit(one, state);
    else walk.body(one, ends || mentions(one, enders) || !isHandedOn(chain, script) ? state : gathered.under(state, 'callback', one));
  }
}

/** Whether a function ends the test by what it asserts with: `t.end()`. */
export function endsContext({ contexts }: Walk, fn: Bare): boolean {
  return [...contexts].some((name) => fn.text.includes(`${name}.end`));
}

/** Whether the test can end only by what a callback does: nothing else in it speaks of what ends it. */
export function endsOnlyIn({ enders, fn }: Walk, callback: Bare): boolean {
  const isParameter = ({ type, field }: Bare) => type === 'formal_parameters' || field === 'parameter';
  const ends = (node: Bare): boolean =>
    node !== callback && !isParameter(node) && (node.type === 'identifier' ? enders.has(node.text) : node.children.some(ends));
  return mentions(callback, enders) && !(fn.get('body')?.children ?? []).some(ends);
}

/** What follows on a promise: it runs if something waits for the promise, and what handles errors only if there are some. */
function readReaction(walk: Walk, fn: Bare, link: Link, chain: Chain, state: State): void {
  const { look, gathered } = walk;
  const fate = fateOf(chain.node, state.fn, walk.enders, walk.script);
  const isHandler = link.name === 'catch' || (link.name === 'then' && link.args?.[1] === fn);
  const before = link.name === 'catch' ? chain.links[chain.links.indexOf(link) - 1] : link;
  const succeeded = before?.name === 'then' ? before.args?.[0] : undefined;
  const isForced = isHandler && succeeded !== undefined && succeeded !== fn && look.alwaysFails(succeeded);
  const dropping = chain.links
    .slice(chain.links.indexOf(link) + 1)
    .find(({ name, args }) => name === 'catch' && args?.[0] && (isEmpty(args[0]) || look.takesAnything(args[0])))?.args?.[0];
  const isDropped = dropping !== undefined || (isForced && look.takesAnything(fn));
  const after = isHandler && !isForced && !endsOnlyIn(walk, fn) ? gathered.under(state, 'catch', fn) : state;
  const from = gathered.checks.length;
  const lost = fate === 'lost' ? 'unawaited' : isDropped || fate === 'dropped' ? 'swallowed' : undefined;
  if (dropping && fate === 'lost' && look.asserts(fn)) walk.dropped.push({ start: dropping.start, end: dropping.end });
  // What ends the test may be come to only where all else held, and who drops a failure and leaves a comment means it.
  const isPlain =
    walk.enders.size === 0 &&
    !isHandedOver(chain.node, walk.fn, walk.script) &&
    !/\bplan\b/.test(walk.fn.text) &&
    !/\/\/|\/\*/.test(dropping?.text ?? '');
  walk.body(fn, { ...after, ...(lost && !state.flaw && { flaw: lost, ...(isPlain && { isPlain }) }) });
  if (lost === 'unawaited') walk.lost.push({ fn, from, to: gathered.checks.length });
}
