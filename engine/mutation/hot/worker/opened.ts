import type { OpenJob } from '../jobs.ts';
import type { Builtins } from './builtins.ts';
import type { CallOrder } from './call-order.ts';
import type { CallableTest, OpenFile } from './harness.ts';
import { CHANGES, OTHER_CODE } from './reasons.ts';
import type { Suites } from './suites.ts';

/** Tests that take no more are called before one that killed in any case, milliseconds. */
const QUICK_MS = 20;

/** The file whose tests are being called. */
export interface Opened {
  job: OpenJob;
  file: OpenFile;
  /** Keys of its tests in the order of the job. */
  keys: readonly string[];
  suites: Suites;
  /** The process as it is while the file is open: hooks for the whole file may have changed it. */
  builtins: Builtins;
  order: CallOrder;
  /** How long it took to load it, milliseconds. */
  loadMs: number;
  /** Why single tests cannot be called again and again, by key. */
  coldTests: Map<string, string>;
  /** Keys of the tests that were called since it was loaded. */
  called: Set<string>;
  bystanders: ReadonlySet<string>;
}

/** The tests that stand before one in its file and were not called since that was loaded, without bystanders and slow ones that take longer than loading. */
export function uncalledBefore(opened: Opened, killer: CallableTest): CallableTest[] {
  const { file, job, coldTests, called, bystanders } = opened;
  const longestMs = longestBefore(opened);
  const mayBeCalled = (key: string) =>
    (job.durations[key] ?? Number.POSITIVE_INFINITY) <= longestMs && [undefined, OTHER_CODE, CHANGES].includes(coldTests.get(key));
  const found: CallableTest[] = [];
  for (const [key, test] of file.tests) {
    if (test === killer) break;
    // Where several files are open, those before it are another matter: there may be hundreds.
    if (test.file === killer.file && !called.has(key) && !bystanders.has(key) && mayBeCalled(key)) found.push(test);
  }
  return found;
}

/** How long a test may take to be called before one that killed, milliseconds. */
export function longestBefore({ loadMs }: Opened): number {
  return Math.max(QUICK_MS, loadMs);
}
