/** How much of a message is kept, in UTF-16 units: more is no good to write into a test. */
const LONGEST = 200;

/** Hears from the text of a test file (`watched-text.ts`) which tests begin, and which assertions and gates are come to. */
export class Observer {
  readonly checks: number[];
  readonly gates: number[];
  /** The tests that began in each test of the framework, by its key. */
  readonly tests = new Map<string, Set<number>>();
  /** The messages of the errors that assertions got which any error satisfies, each once; an error without a message has an empty one. */
  readonly thrown = new Map<number, Set<string>>();
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

  /** What an assertion wants an error of: a function that throws, or a promise that is rejected. */
  readonly e = <T>(unit: number, check: number, subject: T): T => {
    if (unit !== this.#unit) return subject;
    const hear = (error: unknown): void => {
      const { message } = (error ?? {}) as { message?: unknown };
      this.thrown.set(check, (this.thrown.get(check) ?? new Set()).add(typeof message === 'string' ? message.slice(0, LONGEST) : ''));
    };
    const listen = (value: unknown): void => {
      if (isPromise(value)) value.then(undefined, hear);
    };
    listen(subject);
    if (typeof subject !== 'function') return subject;
    return new Proxy(subject, {
      apply: (called, self, given) => {
        try {
          const value: unknown = Reflect.apply(called, self, given);
          listen(value);
          return value;
        } catch (error) {
          hear(error);
          throw error;
        }
      },
    });
  };
}

/** Whether a value is a promise, of any realm. What only has a `then` may begin its work when that is called. */
function isPromise(value: unknown): value is Promise<unknown> {
  return Object.prototype.toString.call(value) === '[object Promise]';
}
