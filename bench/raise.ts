import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openStand, type Stand } from '../engine/mutation/verify/stand.ts';
import { findNode } from '../engine/process/index.ts';
import { findPackage } from '../engine/workspace/index.ts';
import { runNode } from './support/command.ts';
import { type Counts, readCounts, sayCounts } from './support/counts.ts';
import { machine } from './support/machine.ts';
import { median, spread, table } from './support/numbers.ts';
import { copyOf, repositoryName } from './support/subject.ts';
import { ROOT, temporaryFolder } from './support/temporary.ts';

/**
 * How far the tests that `assay strengthen` writes for each file of a repository raise its mutation score when all of them are kept, and what they add to the time
 * of its suite. Works in a copy: judges all files, writes tests for one after the other, and judges all anew.
 *
 *     node bench/raise.ts [--suite-runs 5] DIRECTORY[:PATH] …
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'suite-runs': { type: 'string', default: '5' } } });
const suiteRuns = Number(values['suite-runs']);
/** How long one run of a suite may take, milliseconds. */
const LIMIT_MS = 300_000;

process.stdout.write(`${machine()}; ${suiteRuns} runs of each suite\n\n`);
const rows: string[][] = [];
for (const subject of positionals) {
  const [directory = '', within] = subject.split(':');
  await measure(path.resolve(directory), within).catch((error: unknown) => {
    process.stderr.write(`${subject}: ${String(error).slice(0, 2000)}\n`);
    process.exitCode = 1;
  });
}
const head = ['repository', 'mutants', 'score before', 'after', 'of the gap', 'lines of tests', 'suite, s: before', 'after', 'times as long'];
process.stdout.write(table(head, rows));

async function measure(from: string, within: string | undefined): Promise<void> {
  const directory = copyOf(from);
  const before = await judged(directory, within);
  const old = await standOf(directory);
  try {
    let lines = 0;
    for (const file of before.open) lines += await strengthened(directory, file);
    const after = await judged(directory, within);
    const now = await standOf(directory);
    const times: [before: number, after: number][] = [];
    try {
      for (let run = 0; run <= suiteRuns; run++) times.push([await suiteSeconds(old), await suiteSeconds(now)]);
    } finally {
      await now.close();
    }
    // The first run of each fills caches.
    times.shift();
    const gap = undetected(before.counts);
    const raised = gap === 0 ? Number.NaN : (gap - undetected(after.counts)) / gap;
    rows.push([
      `${repositoryName(from)}${within === undefined ? '' : ` ${within}`}`,
      String(valid(before.counts)),
      percent(1 - gap / valid(before.counts)),
      percent(1 - undetected(after.counts) / valid(after.counts)),
      percent(raised),
      String(lines),
      spread(
        times.map(([one]) => one),
        2,
      ),
      spread(
        times.map(([, one]) => one),
        2,
      ),
      median(times.map(([one, other]) => other / one)).toFixed(2),
    ]);
    process.stderr.write(`${rows.at(-1)?.join(' | ')}\n${sayCounts(before.counts)}; then ${sayCounts(after.counts)}\n`);
  } finally {
    await old.close();
  }
}

/** Judges all mutants; names the files with mutants that no test noticed. */
async function judged(directory: string, within: string | undefined): Promise<{ counts: Counts; open: string[] }> {
  const report = path.join(temporaryFolder(), 'report.json');
  await assay(directory, ['mutate', ...(within === undefined ? [] : [within]), '--json', report]);
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as { files: Record<string, { mutants: { status: string }[] }> };
  const open = Object.keys(files).filter((file) => files[file]?.mutants.some(({ status }) => isUndetected(status)));
  return { counts: readCounts(report), open };
}

/** Writes tests for a file; answers how many lines were added. */
async function strengthened(directory: string, file: string): Promise<number> {
  const report = path.join(temporaryFolder(), 'tests.json');
  await assay(directory, ['strengthen', file, '--write', '--json', report]);
  const { edits } = JSON.parse(readFileSync(report, 'utf8')) as { edits: { changes: { text: string }[] }[] };
  return edits.flatMap(({ changes }) => changes).reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
}

async function assay(directory: string, args: readonly string[]): Promise<void> {
  const ran = await runNode([path.join(ROOT, 'dist', 'cli.js'), ...args], directory, {}, /$^/);
  if (ran.status !== 0) throw new Error(`assay ${args.join(' ')} ended with ${ran.status}:\n${ran.output.slice(-1500)}`);
}

/** The package as it is now, with its own test command. */
async function standOf(directory: string): Promise<Stand> {
  const pkg = await findPackage(path.join(directory, 'package.json'), directory);
  if (!pkg.ok) throw new Error(pkg.failure.message);
  const node = await findNode({ own: { path: process.execPath, version: process.versions.node }, directory });
  if (!node.ok) throw new Error(node.failure.message);
  return openStand({ package: pkg.value, node: node.value, files: [], added: [] });
}

async function suiteSeconds(stand: Stand): Promise<number> {
  const run = await stand.run(LIMIT_MS, new AbortController().signal);
  if (run?.outcome !== 'passed') throw new Error(`the suite ${run?.outcome}:\n${run?.tail.slice(-30).join('\n')}`);
  return run.durationMs / 1000;
}

function isUndetected(status: string): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

function undetected(counts: Counts): number {
  return (counts['Survived'] ?? 0) + (counts['NoCoverage'] ?? 0);
}

function valid(counts: Counts): number {
  return undetected(counts) + (counts['Killed'] ?? 0) + (counts['Timeout'] ?? 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
