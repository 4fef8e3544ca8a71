import type { Outcome } from '../scenario.ts';

/** A place in a test where the value is another one with mutants on. */
export interface Sighting {
  kind: 'seen';
  /** Which place, in the order of the text (`writing/sites.ts`). */
  site: number;
  /** The full name of the test. */
  test: string;
  outcome: Outcome;
  /** Mutants, as indexes into what was asked, and what comes there with them. */
  others: { mutant: number; mutated: Outcome }[];
}
