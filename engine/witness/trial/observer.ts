/** Hears from the text of a test file (`watched-text.ts`) which tests begin, and which assertions and gates are come to. */
export class Observer {
  readonly checks: number[];
  readonly gates: number[];
  /** The tests that began in each test of the framework, by its key. */
  readonly tests = new Map<string, Set<number>>();
  /** The key of the test that runs. */
  current: string | undefined;
  readonly #unit: number;
  readonly #value = { v: <T>(value: T): T => value };

  /** @param unit stands for the file whose tests are of interest */
  constructor(unit: number, checks: number, gates: number) {
    this.#unit = unit;
    this.checks = new Array<number>(checks).fill(0);
    this.gates = new Array<number>(gates).fill(0);
  }

  /** A test begins. */
  readonly t = (unit: number, test: number): void => {
    if (this.current === undefined || unit !== this.#unit) return;
    const began = this.tests.get(this.current) ?? new Set();
    this.tests.set(this.current, began.add(test));
  };

  /** A gate is passed. */
  readonly g = (unit: number, gate: number): void => {
    if (unit === this.#unit) this.gates[gate] = (this.gates[gate] ?? 0) + 1;
  };

  /** An assertion is about to be made. */
  readonly c = (unit: number, check: number): { v<T>(value: T): T } => {
    if (unit === this.#unit) this.checks[check] = (this.checks[check] ?? 0) + 1;
    return this.#value;
  };
}
