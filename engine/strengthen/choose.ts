import type { ResolvedMutant, ResolvedPiece, StoredTest } from '../mutation/index.ts';

/** A mutant that no test noticed, and the test file to look in. */
export interface Chosen {
  mutant: ResolvedMutant;
  /** Relative to the package. */
  testFile: string;
  /** The names that the test file knows the whole mutated file, or its default export, by. */
  names: readonly string[];
}

/** What is known of a file and its tests. */
export interface Known {
  pieces: readonly ResolvedPiece[];
  tests: ReadonlyMap<number, StoredTest>;
  /** The names of the functions by which a mutant's code can be run, the nearest first. */
  ownersOf(mutant: ResolvedMutant): readonly string[];
  /** Texts of test files, by their paths relative to the package. */
  texts: ReadonlyMap<string, string>;
  /** Those of them that import the file itself, with the names that they know all of it, or its default export, by. */
  importing: ReadonlyMap<string, readonly string[]>;
}

/**
 * Chooses where to look for a test for each mutant: the test file of most of the tests that reach it, else of those that reach its function, else of those
 * that reach its file. Among those, the one comes first that calls the nearest function by which the code can be run most often; else one that imports the file
 * itself.
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
      const owners = known.ownersOf(mutant);
      const importing = [...files, ...ofFile].find((file) => known.importing.has(file));
      const testFile = mostCalls(owners, files, texts) ?? importing ?? files[0];
      return testFile === undefined ? [] : [{ mutant, testFile, names: known.importing.get(testFile) ?? [] }];
    });
  });
}

/** The file that has the most calls of the nearest function that any of them calls. */
function mostCalls(owners: readonly string[], files: readonly string[], texts: Known['texts']): string | undefined {
  for (const owner of owners.filter((name) => /^[\w$]+$/.test(name))) {
    const call = new RegExp(`(?<![\\w$])${owner.replaceAll('$', '\\$')}\\s*\\(`, 'g');
    const counts = files.map((file) => [...(texts.get(file) ?? '').matchAll(call)].length);
    const most = Math.max(0, ...counts);
    if (most > 0) return files[counts.indexOf(most)];
  }
  return undefined;
}

/** The files of the tests that reach some mutants, that with the most tests first; of as many, in the order of their names. */
function mostOften(mutants: readonly ResolvedMutant[], tests: ReadonlyMap<number, StoredTest>): string[] {
  const counts = new Map<string, number>();
  for (const id of mutants.flatMap(({ coveredBy, killedBy }) => [...coveredBy, ...killedBy])) {
    const file = tests.get(id)?.file;
    if (file) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([file]) => file);
}
