import type { Bare } from '../syntax/index.ts';
import { type Standing, worse } from './certainty.ts';
import type { Check } from './model.ts';
import type { Named } from './named.ts';
import { squeezed } from './text.ts';

/** How deep helpers are followed into helpers. */
export const HELPER_DEPTH = 5;

/** What is known of functions by their names. */
export interface FunctionFinder {
  /** A function that tests of the file may call. */
  find(name: string): Bare | undefined;
  /** Functions that the project says assert. */
  named: Named;
  /** The assertions of functions that were read as helpers. */
  read: Map<Bare, readonly Check[]>;
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
