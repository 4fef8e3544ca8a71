import type { Outcome } from '../scenario.ts';
import type { AssertionStyle } from './style.ts';

/** How many digits behind the point tell a float: few enough to leave open how it was rounded. */
export const DIGITS = 5;
/** From how many digits behind the point on nobody would write it as it is. */
const LONG = 10;
/** The same as a difference. */
export const DELTA = '0.00001';

/** Whether there are words for it. */
export function canBeClose({ kind }: AssertionStyle): boolean {
  return kind === 'expect' || kind === 'chai-expect' || kind === 'chai-assert';
}

/**
 * What a float comes close to, where it has more digits than anybody would write and the mutant comes to something that is told from it without them.
 * Undefined where it is to be told as it is.
 */
export function closeTo({ value }: Outcome, mutated: Outcome): number | undefined {
  if (typeof value !== 'number' || !(Math.abs(value) >= 0.001 && Math.abs(value) < 1e9)) return undefined;
  if ((String(value).split('.')[1]?.length ?? 0) < LONG) return undefined;
  const rounded = Number(value.toFixed(DIGITS));
  const other = mutated.value;
  return typeof other === 'number' && Math.abs(other - rounded) < 10 * Number(DELTA) ? undefined : rounded;
}
