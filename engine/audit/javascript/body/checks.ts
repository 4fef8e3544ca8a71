import type { Bare } from '../../../syntax/index.ts';
import type { Check, Flaw } from '../../model.ts';
import { type Chain, squeezed, withoutAwait } from '../chain.ts';
import { fixOf } from '../fixes.ts';
import type { Recognized } from '../recognized.ts';
import { asksMock, toldMocks } from './mocks.ts';
import { fateOf, isHandedOver } from './promises.ts';
import { isCaught, isOneOfTwo, isReached } from './reached.ts';
import type { State, Walk } from './walk.ts';

/** Asks whether something is an error, and not which. */
const IS_ERROR = /instanceof\s+Error\b|instance[oO]f\(\s*(?:[\w.]+,\s*)?Error\b|\.an?\(\s*(?:Error\b|['"]error['"])/i;
/** A length is never less than nothing. */
const NEVER_LESS =
  /\.(?:length|size)(?:>=0\)(?:\.[\w.]+(?:\((?:true)?\))?)?|\)(?:\.[a-z]+)*\.(?:toBeGreaterThanOrEqual|least|gte|greaterThanOrEqual)\(0\)|,0\))$/;

/** Takes an assertion that was recognized, with what is wrong with it where it stands. */
export function addCheck(walk: Walk, found: Extract<Recognized, { kind: 'check' }>, chain: Chain, state: State): void {
  const { enders, fn, script } = walk;
  const fate = found.promised ? fateOf(chain.node, state.fn, enders, script) : 'held';
  // What the compiler checks holds whether or not it is come to.
  const around = found.fact === 'types' ? undefined : state.flaw;
  const flaw =
    found.flaw ??
    (found.fact === 'order' && NEVER_LESS.test(squeezed(chain.node)) ? 'tautology' : undefined) ??
    (looksAtMock(walk, found.subject) ? 'mock' : undefined) ??
    (fate === 'lost' ? 'unawaited' : fate === 'dropped' ? 'swallowed' : around);
  const gotThere =
    found.flaw === 'tautology' && (isReached(chain.node, state.fn, enders) || (found.subject === 'pass' && isOneOfTwo(chain.node, walk.look)));
  // What says that the test got to a place that ends it need not say so elsewhere.
  const certainty = found.fact === 'types' || gotThere ? 'always' : state.certainty;
  // `catch (error) { assert.ok(!error) }` wants none.
  const isDenied = /^[^!(]*\(!\w+[,)]|^[^(]*\b(notOk|isNotOk|isNull|falsy|isFalsy|notExists?|ifError)\(/.test(chain.node.text);
  const isOnlyCaught =
    !isDenied &&
    (/^(truth|exists)$/.test(found.fact) ||
      // What was thrown may be a value that is held against true or false.
      (found.fact === 'boolean' && chain.node.text.includes('!')) ||
      (found.fact === 'type' && IS_ERROR.test(chain.node.text))) &&
    typeof found.subject !== 'string' &&
    isCaught(found.subject, fn);
  const place = found.node ?? chain.node;
  const fix = flaw && !gotThere ? fixOf(flaw, chain, fn) : undefined;
  walk.gathered.checks.push({
    fact: gotThere ? 'called' : isOnlyCaught ? 'any-error' : found.fact === 'any-error' && isTaken(chain, walk) ? 'error' : found.fact,
    subject: squeezed(typeof found.subject === 'string' ? found.subject : withoutAwait(found.subject)),
    details: Math.max(1, found.details ?? 1),
    certainty,
    ...(flaw && !gotThere && { flaw, ...(fix && { fix }), ...plainly(flaw, around, state, chain, walk) }),
    ...(state.guard !== undefined && { guard: state.guard }),
    start: place.start,
    end: place.end,
  });
}

/** Whether the error that an assertion gives is taken by the test, to be looked at: `(await t.throwsAsync(f)).errors`. */
function isTaken({ root, node }: Chain, { contexts }: Walk): boolean {
  if (!contexts.has(root.text)) return false;
  let at = node.parent;
  while (at && /^(await_expression|parenthesized_expression)$/.test(at.type)) at = at.parent;
  return at !== undefined && /^(member_expression|spread_element|variable_declarator|assignment_expression)$/.test(at.type);
}

function plainly(flaw: Flaw, around: Flaw | undefined, state: State, chain: Chain, walk: Walk): Pick<Check, 'isPlain'> {
  if (flaw === 'tautology' && !isOfItself(chain)) return { isPlain: false };
  return isPlainFlaw(flaw, around, state, chain, walk) ? { isPlain: true } : {};
}

/** Whether what is wrong with an assertion has a shape that is told, where it is not what is around it that is wrong. */
function isPlainFlaw(flaw: Flaw, around: Flaw | undefined, { isPlain, fn }: State, chain: Chain, walk: Walk): boolean {
  // What the compiler checks is looked at without an assertion.
  if (flaw === 'tautology') return fn === walk.fn && isUnexplained(chain) && !/\bplan\b|\btype[- ]?check/i.test(walk.fn.text);
  if (flaw === around) return isPlain === true;
  switch (flaw) {
    case 'unawaited':
      // Tap waits for what its own context was given, and a plan for all that it counts.
      return (
        walk.enders.size === 0 &&
        !isHandedOver(chain.node, walk.fn, walk.script) &&
        !walk.contexts.has(chain.root.text) &&
        !/\bplan\b/.test(walk.fn.text)
      );
    case 'uncalled':
      return (
        chain.root.text !== 'expectTypeOf' &&
        !/^(true|1|!0)$/.test(chain.links[0]?.args?.[0]?.text ?? '') &&
        !chain.links.some(({ args = [] }) => args.some((arg) => walk.look.asserts(arg)))
      );
    default:
      return flaw === 'swallowed' || flaw === 'mock';
  }
}

/** Whether what is compared is written out, or is one and the same name. A part of something may be computed anew each time, and named constants may be held to what the test needs. */
function isOfItself({ links, node }: Chain): boolean {
  if (NEVER_LESS.test(squeezed(node))) return true;
  const args = links.flatMap(({ args: given = [] }) => given);
  const [first, second] = args;
  const isNamed = ({ type }: Bare) => /identifier|member_expression/.test(type);
  return !args.some((arg) => arg.some(isNamed)) || (first?.type === 'identifier' && second?.text === first.text);
}

/** Whether an assertion says nothing of its own: one with a message is to mark what was come to. */
function isUnexplained({ links }: Chain): boolean {
  return !links.some(({ args = [] }) => args.slice(1).some(({ type }) => /^(template_)?string$/.test(type)));
}

function looksAtMock(walk: Walk, subject: Bare | string): boolean {
  if (typeof subject === 'string') return false;
  walk.told ??= toldMocks(walk.fn, walk.script);
  return asksMock(subject, walk.told, walk.script);
}
