import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../engine/model/index.ts';
import { HotExecutor, mutate, ResultBooks } from '../engine/mutation/index.ts';
import { changed, type Strengthening, strengthen, type TestEdit, ToolShed } from '../engine/strengthen/index.ts';
import { isInside, nearestManifestFolder, relativePosix, removeAbandonedRunFolders } from '../engine/workspace/index.ts';
import { CountLine } from './count-line.ts';
import { EXIT } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { patchOf } from './patch.ts';
import { ProgressLine } from './progress.ts';
import { parseStrengthenOptions, STRENGTHEN_HELP, type StrengthenOptions } from './strengthen-options.ts';
import { writeEdit } from './write-edit.ts';

/** `assay strengthen`: finds tests for the mutants of a file, and prints or writes them. Answers the exit status. */
export async function strengthenCommand(args: string[]): Promise<number> {
  const parsed = parseStrengthenOptions(args);
  if ('error' in parsed) {
    process.stderr.write(`assay strengthen: ${parsed.error}\n\n${STRENGTHEN_HELP}`);
    return EXIT.cannotRun;
  }
  if (parsed.options.help) {
    process.stdout.write(STRENGTHEN_HELP);
    return EXIT.done;
  }
  const equipment = { books: new ResultBooks(), laboratory: new HotExecutor(), tools: new ToolShed() };
  return interruptible(async (signal) => {
    try {
      return await run(parsed.options, equipment, signal);
    } finally {
      await Promise.all([equipment.laboratory.end(), equipment.tools.end()]);
      equipment.books.close();
    }
  });
}

/** What both parts of the work are done with. */
interface Equipment {
  books: ResultBooks;
  laboratory: HotExecutor;
  tools: ToolShed;
}

async function run(options: StrengthenOptions, { books, laboratory, tools }: Equipment, signal: AbortSignal): Promise<number> {
  await removeAbandonedRunFolders();
  const file = path.resolve(options.file);
  const home = await nearestManifestFolder(process.cwd());
  const folder = isInside(home, file) ? home : await nearestManifestFolder(path.dirname(file));
  const base = {
    overlays: new Map<string, string>(),
    node: { setting: options.node, own: { path: process.execPath, version: process.versions.node } },
    concurrency: options.concurrency,
    dryRunMinutes: options.dryRunMinutes,
    books,
  };
  const line = new ProgressLine(process.stderr);
  // What was found out before may rest on other tests than those of now.
  if (options.mutants.length === 0) {
    const { failures, packages } = await mutate(
      { ...base, targets: [{ path: file }], folders: [folder], executor: laboratory },
      { signal, report: (event) => line.show(event) },
    );
    const all = [...failures, ...packages.flatMap((one) => one.failures)].filter(({ code }) => code !== 'not-reached' && code !== 'store-unwritable');
    line.clear();
    if (signal.aborted) return cancelled();
    if (all.length > 0) return cannotRun(all);
  }
  const looking = new CountLine(process.stderr);
  const proving = new CountLine(process.stderr);
  const result = await strengthen(
    { ...base, file, folder, laboratory, tools, ...(options.mutants.length > 0 && { mutants: options.mutants }) },
    {
      signal,
      report: (event) => {
        if (event.kind === 'looking')
          looking.show(`${event.done} of ${event.mutants} mutants looked at · ${event.found} tests found`, event.done, event.mutants);
        if (event.kind === 'proving') proving.show(`${event.done} of ${event.tests} tests run`, event.done, event.tests);
      },
    },
  );
  proving.clear();
  if (signal.aborted) return cancelled();
  if (!result.ok) return cannotRun([result.failure]);
  return (await print(options, result.value)) ? EXIT.done : EXIT.cannotRun;
}

/** Prints what was found, and writes it where that is asked for. Answers whether all of that could be done. */
async function print(options: StrengthenOptions, { proposals, edits, unkilled, asked }: Strengthening): Promise<boolean> {
  const name = (file: string) => relativePosix(process.cwd(), file);
  if (options.json !== undefined) {
    const place = ({ id, range, mutator, replacement }: (typeof unkilled)[number]['mutant']) => ({ id, range, mutator, replacement });
    const placed = ({ range, text }: TestEdit['changes'][number]) => ({ range, text });
    const json = {
      asked,
      tests: proposals.map(({ kind, testFile, title, text, changes, mutants, remarks, passed }) => ({
        kind,
        testFile: name(testFile),
        title,
        text,
        changes: changes.map(placed),
        kills: mutants.map(place),
        passed,
        remarks,
      })),
      edits: edits.map(({ testFile, isNew, changes }) => ({ testFile: name(testFile), isNew, changes: changes.map(placed) })),
      left: unkilled.map(({ mutant, kind, tries, reached, why }) => ({ mutant: place(mutant), kind, tries, reached, why })),
    };
    const text = `${JSON.stringify(json, null, 2)}\n`;
    if (options.json === '-') process.stdout.write(text);
    else await writeFile(options.json, text);
  }
  if (options.json !== '-' && !options.write)
    for (const edit of edits) process.stdout.write(patchOf(name(edit.testFile), edit.before, changed(edit.before, edit.changes), edit.isNew));
  for (const { title, remarks } of proposals) for (const remark of remarks) process.stderr.write(`"${title}": ${remark}\n`);
  let isWritten = true;
  for (const edit of options.write ? edits : []) {
    const { done, said } = await writeEdit(edit, name(edit.testFile));
    process.stderr.write(`${said}\n`);
    isWritten &&= done;
  }
  const killed = new Set(proposals.flatMap(({ mutants }) => mutants)).size;
  process.stderr.write(
    `${summary(proposals)} for ${killed} of ${asked} mutants that no test notices. They record what the code does today: review them.\n`,
  );
  const likely = unkilled.filter(({ kind }) => kind === 'equivalent');
  for (const { mutant, why } of unkilled.filter(({ kind }) => kind !== 'equivalent')) process.stderr.write(`  ${at(mutant)}: ${why}\n`);
  if (likely.length > 0) process.stderr.write(`Probably no change at all:\n${likely.map(({ mutant, why }) => `  ${at(mutant)}: ${why}\n`).join('')}`);
  return isWritten;
}

/** For example `2 tests and stronger assertions in 1 test`. */
function summary(proposals: Strengthening['proposals']): string {
  const tests = (count: number) => `${count} ${count === 1 ? 'test' : 'tests'}`;
  const stronger = proposals.filter(({ kind }) => kind === 'assertions').length;
  const news = proposals.length - stronger;
  const strongerOnes = `stronger assertions in ${tests(stronger)}`;
  if (stronger === 0) return tests(news);
  return news === 0 ? strongerOnes.replace(/^s/, 'S') : `${tests(news)} and ${strongerOnes}`;
}

function at({
  range: { start },
  mutator,
  replacement,
}: {
  range: { start: { line: number; column: number } };
  mutator: string;
  replacement: string;
}): string {
  const short = replacement.replace(/\s+/g, ' ');
  return `${start.line + 1}:${start.column + 1} ${mutator} ${short.length > 50 ? `${short.slice(0, 49)}…` : short}`;
}

function cancelled(): number {
  process.stderr.write('Cancelled. Nothing was written.\n');
  return EXIT.cancelled;
}

function cannotRun(failures: readonly Failure[]): number {
  for (const { message, action } of failures) process.stderr.write(`${message}\n  ${action}\n`);
  return EXIT.cannotRun;
}
