import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { applyMutant } from '../engine/mutation/verify/apply.ts';
import { openStand, type Stand } from '../engine/mutation/verify/stand.ts';
import { findNode } from '../engine/process/index.ts';
import { changed } from '../engine/strengthen/index.ts';
import { findPackage, nearestManifestFolder } from '../engine/workspace/index.ts';
import { machine } from './support/machine.ts';
import { median, table } from './support/numbers.ts';
import { warmFigures } from './support/strengthening.ts';
import { forgetResults, repositoryName } from './support/subject.ts';
import { ROOT, temporaryFolder } from './support/temporary.ts';

/**
 * Which tests `assay strengthen` offers for files of public repositories, and whether they hold from outside: in a copy, with the test script's own command, all
 * tests together must pass again and again, and each alone must fail with each mutant that it is for, written into the source by hand. Then, in a process that is
 * warm, how long requests for one mutant take, and whether all tests pass in other orders.
 *
 *     node bench/strengthen.ts [--rounds 10] [--orders 100] DIRECTORY:FILE …
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '10' }, orders: { type: 'string', default: '100' } },
});
const rounds = Number(values.rounds);
const orders = Number(values.orders);
/** How often the whole suite runs with and without the new tests, to see what they cost. */
const SUITE_RUNS = 3;
const offersMs: number[] = [];
const othersMs: number[] = [];
/** How long one command may take, milliseconds. */
const LIMIT_MS = 120_000;

interface Output {
  asked: number;
  tests: { kind: 'test' | 'assertions'; testFile: string; title: string; changes: Change[]; kills: Place[] }[];
  edits: { testFile: string; changes: Change[] }[];
  left: { kind: string }[];
}
interface Change {
  range: { start: Position; end: Position };
  text: string;
}
interface Place {
  range: { start: Position; end: Position };
  mutator: string;
  replacement: string;
}
interface Position {
  line: number;
  column: number;
}

process.stdout.write(`${machine()}; ${rounds} rounds, ${orders} orders\n\n`);
const rows: string[][] = [];
for (const subject of positionals) {
  const at = subject.lastIndexOf(':');
  await measure(subject.slice(0, at), subject.slice(at + 1)).catch((error: unknown) => {
    process.stderr.write(`${subject}: ${String(error).slice(0, 2000)}\n`);
    process.exitCode = 1;
  });
}
const head = [
  'repository',
  'file',
  'mutants no test notices',
  'get a test',
  'tests',
  'stronger',
  'probably equivalent',
  'not reached',
  'no difference found',
  'other',
  'whole process, s',
  'warm, from request to offer, s: median, most',
  'passes from outside',
  'mutants that fail from outside',
  `tests that pass in ${orders} orders`,
  'suite, s: before, after',
];
process.stdout.write(table(head, rows));
for (const [what, times] of [
  ['with an offer', offersMs],
  ['that found nothing', othersMs],
] as const) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => ((sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN) / 1000).toFixed(1);
  process.stdout.write(`\n${sorted.length} warm requests ${what}: median ${at(0.5)} s, 95th percentile ${at(0.95)} s\n`);
}

async function measure(directory: string, name: string): Promise<void> {
  const report = path.join(temporaryFolder(), 'tests.json');
  forgetResults(directory);
  const began = performance.now();
  const ran = spawnSync(process.execPath, [path.join(ROOT, 'dist', 'cli.js'), 'strengthen', name, '--json', report], {
    cwd: directory,
    encoding: 'utf8',
  });
  const seconds = (performance.now() - began) / 1000;
  if (ran.status !== 0) throw new Error(ran.stderr);
  const output = JSON.parse(readFileSync(report, 'utf8')) as Output;
  const killed = new Set(output.tests.flatMap(({ kills }) => kills.map((one) => JSON.stringify(one)))).size;
  const kinds = (kind: string) => output.tests.filter((one) => one.kind === kind).length;
  const left = (kind: string) => output.left.filter((one) => one.kind === kind).length;
  const { passed, failing, claims, suite } = await fromOutside(directory, name, output);
  const warm = await warmFigures(directory, name, orders);
  offersMs.push(...warm.offersMs);
  othersMs.push(...warm.othersMs);
  const inSeconds = (ms: number) => (ms / 1000).toFixed(1);
  const others = output.left.length - left('equivalent') - left('not-reached') - left('same');
  rows.push([
    repositoryName(directory),
    name,
    String(output.asked),
    `${killed} (${Math.round((killed / Math.max(1, output.asked)) * 100)} %)`,
    ...[kinds('test'), kinds('assertions'), left('equivalent'), left('not-reached'), left('same'), others].map(String),
    seconds.toFixed(1),
    warm.offersMs.length > 0 ? `${inSeconds(median(warm.offersMs))}, ${inSeconds(Math.max(...warm.offersMs))}` : 'none',
    `${passed} of ${rounds}`,
    `${failing} of ${claims}`,
    `${warm.steady} of ${warm.tests}`,
    suite.map((times) => inSeconds(median(times))).join(', '),
  ]);
  process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
}

async function fromOutside(directory: string, name: string, { tests, edits }: Output) {
  const file = path.join(directory, name);
  const pkg = await findPackage(file, await nearestManifestFolder(directory));
  if (!pkg.ok) throw new Error(pkg.failure.message);
  const node = await findNode({ own: { path: process.execPath, version: process.versions.node }, directory });
  if (!node.ok) throw new Error(node.failure.message);
  const testFiles = edits.map(({ testFile }) => path.join(directory, testFile));
  const stand = await openStand({ package: pkg.value, node: node.value, files: [file, ...testFiles], added: [] });
  try {
    const before = (testFile: string) => stand.texts.get(testFile) ?? '';
    const withChanges = (testFile: string, changes: readonly Change[]) => {
      const text = before(path.join(directory, testFile));
      return changed(
        text,
        changes.map(({ range, text: inserted }) => ({ start: offsetAt(text, range.start), end: offsetAt(text, range.end), text: inserted })),
      );
    };
    let passed = 0;
    for (let round = 0; round < rounds; round++) {
      const outcome = await withTexts(
        stand,
        edits.map((edit) => [path.join(directory, edit.testFile), withChanges(edit.testFile, edit.changes)]),
        () => plain(stand, testFiles),
      );
      if (outcome === 'passed') passed++;
    }
    let failing = 0;
    let claims = 0;
    const source = stand.texts.get(file) ?? '';
    for (const test of tests) {
      const testFile = path.join(directory, test.testFile);
      const text = withChanges(test.testFile, test.changes);
      for (const { range, mutator, replacement } of test.kills) {
        claims++;
        const mutated = applyMutant(source, { range, original: sliceOf(source, range), replacement });
        const outcome =
          mutated &&
          (await withTexts(
            stand,
            [
              [testFile, text],
              [file, mutated],
            ],
            () => plain(stand, [testFile]),
          ));
        if (outcome === 'failed' || outcome === 'timed-out') failing++;
        else process.stderr.write(`${name}: "${test.title}" passes with ${mutator} ${replacement} at ${range.start.line + 1}\n`);
      }
    }
    const all = edits.map((edit) => [path.join(directory, edit.testFile), withChanges(edit.testFile, edit.changes)] as const);
    const times: [before: number[], after: number[]] = [[], []];
    for (let i = 0; i < SUITE_RUNS; i++) {
      times[0].push(await suiteMs(stand));
      times[1].push(await withTexts(stand, all, () => suiteMs(stand)));
    }
    return { passed, failing, claims, suite: times };
  } finally {
    await stand.close();
  }
}

function withTexts<T>(stand: Stand, texts: readonly (readonly [string, string])[], work: () => Promise<T>): Promise<T> {
  const [first, ...others] = texts;
  return first ? stand.withText(first[0], first[1], () => withTexts(stand, others, work)) : work();
}

/** How long the whole suite takes, milliseconds. */
async function suiteMs(stand: Stand): Promise<number> {
  return (await stand.run(LIMIT_MS, new AbortController().signal))?.durationMs ?? Number.NaN;
}

/** Runs test files alone where the framework can, else all. */
async function plain(stand: Stand, files: readonly string[]): Promise<string | undefined> {
  const signal = new AbortController().signal;
  return ((await stand.run(LIMIT_MS, signal, files)) ?? (await stand.run(LIMIT_MS, signal)))?.outcome;
}

function offsetAt(text: string, { line, column }: Position): number {
  return (
    text
      .split('\n')
      .slice(0, line)
      .reduce((sum, one) => sum + one.length + 1, 0) + column
  );
}

function sliceOf(text: string, { start, end }: { start: Position; end: Position }): string {
  return text.slice(offsetAt(text, start), offsetAt(text, end)).replace(/\r\n?/g, '\n');
}
