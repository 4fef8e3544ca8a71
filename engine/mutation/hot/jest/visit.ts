import type { CircusTimers } from './circus-timers.ts';
import type { CircusEvent, CircusState, Expect } from './jest-types.ts';

/** What we do while Jest runs a test file: circus tells everything that happens, and waits for what is answered. */
export interface Visit {
  /**
   * Whether what costs time and is seldom missed is left out: stack traces stay as the transformed text has them, and circus's pauses of 0 ms,
   * in which Node tells of rejections, end as soon as it has. A test that fails then has to fail without this too.
   */
  readonly hurried: boolean;
  /** Whether nothing failed, so that the environment may be used again. */
  readonly clean: boolean;
  handle(event: CircusEvent, state: CircusState, scene: Scene): unknown;
}

/** Where a test file runs. */
export interface Scene {
  /** The global object of the tests. */
  global: typeof globalThis;
  timers: CircusTimers;
  expect: Expect | undefined;
  /** Tells the user's own environment, where it listens. */
  pass(event: CircusEvent): unknown;
}

/** How often a failed test is run again, which `jest.retryTimes` leaves on the global object of the tests. */
export const RETRY_TIMES = Symbol.for('RETRY_TIMES');

/** How often a test of the file that failed is run again, at most. */
export function retriesOf({ global }: Scene): number {
  return Number.parseInt(String((global as unknown as Record<symbol, unknown>)[RETRY_TIMES]), 10) || 0;
}
