import type { Certainty, Check, Span } from '../model.ts';

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
  /** Whether the flaw has a shape that is told. */
  isPlain?: true;
}

/** Whether an assertion is made whenever its test passes, and can fail. */
export function holds({ certainty, flaw }: Check): boolean {
  return certainty === 'always' && !flaw;
}

/** What stands in something that may not run. */
export function under<S extends Standing>(standing: S, certainty: Certainty, guard: { start: number }): S {
  return { ...standing, certainty: worse(standing.certainty, certainty), guard: standing.guard ?? guard.start };
}

/**
 * Says of the assertions from an index on, which were read in a statement that leaves the test before a failure stands below it, that they must have been made:
 * they are as certain as the statement itself. `before` is the place that was come to, where only what leads there must have been made.
 */
export function secure(
  checks: Check[],
  from: number,
  statement: { start: number },
  { certainty, guard: around }: Standing,
  before?: { start: number },
): void {
  for (let i = from; i < checks.length; i++) {
    const { guard, ...check } = checks[i] as Check;
    if (guard === undefined || guard < statement.start || (before && check.end > before.start)) continue;
    checks[i] = { ...check, certainty, ...(around !== undefined && { guard: around }) };
  }
}

/** Those of the places where an error is dropped behind which nothing is asserted: what is looked at afterwards may say that it came as it was to. */
export function untold<Place extends Span>(dropped: readonly Place[], checks: readonly Check[]): Place[] {
  return dropped.filter(({ end }) => !checks.some((check) => check.start > end && !check.flaw && check.fact !== 'order'));
}
