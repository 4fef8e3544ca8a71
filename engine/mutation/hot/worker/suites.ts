import type { CallableSuite, CallableTest } from './harness.ts';

/** Enters and leaves suites as tests are called in any order: only the suites around the test that runs are entered. */
export class Suites {
  #entered: CallableSuite[] = [];

  /** Enters the suites around a test, after leaving those that are not around it. Rejects with what a hook throws. */
  async around({ suites }: Pick<CallableTest, 'suites'>): Promise<void> {
    let shared = 0;
    while (shared < suites.length && this.#entered[shared] === suites[shared]) shared++;
    await this.leave(shared);
    for (const suite of suites.slice(shared)) {
      this.#entered.push(suite);
      await suite.enter();
    }
  }

  /** Leaves the suites that are entered, but the outermost `keep`. */
  async leave(keep = 0): Promise<void> {
    while (this.#entered.length > keep) await this.#entered.pop()?.leave();
  }
}
