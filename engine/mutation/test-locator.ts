import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Position } from '../model/index.ts';
import { type LanguageName, languageOf, locateTest, SyntaxTree, type WrittenTest, writtenTests } from '../syntax/index.ts';
import { readText } from '../workspace/index.ts';
import type { StoredTest } from './repository.ts';

/** How many test files are kept in mind. */
const KEPT = 64;

interface TestFile {
  modified: number;
  tests: Promise<WrittenTest[]>;
  /** Places that were looked up before, by the test's name. */
  places: Map<string, Position | undefined>;
}

/** Where a test stands. */
export interface TestPlace {
  /** Absolute. */
  file: string;
  position: Position;
}

/** Finds where tests stand now: their titles are looked up in today's text, so that edits of a test file move its links along. */
export class TestLocator {
  readonly #files = new Map<string, TestFile>();

  /** Where a test stands; the start of its file where its title is made at run time, undefined where the framework did not tell the file. */
  locate(test: StoredTest, packageDirectory: string): Promise<TestPlace | undefined> {
    return this.inOneLook(packageDirectory)(test);
  }

  /** The same for many tests, of which each file is looked at once. */
  inOneLook(packageDirectory: string): (test: StoredTest) => Promise<TestPlace | undefined> {
    const looks = new Map<string, Promise<TestFile | undefined>>();
    return async (test) => {
      if (!test.file) return undefined;
      const file = path.join(packageDirectory, test.file);
      const look = looks.get(file) ?? this.#read(file);
      looks.set(file, look);
      const known = await look;
      const position = (known && (await place(known, test.name))) ?? test.position ?? { line: 0, column: 0 };
      return { file, position };
    };
  }

  async #read(file: string): Promise<TestFile | undefined> {
    const modified = (await stat(file).catch(() => undefined))?.mtimeMs;
    const language = languageOf(file);
    if (modified === undefined || !language) return undefined;
    const known = this.#files.get(file);
    if (known?.modified === modified) return known;
    const read = { modified, tests: readTests(file, language), places: new Map() };
    this.#files.delete(file);
    this.#files.set(file, read);
    const [oldest] = this.#files.keys();
    if (this.#files.size > KEPT && oldest !== undefined) this.#files.delete(oldest);
    return read;
  }
}

async function readTests(file: string, language: LanguageName): Promise<WrittenTest[]> {
  const tree = await SyntaxTree.parse(language, (await readText(file)) ?? '');
  const tests = writtenTests(tree.tree);
  tree.dispose();
  return tests;
}

async function place({ tests, places }: TestFile, name: string): Promise<Position | undefined> {
  const written = await tests;
  if (!places.has(name)) places.set(name, locateTest(written, name));
  return places.get(name);
}
