import { readFileSync } from 'node:fs';

/** How many mutants have each status. */
export type Counts = Record<string, number>;

/** Counts the mutants of a mutation-testing-report JSON file by status. */
export function readCounts(file: string): Counts {
  const report = JSON.parse(readFileSync(file, 'utf8')) as { files: Record<string, { mutants: { status: string }[] }> };
  const counts: Counts = {};
  for (const { mutants } of Object.values(report.files)) for (const { status } of mutants) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The counts in words, always in the same order; those of zero are left out. */
export function sayCounts(counts: Counts): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
}
