import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type CoveredVitest, measureCoverage, measureCoverageLate } from '../../coverage/node/vitest.ts';
import { VitestReporter } from './vitest-reporter.ts';
import { VitestTaskReporter } from './vitest-task-reporter.ts';
import { wantedOf } from './wanted.ts';

/** What all versions of Vitest's central class have. */
interface Vitest extends CoveredVitest {
  version: string;
  runTestSpecifications: unknown;
  reporters: unknown[];
  configOverride?: { testNamePattern?: RegExp };
  setGlobalTestNamePattern?(pattern: RegExp): void;
  start(filters?: string[], ...args: unknown[]): Promise<unknown>;
}

interface Sequencer {
  ctx: Vitest;
  sort(specifications: (readonly [project: unknown, file: string])[], ...args: unknown[]): Promise<unknown>;
  shard: unknown;
}

/** Adds a reporter of ours to those that Vitest has when it starts, whatever they are. */
export function listen(script: string | undefined): void {
  if (script === undefined) return;
  const exported = exportsOf(path.dirname(script));
  const central = prototypeWith<Vitest>(exported, 'start', 'runTestSpecifications');
  if (central) {
    const { start } = central;
    central.start = function (filters, ...args) {
      addReporter(this);
      const wanted = wantedOf('vitest');
      measureCoverage(this, wanted !== undefined);
      if (wanted) this.setGlobalTestNamePattern?.(wanted.pattern);
      return start.call(this, wanted?.files ?? filters, ...args);
    };
    return;
  }
  // Version 2 does not export the class: what puts files in order is asked before the first test, and knows it.
  const sequencer = prototypeWith<Sequencer>(exported, 'sort', 'shard');
  if (!sequencer) return;
  // By then it has removed the report that is there.
  if (wantedOf('vitest')) process.argv.splice(2, process.argv.length, ...unmeasured(process.argv.slice(2)));
  const { sort } = sequencer;
  sequencer.sort = async function (specifications, ...args) {
    addReporter(this.ctx);
    await measureCoverageLate(this.ctx);
    const wanted = wantedOf('vitest');
    if (wanted) this.ctx.configOverride = { ...this.ctx.configOverride, testNamePattern: wanted.pattern };
    return sort.call(this, wanted ? specifications.filter(([, file]) => wanted.files.includes(file)) : specifications, ...args);
  };
}

/** Arguments of Vitest with which it measures no coverage, whatever its configuration says. */
function unmeasured(args: readonly string[]): string[] {
  return [...args.filter((arg) => !/^--coverage(\.enabled)?(=|$)/.test(arg)), '--coverage.enabled=false'];
}

const known = new WeakSet<Vitest>();

function addReporter(vitest: Vitest): void {
  if (known.has(vitest)) return;
  known.add(vitest);
  vitest.reporters.push(Number.parseInt(vitest.version, 10) >= 3 ? new VitestReporter(vitest.version) : new VitestTaskReporter(vitest));
}

/** What Vitest exports to programs, and what the piece of it exports that programs and its command line share. */
function exportsOf(root: string): unknown[] {
  const require = createRequire(path.join(root, 'package.json'));
  const entry = path.join(root, 'dist', 'node.js');
  const [, shared] = /from '(\.\/chunks\/cli-api[^']*)'/.exec(readFileSync(entry, 'utf8')) ?? [];
  const files = [entry, ...(shared === undefined ? [] : [path.join(root, 'dist', shared)])];
  return files.flatMap((file) => Object.values(require(file) as Record<string, unknown>));
}

function prototypeWith<T extends object>(exported: readonly unknown[], ...methods: (keyof T)[]): T | undefined {
  const prototypes = exported.map((one) => (typeof one === 'function' ? (one.prototype as Partial<T> | undefined) : undefined));
  return prototypes.find((prototype): prototype is T => methods.every((method) => typeof prototype?.[method] === 'function'));
}
