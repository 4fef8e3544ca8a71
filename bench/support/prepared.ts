import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runNode, runProgram } from './command.ts';
import { findModule, manifest } from './modules.ts';
import { forgetResults, repositoryName } from './subject.ts';
import { ROOT, temporaryFolder } from './temporary.ts';

/** A repository in which StrykerJS is installed and configured, so that its own command line runs there. */
export interface Prepared {
  name: string;
  framework: string;
  directory: string;
  /** The files that are mutated, relative to it. */
  files: string[];
}

/** One side's run. */
export interface PreparedRun {
  wallMs: number;
  /** Status and reason of each mutant by what it is: file, place, mutator and replacement. */
  verdicts: Map<string, { status: string; reason: string }>;
}

interface Config {
  testRunner: string;
  mutate: string[];
}

/** Reads what a repository's `stryker.config.json` says is to be mutated. */
export function prepared(folder: string): Prepared {
  const directory = path.resolve(folder);
  const { testRunner, mutate } = JSON.parse(readFileSync(path.join(directory, 'stryker.config.json'), 'utf8')) as Config;
  const left = mutate.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const files = globSync(
    mutate.filter((glob) => !glob.startsWith('!')),
    { cwd: directory, exclude: left },
  );
  const version = ['vitest', 'jest', 'mocha'].includes(testRunner) ? ` ${manifest(findModule(testRunner, directory) as string).version}` : '';
  return { name: repositoryName(directory), framework: `${testRunner}${version}`, directory, files: files.sort() };
}

/** Runs StrykerJS's own command line. */
export async function strykerRun({ directory, name }: Prepared, concurrency: number): Promise<PreparedRun> {
  const report = path.join(directory, 'reports', 'mutation', 'mutation.json');
  rmSync(report, { force: true });
  // As npx does: what pnpm puts there finds packages that StrykerJS does not name.
  const program = path.join(directory, 'node_modules', '.bin', 'stryker');
  const ran = await runProgram(program, ['run', '--concurrency', String(concurrency)], directory, {}, /^$/);
  if (!existsSync(report)) throw new Error(`StrykerJS ended with ${ran.status} on ${name}:\n${ran.output}`);
  return { wallMs: ran.wallMs, verdicts: verdictsOf(report) };
}

/** Runs `assay mutate`, without results of earlier runs. */
export async function assayRun({ directory, files, name }: Prepared, concurrency: number): Promise<PreparedRun> {
  const report = path.join(temporaryFolder(), 'report.json');
  forgetResults(directory);
  const args = [path.join(ROOT, 'dist', 'cli.js'), 'mutate', ...files, '--concurrency', String(concurrency), '--json', report];
  const ran = await runNode(args, directory, {}, /^$/);
  forgetResults(directory);
  if (!ran.output.includes('judged by Assay hot')) throw new Error(`assay did not judge ${name} hot (it ended with ${ran.status}):\n${ran.output}`);
  return { wallMs: ran.wallMs, verdicts: verdictsOf(report) };
}

interface Report {
  files: Record<string, { mutants: { status: string; statusReason?: string; mutatorName: string; replacement?: string; location: Place }[] }>;
}
type Place = Record<'start' | 'end', { line: number; column: number }>;

function verdictsOf(file: string): PreparedRun['verdicts'] {
  const { files } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const verdicts: PreparedRun['verdicts'] = new Map();
  for (const [name, { mutants }] of Object.entries(files)) {
    for (const { location, mutatorName, replacement = '', status, statusReason = '' } of mutants) {
      const { start, end } = location;
      // StrykerJS prints replacements without the parentheses that they need in the text, and with comments in another place.
      const text = replacement.replace(/^\((.*)\)$/s, '$1').replace(/\/\*[\s\S]*?\*\/|\/\/.*|\s/g, '');
      const key = `${path.basename(name)}:${start.line}:${start.column}-${end.line}:${end.column} ${mutatorName} ${text}`;
      verdicts.set(verdicts.has(key) ? `${key} again` : key, { status, reason: statusReason });
    }
  }
  return verdicts;
}
