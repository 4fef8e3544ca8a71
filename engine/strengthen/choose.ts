import type { ResolvedMutant, ResolvedPiece, StoredTest } from '../mutation/index.ts';

/** A mutant that no test noticed, the name of the function that it stands in, and the test file to look in. */
export interface Chosen {
  mutant: ResolvedMutant;
  owner: string;
  /** Relative to the package. */
  testFile: string;
}

/**
 * Chooses where to look for a test for each mutant: the test file of most of the tests that reach it, else of those that reach its function, else of those
 * that reach its file.
 */
export function chooseTestFiles(
  pieces: readonly ResolvedPiece[],
  wanted: (mutant: ResolvedMutant) => boolean,
  tests: ReadonlyMap<number, StoredTest>,
): Chosen[] {
  const all = pieces.flatMap(({ mutants }) => mutants);
  const ofFile = mostOften(all, tests);
  return pieces.flatMap(({ name, mutants }) => {
    const ofPiece = mostOften(mutants, tests) ?? ofFile;
    return mutants.filter(wanted).flatMap((mutant) => {
      const testFile = mostOften([mutant], tests) ?? ofPiece;
      return testFile === undefined ? [] : [{ mutant, owner: name, testFile }];
    });
  });
}

function mostOften(mutants: readonly ResolvedMutant[], tests: ReadonlyMap<number, StoredTest>): string | undefined {
  const counts = new Map<string, number>();
  for (const id of mutants.flatMap(({ coveredBy, killedBy }) => [...coveredBy, ...killedBy])) {
    const file = tests.get(id)?.file;
    if (file) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
