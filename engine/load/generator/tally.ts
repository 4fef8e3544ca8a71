import { latencyOf } from '../latency.ts';
import type { Generated } from '../model.ts';

/** Counts what the users of one level got, and how long each of them waited for it. All times are milliseconds of one clock. */
export class Tally<User> {
  readonly #opens: number;
  readonly #limit: number;
  /** Since when each waits. */
  readonly #waiting = new Map<User, number>();
  readonly #waits: number[] = [];
  readonly #errors: Record<string, number> = {};
  #good = 0;

  /**
   * @param opens what is answered before does not count
   * @param limit a request that is not answered at the end counts where it waits for longer: its wait is known to be too long
   */
  constructor(opens: number, limit: number) {
    this.#opens = opens;
    this.#limit = limit;
  }

  /** A user asks. One that has to connect again, and then asks again, waits since the first time. */
  asks(user: User, at: number): void {
    if (!this.#waiting.has(user)) this.#waiting.set(user, at);
  }

  /** @param status of HTTP: from 400 on it is a failure */
  answered(user: User, at: number, status: number): void {
    if (status < 200 || status >= 400) {
      this.failed(user, at, `status ${status}`);
      return;
    }
    const since = this.#waiting.get(user) ?? at;
    this.#waiting.delete(user);
    if (at < this.#opens) return;
    this.#good++;
    this.#waits.push(at - since);
  }

  /** A request failed; the user asks anew. */
  failed(user: User, at: number, kind: string): void {
    this.#waiting.delete(user);
    if (at >= this.#opens) this.#errors[kind] = (this.#errors[kind] ?? 0) + 1;
  }

  /** What it comes to at the end. */
  sum(at: number): Pick<Generated, 'seconds' | 'requests' | 'throughput' | 'latency' | 'errors'> {
    const late = [...this.#waiting.values()].map((since) => at - since).filter((wait) => wait > this.#limit);
    const seconds = (at - this.#opens) / 1000;
    return {
      seconds,
      requests: Object.values(this.#errors).reduce((sum, n) => sum + n, this.#good),
      throughput: this.#good / seconds,
      latency: latencyOf(Float64Array.from([...this.#waits, ...late])),
      errors: this.#errors,
    };
  }
}
