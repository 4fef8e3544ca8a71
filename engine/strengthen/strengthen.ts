import path from 'node:path';
import { type Failure, fail, type JobContext, ok, type Result } from '../model/index.ts';
import type { Laboratory, ResolvedMutant, ResultBooks } from '../mutation/index.ts';
import { Sifter, viewTree } from '../mutation/index.ts';
import { findNode } from '../process/index.ts';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { findPackage, NO_CONFIG, readText, relativePosix } from '../workspace/index.ts';
import { type Chosen, chooseTestFiles } from './choose.ts';
import { type AskedMutant, type Explored, explore } from './explore.ts';
import { ENOUGH_INFECTIONS } from './explorer/findings.ts';
import { knownAs } from './known-as.ts';
import { ownersAt } from './owners.ts';
import { type NewTests, prove, ROUNDS } from './prove.ts';
import { keyOf } from './scenario.ts';
import { ProjectTools } from './tools/index.ts';
import { watchTests } from './watch.ts';
import type { Workplace } from './workplace.ts';
import { type PlacedChange, type Seen, WritingDesk } from './writing/index.ts';

/** What to find tests for, and with what. All paths are absolute. */
export interface StrengthenRequest {
  /** The file whose mutants no test notices. */
  file: string;
  /** Ids of some of its mutants; all that no test noticed where missing. */
  mutants?: readonly string[];
  /** The open folder, or the one stood in, that holds the file. */
  folder: string;
  /** Texts of unsaved documents by path. */
  overlays: ReadonlyMap<string, string>;
  node: { setting?: string | undefined; own?: { path: string; version: string } | undefined };
  concurrency?: number | undefined;
  dryRunMinutes: number;
  books: ResultBooks;
  laboratory: Laboratory;
}

/** A test that was seen to pass, and to fail with each of its mutants: a new one, or one of the project's with assertions that say more. */
export interface Proposal {
  kind: 'test' | 'assertions';
  mutants: ResolvedMutant[];
  /** The title of a new test; the full name of one that is there. */
  title: string;
  /** What is written, as it stands in the file. */
  text: string;
  testFile: string;
  /** What it changes in its file, in order. */
  changes: PlacedChange[];
  /** What a person should look at before taking it, for example that it records NaN. */
  remarks: string[];
  /** How often it passed, in ever another order. */
  passed: number;
}

/** Tests for one file, as an edit of it. */
export interface TestEdit {
  testFile: string;
  /** The text that the edit is for. */
  before: string;
  /** In order, without overlaps. */
  changes: PlacedChange[];
}

/** A mutant that no test was found for, and why. */
export interface Unkilled {
  mutant: ResolvedMutant;
  /**
   * `equivalent`: its expression came to something else in many calls and none of them did, so that it probably is no change that anyone could see.
   * `same`: no call was found that makes a difference.
   */
  kind: 'equivalent' | 'same' | 'not-reached' | 'obstacle' | 'not-written' | 'not-proved';
  tries: number;
  reached: number;
  why: string;
}

/** What came of it. */
export interface Strengthening {
  proposals: Proposal[];
  edits: TestEdit[];
  unkilled: Unkilled[];
  /** How many mutants were asked for. */
  asked: number;
}

/** What is said on the way. */
export type StrengthenEvent =
  | { kind: 'looking'; mutants: number; done: number; found: number }
  | { kind: 'proving'; tests: number; done: number }
  | { kind: 'log'; line: string };

/** How many tries that ran a mutant's code without a difference it takes to call it no change. */
const MANY_TRIES = 200;

/**
 * Finds tests that notice mutants which no test notices: calls on which they differ from the original, written as the other tests of the file are, and run
 * through the framework, without the mutants {@link ROUNDS} times and with each of them. What does not stand this is not proposed.
 */
export async function strengthen(request: StrengthenRequest, context: JobContext<StrengthenEvent>): Promise<Result<Strengthening>> {
  const { file, folder, overlays, books } = request;
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
  const tests = book.tests();
  const names = [...new Set([...tests.values()].map((test) => test.file))].filter((name) => name !== '');
  const read = async (name: string): Promise<[string, string | undefined]> => [
    name,
    overlays.get(path.join(directory, name)) ?? (await readText(path.join(directory, name))),
  ];
  const texts = new Map((await Promise.all(names.map(read))).filter((one): one is [string, string] => one[1] !== undefined));
  const importing = new Map<string, readonly string[]>();
  for (const [testFile, its] of texts) {
    const known = await knownAs(file, path.join(directory, testFile), its);
    if (known) importing.set(testFile, known);
  }
  const chosen = chooseTestFiles({ pieces: current, tests, texts, importing, ownersOf: ({ range }) => ownersAt(tree.tree, range) }, isWanted);
  tree.dispose();
  if (chosen.length === 0) return ok({ proposals: [], edits: [], unkilled: [], asked: 0 });
  const node = await findNode({ ...request.node, directory });
  if (!node.ok) return node;
  const { laboratory, concurrency, dryRunMinutes } = request;
  const base = { package: pkg.value, node: node.value, laboratory, overlays, concurrency, dryRunMinutes, file };

  const tools = new ProjectTools(directory, node.value, context.signal);
  try {
    return await find(base, chosen, texts, tools, text, context);
  } finally {
    await tools.end();
  }
}

/** Finds, writes and proves. */
async function find(
  base: Workplace,
  chosen: readonly Chosen[],
  texts: ReadonlyMap<string, string>,
  tools: ProjectTools,
  text: string,
  context: JobContext<StrengthenEvent>,
): Promise<Result<Strengthening>> {
  const { overlays } = base;
  const { directory } = base.package;
  const nothing: Strengthening = { proposals: [], edits: [], unkilled: [], asked: chosen.length };
  // What the project checks its tests with is loaded while others look.
  for (const name of new Set(chosen.map(({ testFile }) => testFile))) void tools.open(path.join(directory, name), texts.get(name) ?? '');
  const mutants = chosen.map((one) => ({ ...one, testFile: path.join(directory, one.testFile) }));
  const desks = new Map<string, WritingDesk>();
  for (const testFile of new Set(mutants.map((one) => one.testFile))) {
    const desk = await deskFor(testFile, overlays);
    if (desk) desks.set(testFile, desk);
  }
  const noticed = new Set<ResolvedMutant>();
  const explored: Explored[] = [];
  const looking = () => {
    const done = new Set(explored.flatMap((one) => (one.kind === 'difference' ? one.mutants : [one.mutant])));
    const found = [...desks.values()].reduce((sum, desk) => sum + desk.tests.length, 0) + explored.filter(({ kind }) => kind === 'difference').length;
    context.report({ kind: 'looking', mutants: chosen.length, done: noticed.size + done.size, found });
  };
  looking();
  const notTightened = await tighten(base, mutants, desks, noticed, context);
  if (notTightened) return fail(notTightened);
  looking();
  const failure = await explore(
    { ...base, text, mutants: mutants.filter(({ mutant }) => !noticed.has(mutant)) },
    {
      signal: context.signal,
      report: (event) => {
        if (event.kind === 'log') return context.report(event);
        explored.push(event);
        looking();
      },
    },
  );
  if (failure) return fail(failure);
  const result: Strengthening = { ...nothing, unkilled: explored.flatMap((one) => unkilled(one)) };

  for (const one of merged(explored)) {
    const why = desks.get(one.testFile)?.write(one.difference, one.mutants);
    if (why === undefined) continue;
    for (const mutant of one.mutants) result.unkilled.push({ mutant, kind: 'not-written', tries: one.difference.tries, reached: 0, why });
  }
  for (const [testFile, desk] of desks) await desk.tidy(testFile, tools);
  const files: NewTests[] = [...desks].flatMap(([testFile, desk]) =>
    desk.tests.length > 0 ? [{ testFile, text: desk.text(), tests: desk.tests.map(({ kind, ...one }) => ({ ...one, isNew: kind === 'test' })) }] : [],
  );
  const drafts = files.reduce((sum, one) => sum + one.tests.length, 0);
  let done = 0;
  if (drafts > 0) {
    context.report({ kind: 'proving', tests: drafts, done });
    const checking = Promise.all([...desks].map(([testFile, desk]) => desk.check(testFile, tools)));
    const notProved = await prove(
      { ...base, files },
      {
        signal: context.signal,
        report: (event) => {
          if ('kind' in event) return context.report(event);
          context.report({ kind: 'proving', tests: drafts, done: ++done });
          desks.get(event.testFile)?.hear(event.proof);
        },
      },
    );
    await checking;
    if (notProved) return fail(notProved);
  }
  for (const [testFile, desk] of desks) {
    const { proposals, rejected, before, changes } = desk.conclude(ROUNDS);
    result.proposals.push(...proposals.map((one) => ({ ...one, testFile })));
    for (const { mutant, why } of rejected) result.unkilled.push({ mutant, kind: 'not-proved', tries: 0, reached: 0, why });
    if (changes.length > 0) result.edits.push({ testFile, before, changes });
  }
  return ok(result);
}

/** Has tests say the values in them that are others with mutants on. Those that are noticed then are added to `noticed`; answers why it could not be done. */
async function tighten(
  base: Workplace,
  mutants: readonly AskedMutant[],
  desks: ReadonlyMap<string, WritingDesk>,
  noticed: Set<ResolvedMutant>,
  context: JobContext<StrengthenEvent>,
): Promise<Failure | undefined> {
  const files = [...desks].flatMap(([testFile, desk]) => {
    const text = desk.watched();
    const run = mutants.filter((one) => one.testFile === testFile && one.mutant.status === 'Survived').map(({ mutant }) => mutant);
    return text !== undefined && run.length > 0 ? [{ testFile, text, mutants: run }] : [];
  });
  if (files.length === 0) return undefined;
  const seen = new Map<string, Seen[]>(files.map(({ testFile }) => [testFile, []]));
  const failure = await watchTests(
    { ...base, files },
    {
      signal: context.signal,
      report: (event) => {
        if ('kind' in event) return context.report(event);
        const { testFile, sighting } = event;
        if (sighting.kind === 'seen') seen.get(testFile)?.push(sighting);
        else context.report({ kind: 'log', line: `${testFile}: its values cannot be looked at: ${sighting.why}` });
      },
    },
  );
  if (failure) return failure;
  for (const { testFile, mutants: run } of files) {
    for (const mutant of desks.get(testFile)?.tighten(seen.get(testFile) ?? [], run) ?? []) noticed.add(mutant);
  }
  return undefined;
}

type FoundDifference = Extract<Explored, { kind: 'difference' }>;

/** One test tells all mutants that differ on the same calls. */
function merged(explored: readonly Explored[]): FoundDifference[] {
  const byCalls = new Map<string, FoundDifference>();
  for (const one of explored) {
    if (one.kind !== 'difference') continue;
    const key = one.testFile + keyOf(one.difference.scenario);
    const same = byCalls.get(key);
    byCalls.set(key, same ? { ...same, mutants: [...new Set([...same.mutants, ...one.mutants])] } : one);
  }
  return [...byCalls.values()];
}

async function deskFor(testFile: string, overlays: ReadonlyMap<string, string>): Promise<WritingDesk | undefined> {
  const language = languageOf(testFile);
  const text = overlays.get(testFile) ?? (await readText(testFile));
  return language && text !== undefined ? new WritingDesk(await SyntaxTree.parse(language, text)) : undefined;
}

function unkilled(one: Explored): Unkilled[] {
  if (one.kind === 'difference') return [];
  if (one.kind === 'obstacle') return [{ mutant: one.mutant, kind: 'obstacle', tries: 0, reached: 0, why: one.why }];
  const { mutant, tries, reached, infected } = one;
  if (reached === 0) return [{ mutant, kind: 'not-reached', tries, reached, why: `none of ${tries} calls like those of the tests runs its code` }];
  const why = `${reached} of ${tries} calls ran its code, and none came to anything else`;
  return [{ mutant, kind: reached >= MANY_TRIES && infected >= ENOUGH_INFECTIONS ? 'equivalent' : 'same', tries, reached, why }];
}

function notJudged(file: string): Failure {
  return {
    code: 'not-reached',
    message: `Nothing is known of ${path.basename(file)}: no mutation testing was run on it.`,
    action: 'Run mutation testing on the file first.',
  };
}
