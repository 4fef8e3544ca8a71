import type { TestAudit } from '../audit/index.ts';
import { Lines } from '../model/index.ts';
import type { FileView, ResolvedMutant, ResultBook, StoredTest } from '../mutation/index.ts';
import { languageOf, locateTest, SyntaxTree, writtenTests } from '../syntax/index.ts';

/** What a test lets through. */
export interface LetThrough {
  /** Its full names, as the framework tells them: more than one where it is run for several rows. */
  names: string[];
  /** Mutants that it runs and no test notices, by their files, that with the most first. Paths are relative to the package. */
  files: { path: string; mutants: ResolvedMutant[] }[];
}

/** A test file of a package, and what is known of its tests. */
export interface KnownTestFile {
  book: ResultBook;
  /** Relative to the package. */
  path: string;
  text: string;
  tests: readonly TestAudit[];
}

/**
 * What the tests of a file let through, by their places: mutants worth a look, of functions that are as they were judged.
 *
 * @param view answers the results of a source (relative to the package), placed in its text of now
 */
export async function letThrough(file: KnownTestFile, view: (path: string) => Promise<FileView | undefined>): Promise<Map<number, LetThrough>> {
  const stored = [...file.book.tests().values()].filter((test) => test.file === file.path);
  const found = new Map<number, LetThrough>();
  if (stored.length === 0) return found;
  const ids = new Set(stored.map(({ id }) => id));
  const views = await Promise.all(sourcesRunBy(ids, file.book).map(view));
  if (views.length === 0) return found;
  const places = await placesOf(stored, file);
  for (const one of views) {
    const open = (one?.pieces ?? []).filter(({ stale }) => !stale).flatMap(({ mutants }) => mutants.filter(isOpen));
    for (const mutant of open) {
      for (const place of new Set(mutant.coveredBy.flatMap((id) => places.get(id) ?? []))) {
        const its = found.get(place) ?? { names: stored.filter(({ id }) => places.get(id) === place).map(({ name }) => name), files: [] };
        found.set(place, its);
        const same = its.files.find(({ path }) => path === one?.path);
        if (same) same.mutants.push(mutant);
        else its.files.push({ path: one?.path ?? '', mutants: [mutant] });
      }
    }
  }
  for (const { files } of found.values()) files.sort((a, b) => b.mutants.length - a.mutants.length || (a.path < b.path ? -1 : 1));
  return found;
}

function isOpen({ status, suppressed, provisional }: ResolvedMutant): boolean {
  return status === 'Survived' && !suppressed && !provisional;
}

/** The files with mutants that some tests ran and none noticed, by what is stored. */
function sourcesRunBy(ids: ReadonlySet<number>, book: ResultBook): string[] {
  return book
    .files()
    .filter((file) =>
      book
        .pieces(file)
        .some(({ mutants }) => [...mutants.values()].some((one) => one.status === 'Survived' && one.coveredBy.some((id) => ids.has(id)))),
    );
}

/** Where stored tests are written now, by their ids. */
async function placesOf(stored: readonly StoredTest[], { path, text, tests }: KnownTestFile): Promise<Map<number, number>> {
  const byTitle = new Map(tests.map(({ title }, place) => [normal(title.join(' ')), place]));
  const places = new Map(stored.flatMap(({ id, name }) => pair(id, byTitle.get(normal(name)))));
  const others = stored.filter(({ id }) => !places.has(id));
  const language = languageOf(path);
  if (others.length === 0 || !language) return places;
  const tree = await SyntaxTree.parse(language, text);
  const written = writtenTests(tree.tree);
  tree.dispose();
  const lines = new Lines(text);
  for (const { id, name } of others) {
    const position = locateTest(written, name);
    const at = position && lines.offsetAt(position);
    const place = at === undefined ? -1 : tests.findLastIndex(({ start, end }) => start <= at && at < end);
    if (place >= 0) places.set(id, place);
  }
  return places;
}

function pair(id: number, place: number | undefined): [number, number][] {
  return place === undefined ? [] : [[id, place]];
}

function normal(title: string): string {
  return title.replaceAll(' > ', ' ').replace(/\s+/g, ' ').trim();
}
