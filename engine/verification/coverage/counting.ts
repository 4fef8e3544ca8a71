import type { CoverageCounts, Covered, CoveredBranch, CoveredFile, CoveredFunction, CoveredStatement } from './model.ts';

/** The counts of code of which all is known, as Istanbul counts: a line is what a statement begins in, and ran where one of those did. */
export function countCode(
  statements: readonly CoveredStatement[],
  branches: readonly CoveredBranch[],
  functions: readonly CoveredFunction[],
): CoverageCounts {
  const lines = new Map<number, boolean>();
  for (const { range, count } of statements) lines.set(range.start.line, (lines.get(range.start.line) ?? false) || count > 0);
  return {
    lines: countTrue([...lines.values()]),
    statements: countRun(statements),
    branches: countRun(branches.flatMap(({ arms }) => arms)),
    functions: countRun(functions),
  };
}

/** How many of several things ran. */
export function countRun(all: readonly { count: number }[]): Covered {
  return countTrue(all.map(({ count }) => count > 0));
}

/** The counts of several files together; what one of them does not tell is of the others alone, and null where none tells it. */
export function sumCounts(files: readonly Pick<CoveredFile, 'counts'>[]): CoverageCounts {
  const sum = (of: keyof CoverageCounts): Covered | null => {
    const told = files.flatMap(({ counts }) => counts[of] ?? []);
    if (told.length === 0) return null;
    return { covered: told.reduce((all, { covered }) => all + covered, 0), total: told.reduce((all, { total }) => all + total, 0) };
  };
  return { lines: sum('lines'), statements: sum('statements'), branches: sum('branches'), functions: sum('functions') };
}

/** `lines 84 % · branches 71 % · functions 90 %`: what is told of code, rounded down, so that 100 % is all of it. Empty where nothing is. */
export function describeCoverage({ lines, statements, branches, functions }: CoverageCounts): string {
  const parts: readonly (readonly [string, Covered | null])[] = [
    lines && lines.total > 0 ? ['lines', lines] : ['statements', statements],
    ['branches', branches],
    ['functions', functions],
  ];
  return parts.flatMap(([name, part]) => (part && part.total > 0 ? [`${name} ${Math.floor((100 * part.covered) / part.total)} %`] : [])).join(' · ');
}

function countTrue(all: readonly boolean[]): Covered {
  return { covered: all.filter((one) => one).length, total: all.length };
}
