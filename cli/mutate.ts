import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../engine/model/index.ts';
import {
  HotExecutor,
  type MutateOutcome,
  type MutateTarget,
  mutate,
  type PackageOutcome,
  ResultBooks,
  referenceExecutor,
  scores,
  targetsSince,
  viewFile,
} from '../engine/mutation/index.ts';
import { freshMutants, mergeReports, type ReportInput, render } from '../engine/report/index.ts';
import { isInside, nearestManifestFolder, relativePosix, removeAbandonedRunFolders } from '../engine/workspace/index.ts';
import { printVerification, verifyRun } from './check-verdicts.ts';
import { EXIT } from './exit.ts';
import { printExtremeReport } from './extreme-report.ts';
import { interruptible } from './interruptible.ts';
import { MUTATE_HELP, type MutateOptions, parseMutateOptions } from './mutate-options.ts';
import { ProgressLine } from './progress.ts';
import { printReport } from './report.ts';
import { SiftAhead } from './sift-ahead.ts';
import { version } from './version.ts';

const NOTHING = 'Nothing to mutate: the code that was asked for has no mutants.';
/** What is said after a run and does not make its verdicts worth less. */
const HARMLESS = new Set<Failure['code']>(['store-unwritable', 'disk-full', 'not-reached']);

/** What a run came to, and what was found out of it meanwhile. */
interface Results {
  books: ResultBooks;
  ahead: SiftAhead;
}

/** `assay mutate`: runs, prints the report and writes the files that were asked for. Answers the exit status. */
export async function mutateCommand(args: string[]): Promise<number> {
  const parsed = parseMutateOptions(args);
  if ('error' in parsed) {
    process.stderr.write(`assay mutate: ${parsed.error}\n\n${MUTATE_HELP}`);
    return EXIT.cannotRun;
  }
  if (parsed.options.help) {
    process.stdout.write(MUTATE_HELP);
    return EXIT.done;
  }
  const books = new ResultBooks();
  return interruptible((signal) => runMutate(parsed.options, books, signal).finally(() => books.close()));
}

async function runMutate(options: MutateOptions, books: ResultBooks, signal: AbortSignal): Promise<number> {
  await removeAbandonedRunFolders();
  const cwd = process.cwd();
  const paths = (options.paths.length ? options.paths : ['.']).map((name) => path.resolve(name));
  const targets = await findTargets(options, paths, cwd, signal);
  if (!Array.isArray(targets)) return cannotRun([targets]);
  if (targets.length === 0) {
    process.stderr.write(`Nothing that can be mutated changed since ${options.since}.\n`);
    return EXIT.done;
  }
  const line = new ProgressLine(process.stderr);
  const ahead = new SiftAhead(books);
  const hot = new HotExecutor({ once: true });
  const outcome = await mutate(
    {
      targets,
      folders: await foldersOf(targets, cwd),
      overlays: new Map(),
      node: { setting: options.node, own: { path: process.execPath, version: process.versions.node } },
      concurrency: options.concurrency,
      dryRunMinutes: options.dryRunMinutes,
      books,
      executor: options.reference ? referenceExecutor : hot,
      extreme: options.extreme,
    },
    {
      signal,
      report: (event) => {
        line.show(event);
        ahead.hear(event);
      },
    },
  );
  line.clear();
  await hot.end();
  const notices = books.all().flatMap((book) => book.takeNotices());
  for (const notice of notices) process.stderr.write(`${notice.message} ${notice.action}\n`);
  return await conclude(options, outcome, { books, ahead }, cwd, signal);
}

/** In a terminal a person may stand anywhere in a package and name any file: packages are looked for from where they stand, or else from the file. */
async function foldersOf(targets: readonly MutateTarget[], cwd: string): Promise<string[]> {
  const home = await nearestManifestFolder(cwd);
  const others = targets.map((target) => path.dirname(target.path)).filter((directory) => !isInside(home, directory));
  return [home, ...(await Promise.all(others.map(nearestManifestFolder)))];
}

async function findTargets(options: MutateOptions, paths: string[], cwd: string, signal: AbortSignal): Promise<MutateTarget[] | Failure> {
  if (options.since === undefined) return paths.map((target) => ({ path: target }));
  const targets = await targetsSince(cwd, options.since, paths, signal);
  return targets.ok ? targets.value : targets.failure;
}

async function conclude(options: MutateOptions, outcome: MutateOutcome, results: Results, cwd: string, signal: AbortSignal): Promise<number> {
  const inputs = await Promise.all(
    outcome.packages.filter(({ verdicts }) => verdicts.length > 0).map((one) => reportInput(one, results, options.extreme)),
  );
  const merged = mergeReports(inputs, cwd);
  const toStandardOutput = options.outputs.some(({ file }) => file === '-');
  const printed = toStandardOutput ? process.stderr : process.stdout;
  const print = options.extreme ? printExtremeReport : printReport;
  if (inputs.length > 0 && !toStandardOutput) print(inputs, cwd, options.all, process.stdout);
  const { verify } = options;
  const verified = verify && inputs.length > 0 && !signal.aborted ? await verifyRun({ ...options, verify }, outcome, signal) : undefined;
  if (verified && verified.verification.checks.length > 0) printVerification(verified.verification, cwd, printed);
  for (const { format, file } of options.outputs) {
    if (inputs.length === 0) break;
    const text = await render(format, { ...merged, ...(verified && { verification: verified.verification }) });
    if (file === '-') process.stdout.write(text);
    else {
      await mkdir(path.dirname(path.resolve(file)), { recursive: true });
      await writeFile(file, text);
      process.stderr.write(`Wrote ${file}\n`);
    }
  }
  const failures = [...outcome.failures, ...outcome.packages.flatMap((one) => one.failures), ...(verified?.failures ?? [])];
  if (signal.aborted) {
    process.stderr.write('Cancelled. What was judged so far is kept.\n');
    return EXIT.cancelled;
  }
  if (failures.length > 0) {
    const status = cannotRun(failures);
    if (inputs.length === 0 || failures.some(({ code }) => !HARMLESS.has(code))) return status;
  }
  if (inputs.length === 0) {
    const nothing = options.extreme ? 'Nothing to remove: the code that was asked for has no function with a body.' : NOTHING;
    process.stderr.write(`${nothing}\n`);
  }
  const { score } = scores(merged.files.flatMap(freshMutants));
  if (options.breakBelow !== undefined && score !== null && score < options.breakBelow) {
    process.stderr.write(`The mutation score ${score.toFixed(1)} is below ${options.breakBelow}.\n`);
    return EXIT.belowThreshold;
  }
  return verified?.verification.checks.some(({ result }) => result === 'wrong' || result === 'not-applied') ? EXIT.wrongVerdicts : EXIT.done;
}

async function reportInput({ package: pkg, verdicts }: PackageOutcome, { books, ahead }: Results, extreme: boolean): Promise<ReportInput> {
  const book = books.of(pkg.directory);
  const judged = Map.groupBy(verdicts, ({ file }) => relativePosix(pkg.directory, file));
  const files = [...judged.keys()].sort();
  const { sifter, failure } = await ahead.sifterOf(pkg.directory);
  if (failure) process.stderr.write(`${failure.message}\n  ${failure.action}\n`);
  const views = await Promise.all(files.map((file) => viewFile(book, file, sifter)));
  return {
    packageName: pkg.name,
    directory: pkg.directory,
    files: views.flatMap((view) => {
      if (!view) return [];
      const isJudged = inThisRun(judged.get(view.path) ?? []);
      return [{ ...view, pieces: view.pieces.map((piece) => ({ ...piece, mutants: piece.mutants.filter(isJudged) })) }];
    }),
    tests: book.tests(),
    run: book.lastRun(),
    version: version(),
    extreme,
  };
}

function inThisRun(verdicts: PackageOutcome['verdicts']) {
  const places = new Set(verdicts.map(({ range, mutator, replacement }) => `${range.start.line}:${range.start.column}:${mutator}:${replacement}`));
  return ({ range, mutator, replacement }: { range: { start: { line: number; column: number } }; mutator: string; replacement: string }) =>
    places.has(`${range.start.line}:${range.start.column}:${mutator}:${replacement}`);
}

function cannotRun(failures: readonly Failure[]): number {
  for (const { message, action, failedTests } of failures) {
    process.stderr.write(`${message}\n  ${action}\n`);
    for (const test of failedTests ?? []) {
      const place = test.file ? `${relativePosix(process.cwd(), test.file)}${test.position ? `:${test.position.line + 1}` : ''}` : '';
      process.stderr.write(`  ✗ ${test.name}${place ? `  ${place}` : ''}\n      ${test.message.split('\n')[0]}\n`);
    }
  }
  return EXIT.cannotRun;
}
