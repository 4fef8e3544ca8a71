import { keyIn } from '../jobs.ts';
import { loadingTime } from './combined.ts';
import type { FileRun } from './tracks.ts';

/** It is asked for each mutant, and there may be thousands of tests. What is known of a file then only changes in that more tests turn out to be cold. */
const known = new WeakMap<FileRun, { cold: number; found: ReadonlySet<string> }>();

/** How long tests may take in any case to be taken along, milliseconds: how long a file takes to load differs from run to run. */
const BRIEF_MS = 100;

/**
 * The tests of a file that reach nothing of what is mutated and are too slow to be taken along where others have to run in their place: all of these, unless
 * those that are quick take no longer together than it takes to load the file, or than the tests that reach something. What such a test leaves behind can hide
 * a mutant only where neither test nor killer does anything else because of it, and each mutant would cost as much as the whole file.
 */
export function bystanders(run: FileRun): ReadonlySet<string> {
  const { parts } = run;
  if (parts) return new Set(parts.flatMap((part) => [...bystanders(part)].map((key) => keyIn(part.file, key))));
  const before = known.get(run);
  if (before?.cold === run.coldTests.size) return before.found;
  const found = find(run);
  known.set(run, { cold: run.coldTests.size, found });
  return found;
}

function find(run: FileRun): ReadonlySet<string> {
  const { durations, coldTests } = run;
  const others = new Map([...durations].filter(([key]) => !reaches(run, key) && !coldTests.has(key)));
  const othersMs = sum(others.values());
  const mostMs = Math.max(BRIEF_MS, loadingTime(run), sum(durations.values()) - othersMs);
  const quick = new Map([...others].filter(([, ms]) => ms <= mostMs));
  if (sum(quick.values()) > mostMs) return new Set(others.keys());
  return new Set([...others.keys()].filter((key) => !quick.has(key)));
}

/** Whether a test reaches anything of what is mutated. */
export function reaches({ perTest }: FileRun, key: string): boolean {
  return Object.keys(perTest[key] ?? {}).length > 0;
}

function sum(all: Iterable<number>): number {
  let ms = 0;
  for (const one of all) ms += one;
  return ms;
}
