import { setImmediate as turn } from 'node:timers/promises';
import type { Failure, JobContext, Range } from '../model/index.ts';
import { findNode } from '../process/index.ts';
import { functionBodies, languageOf, SyntaxTree } from '../syntax/index.ts';
import { readText, relativePosix, type TestPackage } from '../workspace/index.ts';
import { Anchors } from './anchors.ts';
import type { RecordedFile } from './book.ts';
import type { ResultBooks } from './books.ts';
import type { Executor, ExecutorEvent, MutationPlan, Target } from './executor.ts';
import { locateFailedTests } from './failed-tests.ts';
import type { TestCase, Verdict } from './model.ts';
import type { StoredRun } from './repository.ts';
import { type Group, groupByPackage, type MutateTarget } from './targets.ts';

/** What to mutate and with what. All paths are absolute. */
export interface MutateRequest {
  targets: MutateTarget[];
  /** The folders that are open (in the editor) or stood in (in a terminal). */
  folders: readonly string[];
  /** Texts of unsaved documents by path. */
  overlays: ReadonlyMap<string, string>;
  /** The Node that the user set, and the one that this process is when that is the user's own. */
  node: { setting?: string | undefined; own?: { path: string; version: string } | undefined };
  concurrency?: number | undefined;
  dryRunMinutes: number;
  /** How much memory a test process may take beyond what it took without a mutant, MiB. */
  memoryMiB?: number | undefined;
  books: ResultBooks;
  executor: Executor;
  /** Whether it is a quick scan: each function's whole body is removed, and nothing else is changed. */
  extreme?: boolean;
}

/** What a run says while it works: what the executor says, the files that it begins with, and that what came so far is in the book. */
export type RunEvent = ExecutorEvent | { kind: 'started'; node: string; files: string[]; extreme: boolean } | { kind: 'stored' };

/** A {@link RunEvent} and the package that it belongs to. */
export interface MutateEvent {
  package: TestPackage;
  event: RunEvent;
}

/** How a run over one package ended. */
export interface PackageOutcome {
  package: TestPackage;
  status: 'done' | 'cancelled' | 'failed';
  /** Why it failed, and why single files were left out or results could not be stored. */
  failures: Failure[];
  verdicts: Verdict[];
  /** The tests that the verdicts speak of by their index. */
  tests: TestCase[];
  durationMs: number;
}

/** How the whole run ended: an outcome for each package that was tried, and the reasons for targets that could not be. */
export interface MutateOutcome {
  packages: PackageOutcome[];
  failures: Failure[];
}

/** How often results are written to the store and announced while they come, milliseconds. */
const FLUSH_MS = 400;

/**
 * Runs mutation testing on files, stretches of files or whole directories: finds the package of each, runs them one after the other, and keeps
 * each verdict in the package's book as it comes. What cannot be run is a {@link Failure} in the outcome.
 */
export async function mutate(request: MutateRequest, context: JobContext<MutateEvent>): Promise<MutateOutcome> {
  const outcome: MutateOutcome = { packages: [], failures: [] };
  for (const group of await groupByPackage(request.targets, request.folders, request.overlays, outcome.failures)) {
    if (context.signal.aborted) break;
    outcome.packages.push(await runPackage(request, group, context));
  }
  return outcome;
}

async function runPackage(request: MutateRequest, group: Group, context: JobContext<MutateEvent>): Promise<PackageOutcome> {
  const started = performance.now();
  const verdicts = new Map<string, Verdict>();
  let tests: TestCase[] = [];
  const skipped: Failure[] = [];
  const ended = (status: PackageOutcome['status'], ...failures: Failure[]): PackageOutcome => ({
    package: group.package,
    status,
    failures: [...failures, ...skipped],
    verdicts: [...verdicts.values()],
    tests,
    durationMs: performance.now() - started,
  });
  // To read and parse the files takes as long as to ask a Node for its version and to start an executor: neither waits for the other.
  const reading = readFiles(group, request.overlays);
  reading.catch(() => {});
  const node = await findNode({ ...request.node, directory: group.package.directory });
  if (!node.ok) return ended('failed', node.failure);
  const plan: MutationPlan = {
    package: group.package,
    targets: request.extreme ? await withBodies(group.targets, reading) : group.targets,
    overlays: request.overlays,
    node: node.value,
    dryRunMinutes: request.dryRunMinutes,
    ...(request.concurrency !== undefined && { concurrency: request.concurrency }),
    ...(request.memoryMiB !== undefined && { memoryMiB: request.memoryMiB }),
  };
  const report = (event: RunEvent) => context.report({ package: group.package, event });
  report({ kind: 'started', node: node.value.version, files: group.targets.map(({ file }) => file), extreme: request.extreme ?? false });

  const { name, version } = group.package.framework;
  const run: StoredRun = {
    startedAt: Date.now(),
    durationMs: 0,
    executor: request.executor.name,
    framework: version ? `${name} ${version}` : name,
    node: node.value.version,
    command: terminalCommand(group, request.extreme),
    testsRun: 0,
    complete: false,
  };
  const recording = request.books.of(group.package.directory).record(group.package.name, run, request.extreme);
  const flush = async () => {
    while (recording.flush()) {
      report({ kind: 'stored' });
      await turn();
    }
  };
  const hear = (event: ExecutorEvent, files: Map<string, ReadFile>) => {
    if (event.kind === 'tests') {
      tests = event.tests;
      recording.tests(event.tests.map((test) => ({ ...test, ...(test.file && { file: relativePosix(group.package.directory, test.file) }) })));
    } else if (event.kind === 'executor') {
      recording.executor(event.name);
      // It begins anew, with ids of its own.
      verdicts.clear();
    } else if (event.kind === 'skipped') {
      files.delete(event.file);
      if (event.failure) skipped.push(event.failure);
    } else if (event.kind === 'verdict') {
      if (!event.verdict.provisional) verdicts.set(event.verdict.id, event.verdict);
      const file = files.get(event.verdict.file);
      if (file) recording.add(file, event.verdict);
    }
    report(event);
  };
  const timer = setInterval(flush, FLUSH_MS);
  try {
    let heard: Promise<unknown> = reading;
    const outcome = await request.executor.run(plan, {
      signal: context.signal,
      report: (event) => {
        heard = Promise.all([reading, heard]).then(([files]) => hear(event, files));
        heard.catch(() => {});
      },
    });
    await heard;
    const files = await reading;
    await flush();
    recording.finish([...files.values()], outcome.status === 'done', performance.now() - started);
    report({ kind: 'stored' });
    const failure = outcome.status === 'failed' ? await withPlaces(outcome.failure, group.package.directory) : undefined;
    return ended(
      outcome.status,
      ...[failure, recording.failure, notReached([...verdicts.values()], group.package)].filter((one) => one !== undefined),
    );
  } finally {
    clearInterval(timer);
  }
}

function notReached(verdicts: readonly Verdict[], pkg: TestPackage): Failure | undefined {
  if (verdicts.length === 0 || verdicts.some(({ status }) => status !== 'NoCoverage' && status !== 'Ignored')) return undefined;
  return {
    code: 'not-reached',
    message: `The tests of ${pkg.name} pass, but none of them runs the code that was mutated.`,
    action:
      'If they test built files (lib/, dist/), name the command that builds them as "buildCommand" in stryker.config.json; otherwise a test is missing.',
  };
}

async function withPlaces(failure: Failure, directory: string): Promise<Failure> {
  return failure.failedTests ? { ...failure, failedTests: await locateFailedTests(failure.failedTests, directory) } : failure;
}

/** The run that would do the same from a terminal that stands in the package. */
function terminalCommand({ package: pkg, targets }: Group, extreme = false): string {
  const names = targets.map(({ file }) => relativePosix(pkg.directory, file));
  return `assay mutate ${extreme ? '--extreme ' : ''}${names.length > 5 ? '.' : names.map((name) => (/[^\w./@-]/.test(name) ? JSON.stringify(name) : name)).join(' ')}`;
}

/** A file as results remember it, and the bodies of its functions. */
interface ReadFile extends RecordedFile {
  bodies: Range[];
}

async function withBodies(targets: readonly Target[], reading: Promise<ReadonlyMap<string, ReadFile>>): Promise<Target[]> {
  const files = await reading;
  return targets.flatMap((target) => {
    const { bodies = [] } = files.get(target.file) ?? {};
    return bodies.length > 0 ? [{ ...target, bodies }] : [];
  });
}

async function readFiles(group: Group, overlays: ReadonlyMap<string, string>): Promise<Map<string, ReadFile>> {
  const files = new Map<string, ReadFile>();
  for (const { file, ranges } of group.targets) {
    const language = languageOf(file);
    if (!language) continue;
    const text = overlays.get(file) ?? (await readText(file));
    if (text === undefined) continue;
    const tree = await SyntaxTree.parse(language, text);
    files.set(file, {
      file: relativePosix(group.package.directory, file),
      anchors: new Anchors(tree),
      bodies: functionBodies(tree.tree),
      ...(ranges && { ranges }),
    });
    tree.dispose();
  }
  return files;
}
