import type { Certainty, Check } from './model.ts';
import { squeezed } from './text.ts';

const ORDER: readonly Certainty[] = ['always', 'loop', 'callback', 'conditional', 'catch'];

/** The less certain of two. */
export function worse(a: Certainty, b: Certainty): Certainty {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

/** What assertions that are read stand in. */
export interface Standing {
  certainty: Certainty;
  /** Where what makes it uncertain begins. */
  guard?: number;
  flaw?: NonNullable<Check['flaw']>;
}

/**
 * An assertion of a helper, where the helper is called: `call` is where it is said to stand, `via` the helper's name. Without one it keeps its place: the helper
 * is written in the test itself.
 */
export function carried(check: Check, standing: Standing, call: { start: number; end: number; text: string }, via?: string): Check {
  const { guard: _, fix: __, ...rest } = check;
  return {
    ...rest,
    subject: `${squeezed(call.text)}:${check.subject}`,
    certainty: worse(standing.certainty, check.certainty),
    ...(standing.guard !== undefined && { guard: standing.guard }),
    ...(standing.flaw && !check.flaw && { flaw: standing.flaw }),
    ...(via !== undefined && { via, start: call.start, end: call.end }),
  };
}

/** What stands in something that may not run. */
export function under<S extends Standing>(standing: S, certainty: Certainty, guard: { start: number }): S {
  return { ...standing, certainty: worse(standing.certainty, certainty), guard: standing.guard ?? guard.start };
}
