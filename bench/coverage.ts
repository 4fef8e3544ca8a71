import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CoveredFile } from '../engine/verification/index.ts';
import { temporaryFolder } from './support/temporary.ts';

/**
 * Holds what `assay verify --coverage` says of a project against the report of the tool that the project's people would use:
 *
 *     node bench/coverage.ts [--test COMMAND] DIRECTORY REPORT COMMAND…
 *
 * copies the directory, runs Assay in it (with a test command other than the detected one, where that is given), then the command, which writes the report: Istanbul's JSON, coverage.py's JSON, lcov (`*.info`) or a profile of go. Files that only one of
 * both tells of are listed and not compared: Assay leaves out tests, and tools may add files that no test loads.
 */

/** What a tool says of a file, counted without any code of Assay's readers. */
interface Own {
  lines: Map<number, boolean>;
  branches: [covered: number, total: number];
  functions: [covered: number, total: number];
}

interface IstanbulFile {
  statementMap: Record<string, { start: { line: number } }>;
  s: Record<string, number>;
  b: Record<string, number[]>;
  f: Record<string, number>;
}

interface PythonFile {
  executed_lines: number[];
  missing_lines: number[];
  executed_branches?: unknown[];
  missing_branches?: unknown[];
  functions?: Record<string, { summary: { covered_lines: number; num_statements: number } }>;
}

const given = process.argv.slice(2);
const test = given[0] === '--test' ? given.splice(0, 2)[1] : undefined;
const [directory, report, program, ...args] = given;
if (directory === undefined || report === undefined || program === undefined) throw new Error('node bench/coverage.ts DIRECTORY REPORT COMMAND…');
const place = path.join(temporaryFolder(), path.basename(directory));
cpSync(directory, place, { recursive: true, verbatimSymlinks: true });
if (test !== undefined) writeFileSync(path.join(place, 'assay.config.json'), JSON.stringify({ verify: { test } }));
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const told = spawnSync(process.execPath, [cli, 'verify', '--only', '--level', 'test', '--coverage', '--json', '-', '--time-limit', '8', place], {
  encoding: 'utf8',
  maxBuffer: 1e9,
});
const rungs = (JSON.parse(told.stdout) as { projects: { directory: string; rungs: { id: string; summary: string; notes: string[] }[] }[] }).projects;
const [first] = rungs.flatMap((one) => one.rungs);
if (first === undefined) throw new Error(told.stderr);
const file = path.join(place, '.assay', 'evidence', first.id, 'coverage.json');
const ours = JSON.parse(readFileSync(file, 'utf8')) as CoveredFile[];
const { status } = spawnSync(program, args, { cwd: place, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CI: '1' } });
console.log(`${path.basename(directory)}: ${first.summary}; \`${[program, ...args].join(' ')}\` ended with ${status}. ${first.notes.join(' ')}`);
if (report.endsWith('.out')) compareGo(ours, report);
else if (report.endsWith('.info')) compare(ours, ownLcov(readFileSync(path.join(place, report), 'utf8')));
else compare(ours, ownFiles(JSON.parse(readFileSync(path.join(place, report), 'utf8'))));

function ownFiles(read: object): Map<string, Own> {
  if ('meta' in read && 'files' in read)
    return new Map(Object.entries(read.files as Record<string, PythonFile>).map(([name, one]) => [path.resolve(place, name), ownPython(one)]));
  return new Map(Object.entries(read as Record<string, IstanbulFile>).map(([name, one]) => [name, ownIstanbul(one)]));
}

function ownIstanbul({ statementMap, s, b, f }: IstanbulFile): Own {
  const lines = new Map<number, boolean>();
  for (const [id, { start }] of Object.entries(statementMap)) lines.set(start.line, (lines.get(start.line) ?? false) || (s[id] ?? 0) > 0);
  return { lines, branches: ran(Object.values(b).flat()), functions: ran(Object.values(f)) };
}

function ownPython({ executed_lines, missing_lines, executed_branches = [], missing_branches = [], functions = {} }: PythonFile): Own {
  const named = Object.entries(functions).filter(([name, { summary }]) => name !== '' && summary.num_statements > 0);
  return {
    lines: new Map([...executed_lines.map((line) => [line, true] as const), ...missing_lines.map((line) => [line, false] as const)]),
    branches: [executed_branches.length, executed_branches.length + missing_branches.length],
    functions: ran(named.map(([, { summary }]) => summary.covered_lines)),
  };
}

function ownLcov(text: string): Map<string, Own> {
  const files = text.split('end_of_record').flatMap((record): [string, Own][] => {
    const file = /^SF:(.*)$/m.exec(record)?.[1];
    const number = (key: string) => Number(new RegExp(`^${key}:(\\d+)`, 'm').exec(record)?.[1] ?? 0);
    const lines = new Map([...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, count]) => [Number(line), Number(count) > 0]));
    return file === undefined
      ? []
      : [[path.resolve(place, file), { lines, branches: [number('BRH'), number('BRF')], functions: [number('FNH'), number('FNF')] }]];
  });
  return new Map(files);
}

function ran(counts: readonly number[]): [number, number] {
  return [counts.filter((count) => count > 0).length, counts.length];
}

function compare(ours: readonly CoveredFile[], own: ReadonlyMap<string, Own>): void {
  const both = ours.filter(({ file }) => own.has(file));
  const sums = { lines: [0, 0, 0, 0], branches: [0, 0, 0, 0], functions: [0, 0, 0, 0] };
  let [same, shared] = [0, 0];
  for (const { file, counts, statements } of both) {
    const theirs = own.get(file) as Own;
    const lines = new Map<number, boolean>();
    for (const { range, count } of statements) lines.set(range.start.line + 1, (lines.get(range.start.line + 1) ?? false) || count > 0);
    for (const [line, covered] of lines) {
      if (!theirs.lines.has(line)) continue;
      shared += 1;
      if (theirs.lines.get(line) === covered) same += 1;
      else console.log(`  ${path.relative(place, file)}:${line} ran by ${covered ? 'Assay' : 'the tool'} alone`);
    }
    add(sums.lines, [
      counts.lines?.covered ?? 0,
      counts.lines?.total ?? 0,
      [...theirs.lines.values()].filter((one) => one).length,
      theirs.lines.size,
    ]);
    add(sums.branches, [counts.branches?.covered ?? 0, counts.branches?.total ?? 0, ...theirs.branches]);
    add(sums.functions, [counts.functions?.covered ?? 0, counts.functions?.total ?? 0, ...theirs.functions]);
  }
  console.log(`  ${both.length} files; of ${shared} lines that both tell of, ${same} the same`);
  for (const [name, [a, b, c, d]] of Object.entries(sums)) console.log(`  ${name}: ${a}/${b}, the tool ${c}/${d}`);
  list(
    'Assay',
    ours.filter(({ file }) => !own.has(file)).map(({ file }) => file),
  );
  list(
    'the tool',
    [...own.keys()].filter((file) => !ours.some((one) => one.file === file)),
  );
}

function list(who: string, files: readonly string[]): void {
  if (files.length > 0)
    console.log(
      `  only by ${who}: ${files
        .map((file) => path.relative(place, file))
        .slice(0, 8)
        .join(', ')} (${files.length})`,
    );
}

function add(sum: number[], more: readonly number[]): void {
  for (const [at, one] of more.entries()) sum[at] = (sum[at] ?? 0) + one;
}

/** Go's own tool tells the share of each function and of all statements. */
function compareGo(ours: readonly CoveredFile[], profile: string): void {
  const said = execFileSync('go', ['tool', 'cover', `-func=${profile}`], { cwd: place, encoding: 'utf8' })
    .trim()
    .split('\n');
  const functions = said.slice(0, -1).map((line) => Number(/([\d.]+)%$/.exec(line)?.[1] ?? 0));
  const statements = ours.map(({ counts }) => counts.statements ?? { covered: 0, total: 0 });
  const [covered, total] = [statements.reduce((all, one) => all + one.covered, 0), statements.reduce((all, one) => all + one.total, 0)];
  console.log(`  statements: ${covered}/${total}, ${((100 * covered) / total).toFixed(1)} %; go tool cover: ${said.at(-1)?.replace(/\s+/g, ' ')}`);
  const own = ours.flatMap((one) => one.functions);
  console.log(`  functions: ${own.filter(({ count }) => count > 0).length}/${own.length}; go tool cover ${ran(functions).join('/')}`);
}
