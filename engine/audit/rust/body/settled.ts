import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { holds } from '../../reading/index.ts';
import { doubtsOf, originsOf } from './doubts.ts';
import type { Walk } from './walk.ts';

/** What the assertions of a walk turn out to be once all of the body was read: some say of others that they were made. */
export function settled(walk: Walk): Check[] {
  const { gathered } = walk;
  const { checks } = gathered;
  const origins = originsOf(walk);
  const isDoubted = doubtsOf(walk, origins);
  const isAsserted = checks.some((check) => holds(check) && check.fact !== 'no-error');
  return checks.map((one) => {
    if (one.flaw) return one;
    // Which errors there can be is a matter of the type, and often there is but one: `"".parse::<Method>().is_err()`.
    const check: Check = one.fact === 'any-error' ? { ...one, isAnyMeant: true } : one;
    // What is unwrapped on the way to something that is asserted is no assertion of its own.
    const isOnTheWay = check.fact === 'no-error' && isAsserted;
    // Of a condition in a loop, what the loop leaves behind tells nothing.
    const guard = check.certainty === 'loop' ? gathered.guardOf(check) : undefined;
    if (isOnTheWay || (guard && isToldAfter(guard, checks))) return { ...check, certainty: 'always' };
    return isDoubted(check) ? { ...check, isDoubted: true } : check;
  });
}

/** Whether an assertion that stands after a loop says that it ran: it looks at what is put into something there, or set. */
function isToldAfter(guard: Bare, checks: readonly Check[]): boolean {
  const changed = new Set<string>();
  for (const { text } of guard.filter(({ type }) => type === 'call_expression' || /assignment/.test(type))) {
    const name = /^(\w+)(?:\.(?:push|push_str|push_back|insert|extend|fetch_add|store|set)\(|\s*[-+*/|&]?=[^=])/.exec(text)?.[1];
    if (name) changed.add(name);
  }
  return checks.some((other) => holds(other) && other.start > guard.end && changed.has(/^[&*]*(\w+)/.exec(other.subject)?.[1] ?? ''));
}
