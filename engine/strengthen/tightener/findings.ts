import type { MutantKey } from '../explorer/findings.ts';
import type { Outcome } from '../scenario.ts';

/** What the tightener is asked: with which mutants on to look at the values in tests. */
export interface Watching {
  mutants: (MutantKey & {
    /** Whether its code runs when its module is loaded. */
    isStatic: boolean;
  })[];
}

/** What it answers: places in tests where the value is another one with mutants on, or why it could not be seen. */
export type Sighting =
  | { kind: 'unusable'; why: string }
  | {
      kind: 'seen';
      /** Which place, in the order of the text (`writing/sites.ts`). */
      site: number;
      /** The full name of the test. */
      test: string;
      outcome: Outcome;
      /** Mutants, as indexes into what was asked, and what comes there with them. */
      others: { mutant: number; mutated: Outcome }[];
    };
