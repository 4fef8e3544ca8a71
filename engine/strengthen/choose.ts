import type { ResolvedMutant, ResolvedPiece, StoredTest } from '../mutation/index.ts';

/** A mutant that no test noticed, and the test file to look in. */
export interface Chosen {
  mutant: ResolvedMutant;
  /** Relative to the package. */
  testFile: string;
}

/** What is known of a file and its tests. */
export interface Known {
  pieces: readonly ResolvedPiece[];
  tests: ReadonlyMap<number, StoredTest>;
  /** The names of the functions by which a mutant's code can be run, the nearest first. */
  ownersOf(mutant: ResolvedMutant): readonly string[];
  /** Texts of test files, by their paths relative to the package. */
  texts: ReadonlyMap<string, string>;
}

/**
 * Chooses where to look for a test for each mutant: the test file of most of the tests that reach it, else of those that reach its function, else of those
 * that reach its file. Among those, one that calls a function by which the code can be run comes first.
 */
export function chooseTestFiles(known: Known, wanted: (mutant: ResolvedMutant) => boolean): Chosen[] {
  const { pieces, tests, texts } = known;
  const ofFile = mostOften(
    pieces.flatMap(({ mutants }) => mutants),
    tests,
  );
  return pieces.flatMap(({ mutants }) => {
    const ofPiece = mostOften(mutants, tests);
    return mutants.filter(wanted).flatMap((mutant) => {
      const reaching = mutant.static ? [] : mostOften([mutant], tests);
      const files = (reaching.length > 0 ? reaching : [...new Set([...ofPiece, ...ofFile])]).filter((file) => texts.has(file));
      const testFile = firstThatCalls(known.ownersOf(mutant), files, texts) ?? files[0];
      return testFile === undefined ? [] : [{ mutant, testFile }];
    });
  });
}

function firstThatCalls(owners: readonly string[], files: readonly string[], texts: Known['texts']): string | undefined {
  for (const owner of owners.filter((name) => /^[\w$]+$/.test(name))) {
    const call = new RegExp(`(?<![\\w$])${owner.replaceAll('$', '\\$')}\\s*\\(`);
    const found = files.find((file) => call.test(texts.get(file) ?? ''));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The files of the tests that reach some mutants, that with the most tests first. */
function mostOften(mutants: readonly ResolvedMutant[], tests: ReadonlyMap<number, StoredTest>): string[] {
  const counts = new Map<string, number>();
  for (const id of mutants.flatMap(({ coveredBy, killedBy }) => [...coveredBy, ...killedBy])) {
    const file = tests.get(id)?.file;
    if (file) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([file]) => file);
}
