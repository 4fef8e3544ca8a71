import type { ResolvedMutant, ResolvedPiece, StoredTest } from '../mutation/index.ts';

/** A mutant that no test noticed, and the test file to look in. */
export interface Chosen {
  mutant: ResolvedMutant;
  /** Relative to the package. */
  testFile: string;
}

/**
 * Chooses where to look for a test for each mutant: the test file of most of the tests that reach it, else of those that reach its function, else of those
 * that reach its file. Where a mutant's code runs as its module is loaded every test reaches it: then those count that reach the functions which use it.
 *
 * @param ownersOf the names of the functions by which a mutant's code can be run
 */
export function chooseTestFiles(
  pieces: readonly ResolvedPiece[],
  wanted: (mutant: ResolvedMutant) => boolean,
  tests: ReadonlyMap<number, StoredTest>,
  ownersOf: (mutant: ResolvedMutant) => readonly string[],
): Chosen[] {
  const ofFile = mostOften(
    pieces.flatMap(({ mutants }) => mutants),
    tests,
  );
  return pieces.flatMap(({ mutants }) => {
    const ofPiece = mostOften(mutants, tests) ?? ofFile;
    return mutants.filter(wanted).flatMap((mutant) => {
      const testFile = (mutant.static ? ofUsers(pieces, ownersOf(mutant), tests) : mostOften([mutant], tests)) ?? ofPiece;
      return testFile === undefined ? [] : [{ mutant, testFile }];
    });
  });
}

function ofUsers(pieces: readonly ResolvedPiece[], owners: readonly string[], tests: ReadonlyMap<number, StoredTest>): string | undefined {
  const using = pieces.filter(({ name }) => owners.includes(name.split('.').at(-1) ?? ''));
  return mostOften(
    using.flatMap(({ mutants }) => mutants.filter((one) => !one.static)),
    tests,
  );
}

function mostOften(mutants: readonly ResolvedMutant[], tests: ReadonlyMap<number, StoredTest>): string | undefined {
  const counts = new Map<string, number>();
  for (const id of mutants.flatMap(({ coveredBy, killedBy }) => [...coveredBy, ...killedBy])) {
    const file = tests.get(id)?.file;
    if (file) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
