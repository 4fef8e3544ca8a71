import { encode, OF_RESULTS } from '../literals.ts';
import type { Outcome } from '../scenario.ts';

type Callable = (...args: unknown[]) => unknown;

/** What the text of a watched test file tells the values at its places to (`writing/sites.ts`). It runs as if nobody looked. */
export class Watcher {
  #seen = new Map<number, Outcome[]>();

  /** A value, as it is now. */
  readonly value = (site: number, value: unknown): unknown => {
    this.#note(site, 'returns', value);
    return value;
  };

  /** A function that is expected to throw. */
  readonly thrown = (site: number, callee: unknown): unknown => {
    if (typeof callee !== 'function') return callee;
    const watcher = this;
    return function (this: unknown, ...args: unknown[]) {
      try {
        const result = Reflect.apply(callee as Callable, this, args);
        watcher.#note(site, 'returns', result);
        return result;
      } catch (error) {
        watcher.#note(site, 'throws', error);
        throw error;
      }
    };
  };

  /** A promise that the test waits for. */
  readonly settled = (site: number, promise: unknown): unknown => {
    if (typeof (promise as { then?: unknown } | null)?.then !== 'function') return promise;
    (promise as PromiseLike<unknown>).then(
      (value) => this.#note(site, 'resolves', value),
      (error) => this.#note(site, 'rejects', error),
    );
    return promise;
  };

  /** What was seen since this was last asked, by place. */
  take(): ReadonlyMap<number, readonly Outcome[]> {
    const seen = this.#seen;
    this.#seen = new Map();
    return seen;
  }

  #note(site: number, kind: Outcome['kind'], value: unknown): void {
    const outcomes = this.#seen.get(site) ?? [];
    this.#seen.set(site, outcomes);
    // More than one says nothing of any.
    if (outcomes.length < 2) outcomes.push({ kind, value: encode(value, OF_RESULTS) });
  }
}
