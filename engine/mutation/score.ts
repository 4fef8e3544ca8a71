import { calculateMetrics } from 'mutation-testing-metrics';
import type { MutantStatus } from './model.ts';

/** Mutation scores, 0 to 100; null where there is no mutant to count. */
export interface Scores {
  /** Killed and timed out over valid mutants (killed, timed out, survived, not covered). */
  score: number | null;
  /** The same over the mutants that a test reached. */
  coveredScore: number | null;
}

/** Scores by `mutation-testing-metrics`, which StrykerJS's own reports use. */
export function scores(mutants: readonly { status: MutantStatus }[]): Scores {
  const location = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  const { metrics } = calculateMetrics({
    file: { language: 'javascript', source: '', mutants: mutants.map(({ status }, i) => ({ id: String(i), mutatorName: '', location, status })) },
  });
  return { score: finite(metrics.mutationScore), coveredScore: finite(metrics.mutationScoreBasedOnCoveredCode) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
