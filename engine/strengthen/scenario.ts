import { type Literal, refersTo, sayTheSame } from './literals.ts';

/** One call of a scenario. */
export interface Step {
  call: /** A function by what the test file calls it, for example `withQuery` or `ufo.withQuery`. */
    | { kind: 'function'; path: string }
    | { kind: 'new'; path: string }
    /** A method, or a getter, of what an earlier step came to. */
    | { kind: 'method' | 'get'; of: number; name: string };
  args: Literal[];
  /** Whether what it comes to is waited for. */
  awaits?: true;
}

/** Calls, one after the other, as a test could make them: the last is the one whose outcome is looked at. */
export interface Scenario {
  steps: Step[];
}

/**
 * What came of a call. `args` are its arguments afterwards, where it changed them; `around` is what those steps came to, as it is afterwards, of which it was given something.
 */
export type Outcome = (
  | { kind: 'returns' | 'resolves'; value: Literal }
  | { kind: 'throws' | 'rejects'; value: Literal }
  /** What an iterator gave, all of it. */
  | { kind: 'iterates'; value: Literal }
) & { args?: Literal[]; around?: { step: number; value: Literal }[] };

/** An observed scenario, and the test in which it was. */
export interface Observed {
  scenario: Scenario;
  test: string;
  /** Whether it was not observed but made from a signature. */
  isMade?: true;
}

/** Whether any step speaks of what one of them came to. */
export function isReferredTo(step: number, steps: readonly Step[]): boolean {
  return steps.some(({ call, args }) => ('of' in call && call.of === step) || args.some((arg) => refersTo(arg, step)));
}

/** Same calls, same text. */
export function keyOf({ steps }: Scenario): string {
  return JSON.stringify(steps);
}

/** Whether two outcomes are the same to whoever called. */
export function sameOutcome(a: Outcome, b: Outcome): boolean {
  return sayTheSame(a, b);
}
