import path from 'node:path';
import type { StoredTest } from '../mutation/index.ts';
import { languageOf, locateTest, SyntaxTree, writtenTests } from '../syntax/index.ts';
import { readText, relativePosix } from '../workspace/index.ts';
import { importsIn } from './imports.ts';
import { resolveModule } from './resolve.ts';

/** How many files are looked at from one that the framework runs. */
const MOST_FILES = 200;

/** What a test is declared with: a file with such words has tests of its own. */
const DECLARES = /\b(?:it|test|specify)\s*[.(`]/;

/** Tests, by their ids, with the files that they are written in. */
export interface WhereWritten {
  tests: ReadonlyMap<number, StoredTest>;
  /** The texts of these files, by their paths relative to the package. */
  texts: Map<string, string>;
  /** The files that the framework runs for those whose tests they only import, by these. Absolute paths. */
  runs: ReadonlyMap<string, string>;
}

/**
 * Where tests are written: in the file that the framework runs, or in one that this imports where it has no tests of its own.
 *
 * @param directory that of the package
 * @param overlays texts of unsaved documents by path
 */
export async function testsWhereWritten(
  directory: string,
  known: ReadonlyMap<number, StoredTest>,
  overlays: ReadonlyMap<string, string>,
): Promise<WhereWritten> {
  const tests = new Map(known);
  const texts = new Map<string, string>();
  const runs = new Map<string, string>();
  const read = async (file: string) => overlays.get(file) ?? (await readText(file));
  for (const name of new Set([...known.values()].map(({ file }) => file))) {
    const entry = path.join(directory, name);
    const text = name === '' ? undefined : await read(entry);
    if (text === undefined) continue;
    texts.set(name, text);
    if (DECLARES.test(text)) continue;
    const homes = await homesOf(entry, text, read);
    for (const test of known.values()) {
      const home = test.file === name ? homes.find(({ has }) => has(test.name)) : undefined;
      if (!home) continue;
      const own = relativePosix(directory, home.file);
      tests.set(test.id, { ...test, file: own });
      texts.set(own, home.text);
      runs.set(home.file, entry);
    }
  }
  return { tests, texts, runs };
}

interface Home {
  file: string;
  text: string;
  /** Whether a test of some full name is written there. */
  has(test: string): boolean;
}

/** The files with tests that a file imports, or that are imported by what it imports. */
async function homesOf(entry: string, text: string, read: (file: string) => Promise<string | undefined>): Promise<Home[]> {
  const homes: Home[] = [];
  const seen = new Set([entry]);
  const waiting = [{ file: entry, text }];
  for (let one = waiting.shift(); one && seen.size <= MOST_FILES; one = waiting.shift()) {
    const { file } = one;
    const language = languageOf(file);
    if (!language) continue;
    const tree = await SyntaxTree.parse(language, one.text);
    const tests = writtenTests(tree.tree);
    const imported = importsIn(tree.tree).flatMap(({ from }) => (from?.startsWith('.') ? [from] : []));
    tree.dispose();
    if (tests.length > 0) homes.push({ file, text: one.text, has: (test) => locateTest(tests, test) !== undefined });
    for (const from of tests.length > 0 ? [] : imported) {
      const next = await resolveModule(path.resolve(path.dirname(file), from));
      const its = next === undefined || seen.has(next) ? undefined : await read(next);
      if (next === undefined || its === undefined) continue;
      seen.add(next);
      waiting.push({ file: next, text: its });
    }
  }
  return homes;
}
