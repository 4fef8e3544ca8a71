import type { Hits } from '../worker/switchboard.ts';
import { type FileRun, HIT_LIMIT_FACTOR, type Track } from './tracks.ts';

/** How long a called test may take: so many times what it took in the dry run, and milliseconds; who is late is judged again in fresh modules. */
const CALL_FACTOR = 10;
const CALL_MS = 300;
/** How often code may run in a called test in any case. */
const CALL_HITS = 5000;
/** How many steps of instrumented code tests may take in any case: a fraction of a second. */
const STEPS = 5_000_000;
/** How much longer it may show no sign of life, milliseconds. */
const STALL_MS = 1000;
/** How long a run in fresh modules may take at first, in times of the dry run and milliseconds: who is late is judged again alone. */
const FIRST_FACTOR = 1.2;
const FIRST_MS = 2500;
/** How long it may take when nothing else runs: StrykerJS's `timeoutFactor` and `timeoutMS`. */
const ALONE_FACTOR = 1.5;
const ALONE_MS = 5000;

/** How long each test of a file may take when it is called, milliseconds by key. */
export function callLimits({ durations }: FileRun): Record<string, number> {
  return Object.fromEntries([...durations].map(([key, ms]) => [key, ms * CALL_FACTOR + CALL_MS]));
}

/**
 * How long a worker may go without a sign of life while tests of a file are called, milliseconds: longer than any of them may take, and than it takes to
 * load the file. What is late by mistake is judged in a new process.
 */
export function stallLimit(run: FileRun): number {
  return Math.max(0, ...Object.values(callLimits(run))) + run.runMs + STALL_MS;
}

/** How long it may take to load a file and to call its tests three times, milliseconds. */
export function openLimit(run: FileRun): number {
  return 3 * Object.values(callLimits(run)).reduce((sum, ms) => sum + ms, 0) + aloneLimit(run);
}

/** How long a file may take in fresh modules while other workers work, milliseconds. */
export function firstLimit({ runMs }: Pick<FileRun, 'runMs'>): number {
  return FIRST_FACTOR * runMs + FIRST_MS;
}

/** How long a file may take in fresh modules while nothing else runs, milliseconds. */
export function aloneLimit({ runMs }: Pick<FileRun, 'runMs'>): number {
  return ALONE_FACTOR * runMs + ALONE_MS;
}

/** How long files take in fresh modules, and how much of that are their tests, milliseconds. */
export interface Times {
  runMs: number;
  testsMs: number;
}

export function timesOf(files: readonly Pick<FileRun, 'runMs' | 'durations'>[]): Times {
  const tests = files.flatMap(({ durations }) => [...durations.values()]);
  return { runMs: files.reduce((sum, { runMs }) => sum + runMs, 0), testsMs: tests.reduce((sum, ms) => sum + ms, 0) };
}

/**
 * How long files may keep a processor busy in fresh modules of a new process, milliseconds: as long as StrykerJS waits for them, but no longer than so many
 * times what their tests take as code may run more often than it did.
 */
export function busyLimit({ runMs, testsMs }: Times): number {
  return ALONE_FACTOR * runMs + Math.min(ALONE_MS, Math.max(FIRST_MS, HIT_LIMIT_FACTOR * testsMs));
}

/** How many steps of instrumented code each test of a file may take when it is called, by key. Each time that a mutant's place is passed is a step. */
export function callStepLimits({ perTest, durations }: Pick<FileRun, 'perTest' | 'durations'>): Record<string, number> {
  return Object.fromEntries([...durations.keys()].map((key) => [key, stepLimit(steps(perTest[key] ?? {}))]));
}

/** How many steps all tests of files may take together, with what runs outside of them. */
export function stepLimitOf(files: readonly Pick<FileRun, 'perTest' | 'atLoad'>[]): number {
  return stepLimit(files.reduce((sum, file) => sum + stepsIn(file), 0));
}

/** It is asked for each mutant, and there may be thousands of tests. */
const knownSteps = new WeakMap<object, number>();

function stepsIn(file: Pick<FileRun, 'perTest' | 'atLoad'>): number {
  const sum = knownSteps.get(file) ?? [file.atLoad, ...Object.values(file.perTest)].reduce((sum, hits) => sum + steps(hits), 0);
  knownSteps.set(file, sum);
  return sum;
}

function steps(hits: Hits): number {
  return Object.values(hits).reduce((sum, count) => sum + count, 0);
}

function stepLimit(taken: number): number {
  return Math.max(STEPS, taken * HIT_LIMIT_FACTOR);
}

/** How often a mutant's code may run in all tests together. */
export function hitLimit({ hits }: Track): number {
  return Math.max(1, hits) * HIT_LIMIT_FACTOR;
}

/** How often it may run in one test that is called: often enough for a loop that does end, where StrykerJS's limit would have it run for a second. */
export function callHitLimit(one: Track): number {
  return Math.min(hitLimit(one), Math.max(CALL_HITS, one.hitsInTest * HIT_LIMIT_FACTOR));
}
