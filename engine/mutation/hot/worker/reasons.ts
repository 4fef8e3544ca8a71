/** How much of a failure is kept, characters. */
const REASON_LENGTH = 2000;

/** Why a test is cold; one that reaches other code may well be called once more, as one that {@link CHANGES}. */
export const OTHER_CODE = 'it reaches other code when it is called by itself';
/** Why a test is cold that reached when it was called first what it reached in the dry run: it needs no other before it. */
export const CHANGES = 'it reaches other code when it runs again';

/** Why nothing counts that came of a mutant in a process that other files had left things in. */
export const AMONG_OTHERS = 'Its process held what other test files had left there.';

/** What a person reads of code that ran more often than it may. */
export function tooOften(limit: number): string {
  return `The mutated code ran more than ${limit} times.`;
}

/** What a person reads of code that went on and on, while the mutant's own place is not in what repeats. */
export function tooLong(steps: number): string {
  return `The code took more than ${steps} steps, far more than without the mutant.`;
}

/** A failure's text, its beginning where it is long. */
export function short(text: string): string {
  return text.length > REASON_LENGTH ? `${text.slice(0, REASON_LENGTH)}…` : text;
}
