import { every, now } from './clock.ts';
import type { CallableTest } from './harness.ts';
import type { Suites } from './suites.ts';

/** How often a test that does not end is looked for, milliseconds. */
const WATCH_MS = 25;

/** What a call of a test came to. */
export type Call = { ended: true; error: Error | undefined } | { ended: false; error?: undefined };

/** Calls tests one after the other, and gives up those that do not end. */
export class Caller {
  #waiting: { until: number; giveUp(): void } | undefined;

  constructor() {
    every(WATCH_MS, () => {
      if (this.#waiting && now() > this.#waiting.until) this.#waiting.giveUp();
    });
  }

  /**
   * Calls a test, with the suites around it entered.
   *
   * @param limitMs how long it may take, milliseconds
   * @param entered called when the suites' hooks are over and the test has not begun
   */
  call(test: CallableTest, suites: Suites, limitMs = Number.POSITIVE_INFINITY, entered: () => void = () => {}): Promise<Call> {
    const calling = enterAndCall(suites, test, entered);
    return new Promise((resolve) => {
      const waiting = { until: now() + limitMs, giveUp: () => resolve({ ended: false }) };
      this.#waiting = waiting;
      calling.then((error) => {
        if (this.#waiting === waiting) this.#waiting = undefined;
        resolve({ ended: true, error });
      });
    });
  }
}

async function enterAndCall(suites: Suites, test: CallableTest, entered: () => void): Promise<Error | undefined> {
  try {
    await suites.around(test);
    entered();
    return await test.call();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
