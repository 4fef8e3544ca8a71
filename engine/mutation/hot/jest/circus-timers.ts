type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout'>;
type TimerId = ReturnType<typeof setTimeout>;

const { setImmediate: immediate } = globalThis;

/** How long circus waits for anything after {@link CircusTimers.giveUp}, milliseconds. */
const IMPATIENT_MS = 50;

/**
 * Circus's own timers: how long a test or hook may take, and its pauses. Circus takes the functions once, when it is loaded, before any test
 * could replace them; so what it takes can be ours while the tests get the environment's own.
 */
export class CircusTimers {
  readonly #global: Timers;
  readonly #own: Timers;
  readonly #running = new Map<TimerId, () => void>();
  #longest = Number.POSITIVE_INFINITY;

  /**
   * Hands out the timers until {@link handedOut}.
   *
   * @param hurried whether pauses of 0 ms take only as long as Node needs to tell of rejections
   */
  constructor(global: Timers, hurried: boolean) {
    this.#global = global;
    this.#own = { setTimeout: global.setTimeout, clearTimeout: global.clearTimeout };
    const { setTimeout, clearTimeout } = this.#own;
    const running = this.#running;
    const start = (callback: () => void, ms: number) => {
      if (ms === 0 && hurried) return immediate(callback);
      const id = setTimeout(
        () => {
          running.delete(id);
          callback();
        },
        Math.min(ms, this.#longest),
      );
      running.set(id, callback);
      return id;
    };
    const clear = (id: TimerId) => {
      running.delete(id);
      clearTimeout(id);
    };
    Object.assign(global, { setTimeout: start, clearTimeout: clear });
  }

  /** Circus is loaded: the environment gets its own timers back. */
  handedOut(): void {
    Object.assign(this.#global, this.#own);
  }

  /** How many run. */
  get count(): number {
    return this.#running.size;
  }

  /** The one that runs longest. */
  get oldest(): unknown {
    return this.#running.keys().next().value;
  }

  /** Lets what circus waits for be late now, and what it waits for later be late soon. */
  giveUp(): void {
    this.#longest = IMPATIENT_MS;
    this.expire();
  }

  /** Lets what circus waits for be late now. */
  expire(): void {
    for (const [id, callback] of [...this.#running]) {
      this.#running.delete(id);
      this.#own.clearTimeout(id);
      callback();
    }
  }
}
