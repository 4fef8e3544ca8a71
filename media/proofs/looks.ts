import type { Ladder, LadderStep, ProofSummary, Rung, Verdict } from '../../server/protocol.ts';
import { count, percent } from '../report/format.ts';

/** What the rungs are called, from the lowest. */
export const RUNG_NAMES: Readonly<Record<Rung, string>> = {
  compile: 'Compiles',
  test: 'Tests pass',
  mutation: 'Tests notice changes',
  load: 'Holds load',
};

/** How a verdict is told: never by colour alone. */
export const VERDICTS: Readonly<Record<Verdict | 'none', { label: string; icon: string }>> = {
  holds: { label: 'Holds', icon: 'pass' },
  fails: { label: 'Does not hold', icon: 'error' },
  inconclusive: { label: 'Not conclusive', icon: 'question' },
  none: { label: 'Not proved yet', icon: 'circle-large-outline' },
};

/** What became of a rung. */
export function verdictOf({ newest }: Pick<LadderStep, 'newest'>): Verdict | 'none' {
  return newest?.verdict ?? 'none';
}

/** What a project comes to: the worst of its rungs that were proved. */
export function standing({ steps }: Ladder): Verdict | 'none' {
  const verdicts = steps.map(verdictOf);
  return (['fails', 'inconclusive', 'holds'] as const).find((one) => verdicts.includes(one)) ?? 'none';
}

/** The number that a badge tells of a proof, in a few characters; empty where the verdict says all. */
export function inShort({ rung, counts, mutation, load, errors }: ProofSummary): string {
  if (counts) {
    const ran = counts.passed + counts.failed + counts.flaky;
    return ran + counts.broken === 0 ? 'no tests' : `${count(counts.passed)}/${count(ran)}`;
  }
  if (mutation) return percent(mutation.score);
  if (load) return `${count(load.users)} users`;
  return rung === 'compile' && errors > 0 ? `${count(errors)} ${errors === 1 ? 'error' : 'errors'}` : '';
}
