import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { wantedOf } from './wanted.ts';

type Execve = (file: string, args: string[], env: NodeJS.ProcessEnv) => never;

/**
 * Starts this process anew with a reporter of ours beside those of the person: Node reads its options before anything else, and all reporters need a destination
 * as soon as there are two.
 */
export function listen(): void {
  if (process.channel) return;
  const { NODE_OPTIONS: options = '', ASSAY_TEST_PRELOAD: own = '', ...env } = process.env;
  const left = options.replace(own, '').trim();
  const files = process.execArgv.includes('--test') ? wantedOf('node:test')?.files : undefined;
  const args = [...process.execArgv, ...reporters([...left.split(/\s+/), ...process.execArgv]), ...(files ?? process.argv.slice(1))];
  again(args, left ? { ...env, NODE_OPTIONS: left } : env);
}

/** The options that add our reporter to given ones. */
function reporters(given: readonly string[]): string[] {
  const count = (name: string) => given.filter((one) => one === name || one.startsWith(`${name}=`)).length;
  const [named, destinations] = [count('--test-reporter'), count('--test-reporter-destination')];
  const usual = Number.parseInt(process.versions.node, 10) >= 23 || process.stdout.isTTY ? 'spec' : 'tap';
  const ours = pathToFileURL(path.join(__dirname, 'node-test-reporter.mjs')).href;
  return [
    ...(named === 0 ? [`--test-reporter=${usual}`] : []),
    ...(destinations < Math.max(named, 1) ? ['--test-reporter-destination=stdout'] : []),
    `--test-reporter=${ours}`,
    '--test-reporter-destination=stderr',
  ];
}

function again(args: string[], env: NodeJS.ProcessEnv): void {
  const { execve } = process as unknown as { execve?: Execve };
  if (execve && process.platform !== 'win32') {
    // It warns of being experimental, which is no concern of the person's.
    process.emitWarning = () => {};
    execve.call(process, process.execPath, [process.argv0, ...args], env);
  }
  const { status, signal } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (signal) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}
