import type { FoundTest } from '../jobs.ts';
import { every, now } from '../worker/clock.ts';
import { switchboard } from '../worker/link.ts';
import { Quiet } from '../worker/quiet.ts';
import type { CircusTimers } from './circus-timers.ts';

/** How often it is looked whether a test can still end, milliseconds. */
const LOOK_MS = 25;
/**
 * How long nothing may be under way, milliseconds, before a test counts as one that waits for ever: Node does not tell of work in its thread pool
 * nor of timers that do not keep it alive, so this and a multiple of what the test took when it passed.
 */
const QUIET_MS = 150;
const QUIET_FACTOR = 4;
/** The same where no duration is known yet. */
const UNKNOWN_MS = 1000;

/**
 * Lets a test that waits for what can never come be late at once: a mutant often leaves a promise that nobody settles any more or a `done` that
 * nobody calls, and Jest's time limit is 5 s.
 */
export class Patience {
  readonly #took = new Map<string, number>();
  #quiet: Quiet | undefined;
  #timers: CircusTimers | undefined;
  #test = '';
  #started = 0;
  #since: { timer: unknown; time: number } | undefined;

  constructor() {
    every(LOOK_MS, () => this.#look());
  }

  /** Circus begins to run a file. */
  watch(timers: CircusTimers): void {
    this.#timers = timers;
    this.#quiet ??= new Quiet();
  }

  /** A test begins. */
  begins(unit: string, { key }: FoundTest): void {
    this.#test = `${unit}\0${key}`;
    this.#started = now();
  }

  /** The test that began last passed. */
  passed(): void {
    this.#took.set(this.#test, Math.max(now() - this.#started, this.#took.get(this.#test) ?? 0));
  }

  #look(): void {
    const timers = this.#timers;
    if (!timers || switchboard.mutant === undefined) return;
    const { oldest, count } = timers;
    if (oldest === undefined || !this.#quiet?.holds(count)) {
      this.#since = undefined;
      return;
    }
    if (this.#since?.timer !== oldest) this.#since = { timer: oldest, time: now() };
    const took = this.#took.get(this.#test);
    if (now() - this.#since.time > (took === undefined ? UNKNOWN_MS : QUIET_MS + QUIET_FACTOR * took)) timers.expire();
  }
}
