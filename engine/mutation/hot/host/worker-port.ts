import type { Answer, Job } from '../jobs.ts';
import type { TestFile } from './driver.ts';

/** How long a job may take, or each mutant of it, and how long a worker may go without a sign of life during it, milliseconds. */
export interface JobLimits {
  totalMs: number;
  stallMs: number;
  /** How long processors may work for one that works all the time, in place of both, milliseconds; it does not follow from what else the machine does. */
  busyMs?: number;
}

/**
 * How a job ended: done, or the worker is no more, with the mutant that it was at. It died, took too much memory, or was late: `busy` where it worked most
 * of the time, as in a loop without an end, `hung` where it waited or nobody knows.
 */
export type JobEnd = { end: 'done' } | { end: 'died' | 'hung' | 'busy' | 'memory'; mutant: string };

/** Does jobs, one after the other, in a process of its own. */
export interface Worker {
  /** It can run the test files of this group. */
  readonly group: string;
  readonly ended: boolean;
  /** The memory that it holds, bytes; 0 where the system does not tell. */
  readonly memory: number;
  /** Gives it a job; each answer is heard as it comes. A worker that hangs or takes too much memory is ended. */
  do(job: Job, limits: JobLimits, maxMemory: number, hear: (answer: Answer) => void): Promise<JobEnd>;
  /** Asks it to come to its end by itself. */
  finish(): void;
  /** Ends it at once. */
  kill(): void;
}

/** Where workers come from. */
export interface Workers {
  /** Starts a worker whose first job will be about `first`. Rejects with why it did not come. */
  start(first: TestFile): Promise<Worker>;
}
