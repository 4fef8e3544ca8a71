import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { shippedFile } from '../../../installation/index.ts';
import { run } from '../../../process/index.ts';
import type { FileEnd, Reported } from './reporter.ts';

/** How many tests each file ran or, with older Nodes, how many are written in it. */
export type Counts = ReadonlyMap<string, number>;

/** A run of test files with `node --test` itself, which begins at once. */
export class NativeRun {
  readonly #start: (signal: AbortSignal) => Promise<Counts>;
  #stop = new AbortController();
  #running: Promise<Counts> | undefined;
  #isOver = false;

  constructor(files: readonly string[], nodeArgs: readonly string[], cwd: string) {
    this.#start = (signal) => nativeRun(files, nodeArgs, cwd, signal);
    this.#begin();
  }

  /** What came of it. One that was ended begins anew. */
  counts(): Promise<Counts> {
    return this.#running ?? this.#begin();
  }

  /** Ends it until it is asked for. Answers whether it ran. */
  hush(): boolean {
    if (!this.#running || this.#isOver) return false;
    this.#stop.abort();
    this.#running = undefined;
    return true;
  }

  #begin(): Promise<Counts> {
    this.#stop = new AbortController();
    const running = this.#start(this.#stop.signal);
    this.#running = running;
    const over = () => {
      this.#isOver ||= this.#running === running;
    };
    running.then(over, over);
    return running;
  }
}

async function nativeRun(files: readonly string[], nodeArgs: readonly string[], cwd: string, signal: AbortSignal): Promise<Counts> {
  const counts = new Map<string, number>();
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
      signal,
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
      },
    },
  );
  for (const file of waiting) count(file, 1);
  return counts;
}
