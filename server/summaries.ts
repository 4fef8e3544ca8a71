import path from 'node:path';
import {
  countStatuses,
  describe,
  type ResolvedPiece,
  type ResultBook,
  STATUSES,
  type StoredTest,
  scores,
  type TestLocator,
} from '../engine/mutation/index.ts';
import { toUri } from './convert.ts';
import type { FileDetail, FileSummary, FunctionSummary, MutantView, PackageSummary, TestView, WeakTest } from './protocol.ts';
import type { JudgedFile, Workspace } from './workspace.ts';

/** How many of the weakest tests are named. */
const WEAKEST = 20;
/** What a mutant that no test notices, and one that no test reaches, add to a file's risk: a survivor is code that a test runs and does not check, which is easier to overlook. */
const RISK = { Survived: 1, NoCoverage: 0.7 } as const;

/** All packages of the open folders that have results. */
export async function summarizePackages(workspace: Workspace, locator: TestLocator): Promise<PackageSummary[]> {
  const books = await workspace.openBooks();
  const found = await Promise.all(
    books.map(async (book) => {
      const uris = (await workspace.judgedFiles()).filter((one) => one.book === book).map(({ uri }) => uri);
      const files = (await Promise.all(uris.map((uri) => workspace.judged(uri)))).filter((file) => file !== undefined);
      return files.length > 0 ? summarizePackage(book, files, locator) : undefined;
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** A file with the numbers of its functions. */
export function summarizeFile(judged: JudgedFile): FileSummary {
  const fresh = judged.pieces.filter(({ stale }) => !stale).flatMap(({ mutants }) => mutants);
  const all = judged.pieces.flatMap(({ mutants }) => mutants);
  const scored = judged.pieces.filter(makesScore).flatMap(({ mutants }) => mutants);
  const counts = countStatuses(fresh);
  return {
    uri: judged.uri,
    path: judged.path,
    counts,
    score: scores(scored).score,
    shown: fresh.filter(({ status, id }) => status === 'Survived' && judged.shown.has(id)).length,
    suppressed: fresh.filter(({ suppressed }) => suppressed).length,
    risk: counts.Survived * RISK.Survived + counts.NoCoverage * RISK.NoCoverage,
    judgedAt: Math.max(0, ...judged.pieces.map(({ judgedAt }) => judgedAt)),
    functions: all.length ? judged.pieces.map(summarizePiece) : [],
  };
}

/** A function with the numbers of its mutants. */
export function summarizePiece(piece: ResolvedPiece): FunctionSummary {
  return {
    name: piece.name || '(top level)',
    range: piece.range,
    counts: countStatuses(piece.mutants),
    score: piece.scanned ? null : scores(piece.mutants).score,
    stale: piece.stale,
    scanned: piece.scanned,
  };
}

/** Whether a function counts in scores: its text has not changed, and more than a quick scan has judged it. */
export function makesScore({ stale, scanned }: ResolvedPiece): boolean {
  return !stale && !scanned;
}

/** A file with its text, its mutants and the tests that ran them. */
export async function detailFile(judged: JudgedFile, locator: TestLocator): Promise<FileDetail> {
  const tests = judged.book.tests();
  const used = new Set(judged.pieces.flatMap(({ mutants }) => mutants.flatMap(({ coveredBy, killedBy }) => [...coveredBy, ...killedBy])));
  const ids = [...used].filter((id) => tests.has(id)).sort((a, b) => a - b);
  const index = new Map(ids.map((id, i) => [id, i]));
  const indexes = (of: readonly number[]) => of.map((id) => index.get(id)).filter((i) => i !== undefined);
  const mutants = judged.pieces.flatMap((piece) =>
    piece.mutants.map(
      (mutant): MutantView => ({
        id: mutant.id,
        mutator: mutant.mutator,
        status: mutant.status,
        range: mutant.range,
        original: mutant.original,
        replacement: mutant.replacement,
        static: mutant.static,
        stale: piece.stale,
        sentence: describe(mutant),
        function: piece.name || '(top level)',
        ...(mutant.reason !== undefined && { reason: mutant.reason }),
        shown: judged.shown.has(mutant.id),
        ...(mutant.suppressed && { suppressed: mutant.suppressed.reason }),
        coveredBy: indexes(mutant.coveredBy),
        killedBy: indexes(mutant.killedBy),
      }),
    ),
  );
  return {
    summary: summarizeFile(judged),
    text: judged.text,
    mutants,
    tests: await Promise.all(ids.map((id) => viewTest(tests.get(id) as StoredTest, judged.book.directory, locator))),
  };
}

/** A package with its files, the riskiest first. */
async function summarizePackage(book: ResultBook, files: readonly JudgedFile[], locator: TestLocator): Promise<PackageSummary> {
  const summaries = files.map(summarizeFile).sort((a, b) => b.risk - a.risk || a.path.localeCompare(b.path));
  const counts = countStatuses([]);
  for (const { counts: each } of summaries) for (const status of STATUSES) counts[status] += each[status];
  const scored = files.flatMap(({ pieces }) => pieces.filter(makesScore).flatMap(({ mutants }) => mutants));
  const run = book.lastRun();
  return {
    name: run?.packageName ?? path.basename(book.directory),
    directory: book.directory,
    counts,
    ...scores(scored),
    ...(run && { lastRun: run }),
    files: summaries,
    weakestTests: await weakest(book, files, locator),
  };
}

async function weakest(book: ResultBook, files: readonly JudgedFile[], locator: TestLocator): Promise<WeakTest[]> {
  const tally = new Map<number, { survivors: number; kills: number }>();
  const of = (id: number) => {
    const known = tally.get(id) ?? { survivors: 0, kills: 0 };
    tally.set(id, known);
    return known;
  };
  for (const { pieces } of files) {
    for (const mutant of pieces.filter(({ stale }) => !stale).flatMap(({ mutants }) => mutants)) {
      if (mutant.status === 'Survived') for (const id of mutant.coveredBy) of(id).survivors++;
      for (const id of mutant.killedBy) of(id).kills++;
    }
  }
  const tests = book.tests();
  const ordered = [...tally]
    .filter(([id, { survivors }]) => survivors > 0 && tests.has(id))
    .sort(([, a], [, b]) => b.survivors / (b.kills + 1) - a.survivors / (a.kills + 1) || b.survivors - a.survivors)
    .slice(0, WEAKEST);
  return Promise.all(
    ordered.map(async ([id, numbers]) => ({ test: await viewTest(tests.get(id) as StoredTest, book.directory, locator), ...numbers })),
  );
}

async function viewTest(test: StoredTest, directory: string, locator: TestLocator): Promise<TestView> {
  const place = await locator.locate(test, directory);
  return { name: test.name, durationMs: test.durationMs, ...(place && { uri: toUri(place.file), position: place.position }) };
}
