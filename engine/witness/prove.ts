import { Auditor, type FileAudit } from '../audit/index.ts';
import { type Failure, fail, type JobContext, ok, type Result } from '../model/index.ts';
import type { Laboratory, ResultBooks } from '../mutation/index.ts';
import { findNode } from '../process/index.ts';
import { StoreFullError } from '../store/index.ts';
import { bare, languageOf, SyntaxTree } from '../syntax/index.ts';
import { readProjectConfig, readText } from '../workspace/index.ts';
import { type DefectOutcome, tryDefects } from './defects.ts';
import { FileTrial } from './file-trial.ts';
import { Functions } from './functions.ts';
import { groupTests, type TestGroup } from './group-tests.ts';
import { hashesNow } from './hashes.ts';
import { Proving } from './proving.ts';
import { reachableSources } from './reachable.ts';
import { type HashOfFile, Testimonies } from './testimonies.ts';
import type { FileTestimony } from './testimony.ts';
import { watchedText } from './watched-text.ts';

/** Which tests to prove, and with what. All paths are absolute. */
export interface ProveRequest {
  /** Test files, and directories that hold some. */
  paths: readonly string[];
  /** The folders that are open (in the editor) or stood in (in a terminal); each path must lie in one of them. */
  folders: readonly string[];
  /** Texts of unsaved documents by path. */
  overlays: ReadonlyMap<string, string>;
  node: { setting?: string | undefined; own?: { path: string; version: string } | undefined };
  concurrency?: number | undefined;
  dryRunMinutes: number;
  laboratory: Laboratory;
  books: ResultBooks;
}

/** What is said meanwhile: how many files are done, of how many. */
export type ProveEvent = { kind: 'proving'; done: number; files: number } | { kind: 'log'; line: string };

/** What test files were seen to do, and why nothing is known of some. */
export interface Proven {
  files: FileTestimony[];
  /** What came of the defects that projects describe. */
  defects: DefectOutcome[];
  failures: Failure[];
}

/**
 * Runs test files, counts which of their assertions are made, and then breaks what each test runs (bodies of functions removed, constants returned, at last
 * all of StrykerJS's mutants) until it fails or nothing is left to break. What was seen is kept in the book of the package.
 */
export async function proveTests(request: ProveRequest, context: JobContext<ProveEvent>): Promise<Proven> {
  const proven: Proven = { files: [], defects: [], failures: [] };
  const groups = await groupTests(request.paths, request.folders, proven.failures);
  const total = groups.reduce((sum, { files }) => sum + files.length, 0);
  const hashOfFile = hashesNow((file) => request.overlays.get(file));
  let before = 0;
  for (const group of groups) {
    if (context.signal.aborted) break;
    const report = (event: ProveEvent) => context.report(event.kind === 'proving' ? { ...event, done: before + event.done, files: total } : event);
    const found = await provePackage(request, group, { signal: context.signal, report });
    before += group.files.length;
    if (!found.ok) {
      if (!context.signal.aborted) proven.failures.push(found.failure);
      continue;
    }
    const { store, directory } = request.books.of(group.package.directory);
    const testimonies = new Testimonies(store, directory);
    const { files, defects } = found.value;
    const full = keep(files, testimonies, hashOfFile);
    if (full) proven.failures.push(full);
    proven.files.push(...files);
    proven.defects.push(...defects);
  }
  return proven;
}

async function provePackage(
  request: ProveRequest,
  group: TestGroup,
  context: JobContext<ProveEvent>,
): Promise<Result<Pick<Proven, 'files' | 'defects'>>> {
  const { overlays } = request;
  const { directory } = group.package;
  const node = await findNode({ ...request.node, directory });
  if (!node.ok) return node;
  const trials = await trialsOf(group.files, overlays);
  const sources = await reachableSources(directory, group.files, overlays);
  const functions = await Functions.read(sources.all, overlays);
  const proving = new Proving(request, group.package, node.value, trials, context);
  const bodies = sources.all.map((file) => ({ file, bodies: functions.bodies(file), named: true })).filter((one) => one.bodies.length > 0);
  const failure = await proving.round(trials, bodies);
  if (failure) return fail(failure);
  const suspicious = trials.filter(({ suspects }) => suspects.length > 0);
  for (const trial of suspicious) trial.goOn();
  const concerned = new Set(suspicious.flatMap((trial) => [...trial.suspectFiles, ...(sources.directly.get(trial.file) ?? [])]));
  const failed = await proving.round(
    suspicious,
    [...concerned].map((file) => ({ file, named: true })),
  );
  if (failed) return fail(failed);
  const config = await readProjectConfig(directory);
  if (!config.ok) return config;
  const tried = await tryDefects(config.value.audit.defects, directory, trials, proving, overlays);
  if (tried.failure) return fail(tried.failure);
  // What was cut short would look like what nothing makes fail.
  if (context.signal.aborted) return ok({ files: [], defects: [] });
  return ok({ files: trials.map((trial) => trial.testimony((file, range) => functions.name(file, range))), defects: tried.outcomes });
}

/** Keeps what was seen; answers why it could not be kept. */
function keep(files: readonly FileTestimony[], testimonies: Testimonies, hashOfFile: HashOfFile): Failure | undefined {
  try {
    for (const file of files) if (file.tests.length > 0) testimonies.record(file, hashOfFile);
    return undefined;
  } catch (error) {
    if (!(error instanceof StoreFullError)) throw error;
    return {
      code: 'disk-full',
      message: 'The disk is full: what the tests were seen to do is not kept.',
      action: 'Free some space and prove them again.',
    };
  }
}

async function trialsOf(files: readonly string[], overlays: ReadonlyMap<string, string>): Promise<FileTrial[]> {
  const auditor = await Auditor.create((file) => overlays.get(file));
  const trials: FileTrial[] = [];
  for (const file of files) {
    const text = overlays.get(file) ?? (await readText(file));
    const language = languageOf(file);
    const audit: FileAudit | undefined = text === undefined ? undefined : auditor.audit(file, text);
    if (text === undefined || !language || !audit || audit.tests.length === 0) continue;
    const tree = await SyntaxTree.parse(language, text);
    trials.push(new FileTrial(file, text, watchedText(bare(tree.tree, text), text, audit, trials.length), audit));
    tree.dispose();
  }
  return trials;
}
