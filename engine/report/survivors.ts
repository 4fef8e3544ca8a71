import { bestSurvivors, type Suppressed } from '../mutation/index.ts';
import { freshMutants, type ReportFile } from './model.ts';

/** A mutant of a report with the name of its function. */
export type ReportMutant = ReturnType<typeof freshMutants>[number];

/** The survivors of a file: those that teach most, the best first; the others that are worth a look; and those that are not. */
export interface Survivors {
  best: ReportMutant[];
  others: ReportMutant[];
  suppressed: ReportMutant[];
}

/** Sorts the survivors of a file by whether they are listed. */
export function survivorsOf(file: ReportFile): Survivors {
  const all = freshMutants(file).filter(({ status }) => status === 'Survived');
  const byId = new Map(all.map((mutant) => [mutant.id, mutant]));
  const best = bestSurvivors(file.pieces)
    .map((id) => byId.get(id))
    .filter((mutant) => mutant !== undefined);
  return {
    best,
    others: all.filter((mutant) => !best.includes(mutant) && !mutant.suppressed),
    suppressed: all.filter((mutant) => mutant.suppressed),
  };
}

/** What is not listed, in words, for example `52 more: 45 that teach less, 4 error text, 3 duplicate`; undefined where all are listed. */
export function heldBackText({ others, suppressed }: Survivors): string | undefined {
  const count = others.length + suppressed.length;
  if (count === 0) return undefined;
  const reasons = [
    ...(others.length > 0 ? [`${others.length} that teach less`] : []),
    ...(suppressed.length > 0 ? [suppressedText(suppressed)] : []),
  ];
  return `${count} more: ${reasons.join(', ')}`;
}

/** How many are suppressed for each reason, the most frequent first, for example `4 error text, 3 duplicate`. */
export function suppressedText(mutants: readonly { suppressed?: Suppressed }[]): string {
  const counts = new Map<string, number>();
  for (const { suppressed } of mutants) {
    const name = suppressed?.kind === 'arid' ? suppressed.reason : suppressed?.kind;
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
