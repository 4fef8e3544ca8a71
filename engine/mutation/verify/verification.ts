import type { Check } from './check.ts';

/** What came of verifying verdicts of a run, over all of its packages. */
export interface Verification {
  /** What chose the verdicts: the same seed chooses the same ones of the same run. */
  seed: number;
  /** How many verdicts could have been chosen. */
  population: number;
  checks: Check[];
  /** The plain test command of each package, in words. */
  commands: string[];
}

/** How many checks have each result. */
export function countResults(checks: readonly Check[]): Record<Check['result'], number> {
  const counts = { right: 0, wrong: 0, inconclusive: 0, 'not-applied': 0 };
  for (const { result } of checks) counts[result]++;
  return counts;
}
