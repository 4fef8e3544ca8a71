const resources = process.getActiveResourcesInfo.bind(process);

/** Tells whether anything is under way in this process that a test could be waiting for. */
export class Quiet {
  readonly #always = new Map<string, number>();

  /** To be made when nothing runs: what is there then (our socket, the framework's channel) is nothing that a test waits for. */
  constructor() {
    for (const name of resources()) this.#always.set(name, (this.#always.get(name) ?? 0) + 1);
  }

  /**
   * Whether nothing keeps the event loop alive but what always does.
   *
   * @param timers how many timers run that are known to change nothing
   */
  holds(timers: number): boolean {
    const left = new Map(this.#always);
    left.set('Timeout', (left.get('Timeout') ?? 0) + timers);
    for (const name of resources()) {
      const count = left.get(name) ?? 0;
      if (count === 0) return false;
      left.set(name, count - 1);
    }
    return true;
  }
}
