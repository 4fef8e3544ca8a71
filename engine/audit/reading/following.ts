import type { Bare } from '../../syntax/index.ts';
import type { Check } from '../model.ts';
import type { Named } from '../named.ts';
import { squeezed } from '../text.ts';
import { type Standing, worse } from './certainty.ts';

/** How deep helpers are followed into helpers. */
const HELPER_DEPTH = 5;

/** Whether a helper is read that is called in others, of which each calls the next. */
export function mayFollow(helper: Bare, following: readonly Bare[]): boolean {
  return !following.includes(helper) && following.length < HELPER_DEPTH;
}

/** What is known of functions by their names. */
export interface FunctionFinder {
  /** A function that tests of the file may call. */
  find(name: string): Bare | undefined;
  /** What a name is set to in other files of the package (`Levels`, `shop.Levels`), where that is known. */
  value?(name: string): Bare | undefined;
  /** Functions that the project says assert. */
  named: Named;
  /** The assertions of functions that were read as helpers. */
  read: Map<Bare, readonly Check[]>;
}

/**
 * The assertions of a helper, where the helper is called: `call` is where they are said to stand, `via` the helper's name. Without one they keep their places:
 * the helper is written in the test itself. A helper that may make none of them makes the call of it uncertain; of its loops and conditions its callers know more.
 */
export function carried(checks: readonly Check[], standing: Standing, call: { start: number; end: number; text: string }, via?: string): Check[] {
  const isUncertain = via !== undefined && checks.every(({ certainty }) => certainty === 'catch' || certainty === 'callback');
  return checks.map(({ guard: _, fix: __, isPlain: ___, ...rest }) => ({
    ...rest,
    subject: `${squeezed(call.text)}:${rest.subject}`,
    certainty: worse(standing.certainty, rest.certainty),
    ...(standing.guard !== undefined ? { guard: standing.guard } : isUncertain && { guard: call.start }),
    ...(standing.flaw &&
      !rest.flaw && { flaw: standing.flaw, ...(standing.isPlain && { isPlain: true as const }), ...(via !== undefined && { isHelperLost: true }) }),
    ...(via !== undefined && { via, start: call.start, end: call.end }),
  }));
}
