import type { Certainty, Check } from './model.ts';

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

/** What stands in something that may not run. */
export function under<S extends Standing>(standing: S, certainty: Certainty, guard: { start: number }): S {
  return { ...standing, certainty: worse(standing.certainty, certainty), guard: standing.guard ?? guard.start };
}
