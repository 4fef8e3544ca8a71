/** Hears from the text of a test file (`watched-text.ts`) which tests begin, and which assertions and gates are come to. */
export class Observer {
  readonly checks: number[];
  readonly gates: number[];
  /** The tests that began in each test of the framework, by its key. */
  readonly tests = new Map<string, Set<number>>();
  /** The key of the test that runs. */
  current: string | undefined;
  readonly #value = { v: <T>(value: T): T => value };

  constructor(checks: number, gates: number) {
    this.checks = new Array<number>(checks).fill(0);
    this.gates = new Array<number>(gates).fill(0);
  }

  /** A test begins. */
  readonly t = (test: number): void => {
    if (this.current === undefined) return;
    const began = this.tests.get(this.current) ?? new Set();
    this.tests.set(this.current, began.add(test));
  };

  /** A gate is passed. */
  readonly g = (gate: number): void => {
    this.gates[gate] = (this.gates[gate] ?? 0) + 1;
  };

  /** An assertion is about to be made. */
  readonly c = (check: number): { v<T>(value: T): T } => {
    this.checks[check] = (this.checks[check] ?? 0) + 1;
    return this.#value;
  };
}
