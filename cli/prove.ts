import path from 'node:path';
import { type AuditedFile, Auditor } from '../engine/audit/index.ts';
import type { Failure } from '../engine/model/index.ts';
import { HotExecutor, ResultBooks } from '../engine/mutation/index.ts';
import {
  type DefectOutcome,
  type FalsePositive,
  falsePositives,
  hashesNow,
  proveTests,
  Testimonies,
  type WitnessedFile,
  withSeen,
  witnessed,
} from '../engine/witness/index.ts';
import { isInside, nearestManifestFolder, relativePosix, removeAbandonedRunFolders, upwards } from '../engine/workspace/index.ts';
import type { AuditOptions } from './audit-options.ts';
import { CountLine } from './count-line.ts';
import type { Painter } from './paint.ts';

/** What came of running the tests that were audited. */
export interface ProvenAudit {
  /** The audits, with what was seen of their tests. */
  audited: AuditedFile[];
  falsePositives: FalsePositive[];
  defects: DefectOutcome[];
  failures: Failure[];
  /** Why tests of some files did not run, by their absolute paths. */
  problems: Map<string, string>;
}

/** Runs the tests in some files and directories (absolute paths), breaks what they run, and adds what was seen to their audits. */
export async function proveAudited(
  targets: readonly string[],
  audited: readonly AuditedFile[],
  options: AuditOptions,
  signal: AbortSignal,
): Promise<ProvenAudit> {
  await removeAbandonedRunFolders();
  const books = new ResultBooks();
  const laboratory = new HotExecutor();
  const line = new CountLine(process.stderr);
  try {
    const { files, defects, failures } = await proveTests(
      {
        paths: targets,
        folders: await foldersOf(targets),
        overlays: new Map(),
        node: { setting: options.node, own: { path: process.execPath, version: process.versions.node } },
        concurrency: options.concurrency,
        dryRunMinutes: options.dryRunMinutes,
        laboratory,
        books,
      },
      {
        signal,
        report: (event) => {
          if (event.kind === 'proving' && process.stderr.isTTY) line.show(`${event.done} of ${event.files} files run`, event.done, event.files);
        },
      },
    );
    const problems = new Map(files.flatMap(({ file, problem }) => (problem === undefined ? [] : [[file, problem] as const])));
    const auditor = await Auditor.create();
    const hashOfFile = hashesNow(() => undefined);
    const all: WitnessedFile[] = [];
    const seen = audited.map((one) => {
      const file = files.find((other) => other.file === one.file);
      const audit = file && auditor.audit(file.file, file.text);
      const book = audit && bookOf(books, one.file);
      if (!file || !audit || !book || !one.audit) return one;
      const found = witnessed(new Testimonies(book.store, book.directory), file.file, file.text, audit, hashOfFile);
      all.push(found);
      return { ...one, audit: withSeen(one.audit, found) };
    });
    return { audited: seen, falsePositives: falsePositives(all), defects, failures, problems };
  } finally {
    line.clear();
    await laboratory.end();
    books.close();
  }
}

/** Where the packages of some paths are looked for: what is stood in, or the package of a path that lies elsewhere. */
async function foldersOf(targets: readonly string[]): Promise<string[]> {
  const home = await nearestManifestFolder(process.cwd());
  const others = targets.filter((target) => !isInside(home, target));
  return [home, ...(await Promise.all(others.map((target) => nearestManifestFolder(path.dirname(target)))))];
}

function bookOf(books: ResultBooks, file: string): ReturnType<ResultBooks['existing']> {
  for (const directory of upwards(path.dirname(file), path.parse(file).root)) {
    const book = books.existing(directory);
    if (book) return book;
  }
  return undefined;
}

/** The tests that pass whatever the code does, for a person to read in a terminal, line by line. */
export function falsePositiveLines(found: readonly FalsePositive[], cwd: string, paint: Painter): string[] {
  if (found.length === 0) return ['Each test that was run failed with something of what it runs broken, but for those that are named above.'];
  return [
    paint.bold('Tests that pass whatever the code does'),
    ...found.flatMap(({ file, place, test, priority, sentence, breakages, functions }) => [
      `  ${paint.bold(priority)} ${relativePosix(cwd, file)}:${place.start.line + 1} ${test.title.join(' > ')}`,
      paint.dim(`      It passed with each of ${breakages} changes to ${functions.slice(0, 4).join(', ') || 'what it runs'}. ${sentence}`),
    ]),
  ];
}

/** What came of the defects that the project describes, line by line. */
export function defectLines(defects: readonly DefectOutcome[], cwd: string, paint: Painter): string[] {
  if (defects.length === 0) return [];
  return [
    '',
    paint.bold('Defects that the project describes'),
    ...defects.map(({ name, file, noticedBy, tests, problem }) => {
      if (problem !== undefined) return `  ${paint.red('not tried')} ${name}: ${relativePosix(cwd, file)}: ${problem}`;
      if (noticedBy.length === 0) return `  ${paint.red('not noticed')} ${name}: none of ${tests} tests fails with it`;
      return `  noticed ${name}: by ${noticedBy.length} of ${tests} tests ${paint.dim(noticedBy[0] ?? '')}`;
    }),
  ];
}
