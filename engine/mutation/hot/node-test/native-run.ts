import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { shippedFile } from '../../../installation/index.ts';
import { run } from '../../../process/index.ts';
import type { FileEnd, Reported } from './reporter.ts';

/**
 * Runs test files with `node --test` itself. Answers how many tests each file ran or, with older Nodes, how many are written in it; and those that fail.
 */
export async function nativeRun(
  files: readonly string[],
  nodeArgs: readonly string[],
  cwd: string,
): Promise<{ counts: Map<string, number>; failed: Reported[] }> {
  const counts = new Map<string, number>();
  const failed: Reported[] = [];
  const count = (file: string, tests: number) => counts.set(file, (counts.get(file) ?? 0) + tests);
  let waiting: string[] = [];
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
        const told = JSON.parse(line) as Reported | FileEnd;
        if ('ended' in told) {
          count(told.ended, waiting.length);
          waiting = [];
          return;
        }
        // A file without tests is a test of its own for Node.
        if (path.resolve(cwd, told.name) === told.file) count(told.file, 1);
        else waiting.push(told.file);
        if (!told.passed) failed.push(told);
      },
    },
  );
  for (const file of waiting) count(file, 1);
  return { counts, failed };
}
