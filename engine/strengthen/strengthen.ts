import path from 'node:path';
import { type Failure, fail, type JobContext, ok, type Result } from '../model/index.ts';
import type { Laboratory, ResolvedMutant, ResultBooks } from '../mutation/index.ts';
import { Sifter, viewTree } from '../mutation/index.ts';
import { findNode } from '../process/index.ts';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { findPackage, kindOf, NO_CONFIG, readText, relativePosix } from '../workspace/index.ts';
import { chooseTestFiles } from './choose.ts';
import { testsWhereWritten } from './homes.ts';
import { knownAs } from './known-as.ts';
import { newFileFor } from './new-file.ts';
import { ownersAt } from './owners.ts';
import { ROUNDS, StrengtheningRun } from './run.ts';
import type { StrengthenEvent, Strengthening, Unkilled } from './strengthening.ts';
import type { ToolShed } from './tools/index.ts';
import type { WithinTests } from './workplace.ts';

/** What to find tests for, and with what. All paths are absolute. */
export interface StrengthenRequest {
  /** The file whose mutants no test notices. */
  file: string;
  /** Ids of some of its mutants; all that no test noticed where missing. */
  mutants?: readonly string[];
  /** The tests that are to come to say more: then nothing else is changed, and no new test is searched for. */
  within?: WithinTests | undefined;
  /** The open folder, or the one stood in, that holds the file. */
  folder: string;
  /** Texts of unsaved documents by path. */
  overlays: ReadonlyMap<string, string>;
  node: { setting?: string | undefined; own?: { path: string; version: string } | undefined };
  concurrency?: number | undefined;
  dryRunMinutes: number;
  books: ResultBooks;
  laboratory: Laboratory;
  tools: ToolShed;
}

/**
 * Finds tests that notice mutants which no test notices: tests that are there come to say the values in them that are others with the mutants; for the rest,
 * calls on which they differ from the original are written as the other tests of the file are. All are run through the framework, without the mutants {@link ROUNDS} times and with each of them. What does not stand this is not proposed.
 */
export async function strengthen(request: StrengthenRequest, context: JobContext<StrengthenEvent>): Promise<Result<Strengthening>> {
  const { file, folder, overlays, books, within } = request;
  const pkg = await findPackage(file, folder);
  if (!pkg.ok) return pkg;
  const { directory } = pkg.value;
  const book = books.of(directory);
  const name = relativePosix(directory, file);
  const text = overlays.get(file) ?? (await readText(file));
  const language = languageOf(file);
  if (book.pieces(name).length === 0 || text === undefined || !language) return fail(notJudged(file));
  const tree = await SyntaxTree.parse(language, text);
  const view = viewTree(book, name, tree, new Sifter(NO_CONFIG));
  const wanted = new Set(request.mutants);
  const isWanted = (one: ResolvedMutant) =>
    (request.mutants ? wanted.has(one.id) : !one.suppressed) && (one.status === 'Survived' || one.status === 'NoCoverage');
  const current = view.pieces.filter(({ stale }) => !stale);
  const { tests, texts: all, runs } = await testsWhereWritten(directory, book.tests(), overlays);
  const texts = new Map([...all].filter(([testFile]) => !within || path.join(directory, testFile) === within.testFile));
  const importing = new Map<string, readonly string[]>();
  for (const [testFile, its] of texts) {
    const known = await knownAs(file, path.join(directory, testFile), its);
    if (known) importing.set(testFile, known);
  }
  const chosen = chooseTestFiles({ pieces: current, tests, texts, importing, ownersOf: ({ range }) => ownersAt(tree.tree, range) }, isWanted);
  tree.dispose();
  const lonely = chosen.length === 0 ? current.flatMap(({ mutants }) => mutants.filter(isWanted)) : [];
  const absolute = (name: string) => path.join(directory, name);
  const newFile = lonely.length > 0 && !within ? newFileFor(file, [...texts.keys()].map(absolute), directory) : undefined;
  if (chosen.length === 0 && (!newFile || (await kindOf(newFile.path)) !== undefined)) {
    const unkilled = lonely.map(
      (mutant): Unkilled => ({ mutant, kind: 'not-reached', tries: 0, reached: 0, why: within ? NOT_WITHIN : NO_TEST_FILE }),
    );
    return ok({ proposals: [], edits: [], unkilled, asked: lonely.length });
  }
  const node = await findNode({ ...request.node, directory });
  if (!node.ok) return node;
  const { laboratory, concurrency, dryRunMinutes } = request;
  const workplace = { package: pkg.value, node: node.value, laboratory, overlays, concurrency, dryRunMinutes, file, runs, within };

  const mutants = newFile
    ? lonely.map((mutant) => ({ mutant, testFile: newFile.model, names: [] }))
    : chosen.map((one) => ({ ...one, testFile: absolute(one.testFile) }));
  return request.tools.use(directory, node.value, context.signal, (tools) =>
    new StrengtheningRun(workplace, mutants, tools, text, context, newFile?.path).do(),
  );
}

const NOT_WITHIN = 'the tests that may say more do not run it';
const NO_TEST_FILE = 'no test loads the file, and there is no test file that a new one could be like';

function notJudged(file: string): Failure {
  return {
    code: 'not-reached',
    message: `Nothing is known of ${path.basename(file)}: no mutation testing was run on it.`,
    action: 'Run mutation testing on the file first.',
  };
}
