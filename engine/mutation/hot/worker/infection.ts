import { GUARD, Stop } from './guard.ts';
import type { Weighed } from './switchboard.ts';

/** Whether a mutant's expression comes to something else: to another value, perhaps (to another object, or what it comes to is not known), or not at all. */
export type Infection = 'certain' | 'possible' | 'none';

/**
 * Whether a mutant _infects_ what is being evaluated (reachability, infection, propagation: Just, Ernst and Fraser, Efficient mutation analysis by
 * propagating and partitioning test executions, ISSTA 2014). An expression is evaluated once as it is and once with the mutant, up to its first part that
 * may do more than to come to a value. Where both come to the same, all that follows is the same too.
 *
 * @param asCondition whether only the truth of the value counts
 * @param wasAsked whether the mutant's own place was come to in the last evaluation
 */
export function infection(before: Outcome, after: Outcome, asCondition: boolean, wasAsked: boolean): Infection {
  if ('value' in before && 'value' in after) {
    if (asCondition) return Boolean(before.value) === Boolean(after.value) ? 'none' : 'certain';
    if (Object.is(before.value, after.value)) return 'none';
    return isObject(before.value) && isObject(after.value) ? 'possible' : 'certain';
  }
  // At the same part, behind the mutant's place, with no value of before it in use.
  return 'stop' in before && 'stop' in after && before.stop === after.stop && before.stop > 0 && wasAsked ? 'none' : 'possible';
}

function isObject(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

/** What comes of an expression: a value, the number of the part that it stopped at (0 where values of before it are still in use), or an error. */
export type Outcome = { value: unknown } | { stop: number } | { error: unknown };

/** Evaluates an expression that is guarded. */
export function outcome(evaluate: Weighed): Outcome {
  try {
    return { value: evaluate(GUARD) };
  } catch (error) {
    return error instanceof Stop ? error : { error };
  }
}
