import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './command.ts';
import { type Counts, readCounts } from './counts.ts';
import { findModule, linkModule, manifest } from './modules.ts';
import type { Subject } from './subject.ts';
import { ROOT, temporaryFolder } from './temporary.ts';

/** One run of StrykerJS's own command line; times are milliseconds since its start. */
export interface StrykerRun {
  wallMs: number;
  /** When its reporters heard of the first judged mutant. */
  firstVerdictMs: number | undefined;
  /** When `progress-append-only` first said something. */
  firstProgressMs: number | undefined;
  counts: Counts;
}

const CORE = path.join(ROOT, 'node_modules', '@stryker-mutator', 'core');
const REPORTER = fileURLToPath(new URL('../first-result-reporter.ts', import.meta.url));
const PROGRESS = /^Mutation testing +\d+%/m;

/**
 * Writes the configuration that a user would write, and `more` of it, and answers what runs StrykerJS with it. `look` is given the path of each run's report
 * before that is removed.
 */
export function prepareStryker(
  subject: Subject,
  concurrency: number,
  more: object = {},
  look: (report: string) => void = () => {},
): () => Promise<StrykerRun> {
  const config = {
    testRunner: subject.framework,
    mutate: [subject.file],
    concurrency,
    reporters: ['progress-append-only', 'json', 'first-result'],
    plugins: [installRunner(subject), REPORTER],
    ...more,
    ...(subject.framework === 'mocha' && specs(subject)),
    // StrykerJS would load our TypeScript to rewrite paths in this file that lead out of the copy, and TypeScript 7 has no such API: it skips a file that is not there.
    ...(existsSync(path.join(subject.directory, 'tsconfig.json')) && { tsconfigFile: 'none.json' }),
  };
  const folder = temporaryFolder({ 'stryker.json': JSON.stringify(config) });
  const stamp = path.join(folder, 'first-result');
  const report = path.join(subject.directory, 'reports', 'mutation', 'mutation.json');
  return async () => {
    rmSync(stamp, { force: true });
    rmSync(path.join(subject.directory, 'reports'), { recursive: true, force: true });
    const args = [path.join(CORE, 'bin', 'stryker.js'), 'run', path.join(folder, 'stryker.json')];
    const ran = await runNode(args, subject.directory, { BENCH_FIRST_RESULT: stamp }, PROGRESS);
    if (ran.status !== 0) throw new Error(`StrykerJS ended with ${ran.status} on ${subject.name}:\n${ran.output}`);
    const counts = readCounts(report);
    look(report);
    rmSync(path.join(subject.directory, 'reports'), { recursive: true, force: true });
    return {
      wallMs: ran.wallMs,
      firstVerdictMs: existsSync(stamp) ? Number(readFileSync(stamp, 'utf8')) - ran.startedAt : undefined,
      firstProgressMs: ran.firstMatchMs,
      counts,
    };
  };
}

/** StrykerJS's runner finds no tests in folders below `test` by itself. */
function specs({ directory }: Subject): object {
  return existsSync(path.join(directory, 'test', 'unit')) ? { mochaOptions: { spec: ['test/**/*.test.js'] } } : {};
}

/**
 * Puts the framework's runner where it finds the workspace's framework, as it would if it were installed in the workspace, and none of ours;
 * answers its absolute path.
 */
function installRunner({ framework, directory }: Subject): string {
  const name = `@stryker-mutator/${framework}-runner`;
  const from = path.join(ROOT, 'node_modules', name);
  const folder = temporaryFolder();
  const to = path.join(folder, 'node_modules', name);
  cpSync(from, to, { recursive: true, dereference: true, filter: (source) => !path.relative(from, source).startsWith('node_modules') });
  const { dependencies = {}, peerDependencies = {} } = manifest(from);
  for (const dependency of Object.keys({ ...dependencies, ...peerDependencies })) {
    const found = dependency === framework ? findModule(dependency, directory) : findModule(dependency, from);
    if (found) linkModule(found, folder, dependency);
  }
  return path.join(to, 'dist', 'src', 'index.js');
}
