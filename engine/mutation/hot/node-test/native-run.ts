import { pathToFileURL } from 'node:url';
import { run, shippedFile } from '../../../process/index.ts';
import type { Reported } from './reporter.ts';

/** Runs test files with `node --test` itself. Answers how many tests there are in each file, and those that fail. */
export async function nativeRun(
  files: readonly string[],
  nodeArgs: readonly string[],
  cwd: string,
): Promise<{ counts: Map<string, number>; failed: Reported[] }> {
  const counts = new Map<string, number>();
  const failed: Reported[] = [];
  const reporter = pathToFileURL(shippedFile('dist', 'hot', 'node-test-reporter.js')).href;
  await run(
    {
      program: process.execPath,
      args: [...nodeArgs, '--test', `--test-reporter=${reporter}`, '--test-reporter-destination=stdout', ...files],
      cwd,
      env: process.env,
    },
    {
      signal: new AbortController().signal,
      onStdout: (line) => {
        if (!line.startsWith('{')) return;
        const test = JSON.parse(line) as Reported;
        counts.set(test.file, (counts.get(test.file) ?? 0) + 1);
        if (!test.passed) failed.push(test);
      },
    },
  );
  return { counts, failed };
}
