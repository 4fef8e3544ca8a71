import { globSync } from 'node:fs';
import path from 'node:path';
import { NotHot } from '../host/driver.ts';

/** Which files are tests where the command names none: https://nodejs.org/api/test.html#running-tests-from-the-command-line */
const DEFAULT_PATTERNS = ['**/*.test', '**/*-test', '**/*_test', '**/test-*', '**/test', '**/test/**/*'].map(
  (one) => `${one}.{js,cjs,mjs,ts,cts,mts}`,
);

/** Arguments of `node --test` about reports and about when to run again. */
const ABOUT_REPORTS =
  /^--(test-reporter|test-reporter-destination|experimental-test-coverage|test-coverage-[\w-]+|watch|watch-path|test-concurrency|test-force-exit|test-isolation)(=|$)/;
/** Arguments that choose among tests or change how they run, which are not ours to do. */
const REFUSED =
  /^--(test-only|test-name-pattern|test-skip-pattern|test-shard|test-update-snapshots|test-global-setup|test-rerun-failures|experimental-test-module-mocks)(=|$)/;

/** What a `node --test` command says. */
export interface NodeTestArguments {
  /** For Node itself. */
  nodeArgs: string[];
  /** Absolute paths of the test files. */
  files: string[];
  /** The limit for tests that name none, milliseconds. */
  timeout?: string;
  /** The argument that has files run one after the other, if any. */
  serial?: string;
}

/** Reads the arguments of a `node --test` command. Rejects with {@link NotHot} what changes how tests run in ways that are not ours. */
export function readArguments(nodeArgs: readonly string[], args: readonly string[], directory: string): NodeTestArguments {
  const all = [...nodeArgs, ...args.filter((argument) => argument.startsWith('-'))];
  const refused = all.find((argument) => REFUSED.test(argument));
  if (refused) throw new NotHot(`"${refused}" changes which tests run, or how`);
  const timeout = all.map((argument) => /^--test-timeout=(\d+)$/.exec(argument)?.[1]).find((value) => value !== undefined);
  const serial = all.find((argument) => argument === '--test-concurrency=1');
  const patterns = args.filter((argument) => !argument.startsWith('-'));
  const found = globSync(patterns.length > 0 ? patterns.map((one) => one.replace(/^\.\//, '')) : DEFAULT_PATTERNS, {
    cwd: directory,
    exclude: (name) => path.basename(name) === 'node_modules',
  });
  return {
    nodeArgs: nodeArgs.filter((argument) => !ABOUT_REPORTS.test(argument) && !argument.startsWith('--test-timeout')),
    files: [...new Set(found)].sort().map((file) => path.resolve(directory, file)),
    ...(timeout !== undefined && { timeout }),
    ...(serial !== undefined && { serial }),
  };
}
