import { now } from '../worker/clock.ts';
import { contextAssert } from './asserts.ts';
import { api, type Declared } from './declare.ts';
import { invoke } from './invoke.ts';
import { type Hook, type HookName, Node } from './tree.ts';

const real = process.getBuiltinModule('node:test');
const MockTracker = real.mock.constructor as new () => typeof real.mock;

/** The context `t` of one run of a test: https://nodejs.org/api/test.html#class-testcontext */
export class TestContext {
  readonly #node: Node;
  /** Made when it is asked for: few tests do, and to abort one takes as long as a fast test. */
  #abort: AbortController | undefined;
  #isOver = false;
  readonly #runSubtest: (node: Node) => Promise<unknown>;
  #mock: typeof real.mock | undefined;
  #assert: ReturnType<typeof contextAssert> | undefined;
  #planned: { count: number; wait: boolean | number } | undefined;
  #counted = 0;
  readonly #before: Promise<void>[] = [];
  /** How many tests ran inside of this one. */
  subtests = 0;
  /** Whether it said itself that it is skipped, or still to be done. */
  skipped = false;
  isTodo = false;
  passed = false;
  error: unknown = null;
  readonly attempt = 0;

  constructor(node: Node, runSubtest: (node: Node) => Promise<unknown>) {
    this.#node = node;
    this.#runSubtest = runSubtest;
    if (node.options.plan !== undefined) this.plan(node.options.plan);
    this.test = Object.assign(this.test.bind(this), api.variants(this.test.bind(this)));
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#isOver) this.#abort.abort();
    return this.#abort.signal;
  }

  get name(): string {
    return this.#node.name;
  }

  get fullName(): string {
    return this.#node.fullName;
  }

  get filePath(): string {
    return api.file;
  }

  get mock(): typeof real.mock {
    this.#mock ??= new MockTracker();
    return this.#mock;
  }

  get assert(): ReturnType<typeof contextAssert> {
    this.#assert ??= contextAssert(this, () => this.#counted++);
    return this.#assert;
  }

  plan(count: number, options: { wait?: boolean | number } = {}): void {
    this.#planned = { count, wait: options.wait ?? false };
  }

  diagnostic(): void {}

  log(): void {}

  runOnly(): void {}

  skip(): void {
    this.skipped = true;
  }

  todo(): void {
    this.isTodo = true;
  }

  test(...args: unknown[]): Promise<unknown> {
    const declared = api.read(args);
    const node = new Node('test', declared.name, declared.fn, declared.options, this.#node);
    this.#node.children.push(node);
    this.#counted++;
    return this.#runSubtest(node);
  }

  /** Runs the hook at once, for the test has begun; tests inside of it wait for it. */
  before(...args: Parameters<Declared['hook']>): void {
    const { fn, timeout } = api.hook(...args);
    const running = invoke(fn, this, timeout ?? Number.POSITIVE_INFINITY);
    // Whoever waits for it hears of it.
    running.catch(() => {});
    this.#before.push(running);
    this.#node.addHook('before', { fn: () => running, timeout: undefined });
  }

  /** Resolves when its hooks before tests have run. Rejects where one fails. */
  async begun(): Promise<void> {
    await Promise.all(this.#before);
  }

  after(...args: Parameters<Declared['hook']>): void {
    this.#hook('after', args);
  }

  beforeEach(...args: Parameters<Declared['hook']>): void {
    this.#hook('beforeEach', args);
  }

  afterEach(...args: Parameters<Declared['hook']>): void {
    this.#hook('afterEach', args);
  }

  /** Polls a condition: https://nodejs.org/api/test.html#contextwaitforcondition-options */
  async waitFor<T>(condition: () => T | Promise<T>, { interval = 50, timeout = 1000 } = {}): Promise<T> {
    const until = now() + timeout;
    for (;;) {
      try {
        return await condition();
      } catch (cause) {
        if (now() >= until) throw new Error('waitFor() timed out', { cause });
      }
      await pause(interval);
    }
  }

  /** Ends the run: everything that the context gave is taken back. Rejects where the plan was not kept. */
  async checkPlan(): Promise<void> {
    const plan = this.#planned;
    if (!plan) return;
    const until = now() + (typeof plan.wait === 'number' ? plan.wait : plan.wait ? Number.POSITIVE_INFINITY : 0);
    while (this.#counted < plan.count && now() < until) await pause(1);
    if (this.#counted !== plan.count) throw new Error(`plan expected ${plan.count} assertions but received ${this.#counted}`);
  }

  /** Takes back everything that the context gave. */
  end(): void {
    this.#mock?.reset();
    this.#isOver = true;
    this.#abort?.abort();
  }

  #hook(name: HookName, args: Parameters<Declared['hook']>): void {
    const hook: Hook = api.hook(...args);
    this.#node.addHook(name, hook);
  }
}

const { setTimeout: timer } = globalThis;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => timer(resolve, ms));
}
