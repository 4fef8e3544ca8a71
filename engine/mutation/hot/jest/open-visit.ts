import type { FoundTest } from '../jobs.ts';
import type { CallableSuite, CallableTest, OpenFile, Watch } from '../worker/harness.ts';
import type { CircusEvent, CircusState, CircusSuite, CircusTest, SnapshotState } from './jest-types.ts';
import { foundTests, hasRetriedSuite, isLeftOut, messageOf } from './tests.ts';
import { RETRY_TIMES, retriesOf, type Scene, type Visit } from './visit.ts';

/** What circus comes upon next in a suite. */
type Step = { kind: 'test'; test: CircusTest } | { kind: 'suite'; level: Level } | { kind: 'leave' };

/** A suite that circus goes through at our pace. */
interface Level {
  suite: CircusSuite;
  /** What its hooks threw before its tests. */
  errors: unknown[];
}

/** A test that is skipped, before each step: circus waits while we hear of it. */
interface Gate extends CircusTest {
  level: Level;
  /** Whether circus ran into it: whoever else goes through the list does not. */
  passed: boolean;
}

/**
 * Keeps a test file open. Circus itself runs everything (hooks, time limits, the mark that a test must fail, what `expect` counts), in whatever
 * version it is; only what it goes through is ours: in place of a suite's tests it comes upon those that are asked for, when they are asked for.
 */
export class OpenVisit implements Visit {
  readonly hurried = true;
  readonly clean = false;
  readonly #watch: Watch;
  readonly #opened: (file: Pick<OpenFile, 'tests'> | { cold: string }) => void;
  #scene: Scene | undefined;
  #snapshots: SnapshotState | undefined;
  #retries = 0;
  #found: ReturnType<typeof foundTests> = new Map();
  #isOpen = false;
  #closing = false;
  /** What circus shall come upon next; it waits for this at a gate. */
  #step: Step = { kind: 'leave' };
  #goOn = () => {};
  /** Told when circus waits again. */
  #waits: (gate: Gate) => void = () => {};

  /**
   * @param watch told of each call
   * @param opened told once: the tests, or why none of them can be called
   */
  constructor(watch: Watch, opened: (file: Pick<OpenFile, 'tests'> | { cold: string }) => void) {
    this.#watch = watch;
    this.#opened = opened;
  }

  /** Lets circus come to its end, also when it is at a test that does not end. */
  close(): void {
    this.#closing = true;
    this.#step = { kind: 'leave' };
    this.#goOn();
    this.#scene?.timers.giveUp();
  }

  handle(event: CircusEvent, state: CircusState, scene: Scene): unknown {
    const { name, test } = event;
    if (name === 'run_start') this.#prepare(state, scene);
    if (!test || !isGate(test)) return scene.pass(event);
    return name === 'test_skip' ? this.#wait(test) : undefined;
  }

  #prepare(state: CircusState, scene: Scene): void {
    const root = state.rootDescribeBlock;
    this.#scene = scene;
    this.#snapshots = scene.expect?.getState().snapshotState;
    this.#found = foundTests(root);
    if (hasRetriedSuite(state)) {
      this.#opened({ cold: 'whole suites of it are run again when a test fails' });
      return;
    }
    for (const test of this.#found.keys()) {
      test.concurrent = false;
      if (isLeftOut(test, state)) this.#found.delete(test);
    }
    this.#retries = retriesOf(scene);
    Object.assign(scene.global, { [RETRY_TIMES]: 0 });
    this.#control({ suite: root, errors: [] });
  }

  /** Makes circus come upon our steps when it goes through a suite. */
  #control(level: Level): void {
    const { children } = level.suite;
    const steps = this.#steps.bind(this, level);
    Object.defineProperty(children, Symbol.iterator, { value: steps, configurable: true });
  }

  *#steps(level: Level): Generator<CircusSuite | CircusTest> {
    for (;;) {
      const gate = gateOf(level);
      yield gate;
      // Circus puts what a hook threw into each test of a suite: it then only goes through the list.
      if (!gate.passed) return;
      const step = this.#step;
      if (step.kind === 'leave') break;
      if (step.kind === 'suite') {
        this.#control(step.level);
        yield step.level.suite;
      } else {
        for (let left = this.#retries; left >= 0; left--) {
          this.#renew(step.test);
          yield step.test;
          if (step.test.errors.length === 0) break;
        }
      }
    }
    Reflect.deleteProperty(level.suite.children, Symbol.iterator);
  }

  /** Makes a test what it was before it ran. */
  #renew(test: CircusTest): void {
    test.errors = [];
    test.retryReasons = [];
    test.invocations = 0;
    test.unhandledRejectionErrorByPromise?.clear();
    this.#snapshots?.clear();
  }

  #wait(gate: Gate): Promise<void> | undefined {
    gate.passed = true;
    if (this.#closing) return undefined;
    const waiting = new Promise<void>((resolve) => {
      this.#goOn = resolve;
    });
    if (this.#isOpen) this.#waits(gate);
    else {
      this.#isOpen = true;
      const [error] = gate.level.errors;
      this.#opened(
        error === undefined ? { tests: this.#callables(gate.level.suite) } : { cold: `a hook around its tests fails: ${messageOf(error)}` },
      );
    }
    return waiting;
  }

  /** Has circus take a step. Resolves when it waits again. */
  #take(step: Step): Promise<Gate> {
    return new Promise((resolve) => {
      this.#waits = resolve;
      this.#step = step;
      this.#goOn();
    });
  }

  #callables(root: CircusSuite): Map<string, CallableTest> {
    const suites = new Map<CircusSuite, CallableSuite>();
    const tests = new Map<string, CallableTest>();
    for (const [test, found] of this.#found) {
      tests.set(found.key, { ...found, suites: this.#suitesAround(test, root, suites), call: () => this.#call(test, found) });
    }
    return tests;
  }

  async #call(test: CircusTest, found: FoundTest): Promise<Error | undefined> {
    this.#watch.begins(found);
    await this.#take({ kind: 'test', test });
    const [error] = test.errors;
    this.#watch.ended({ ...found, state: error === undefined ? 'passed' : 'failed', durationMs: 0 });
    return error === undefined ? undefined : asError(error);
  }

  #suitesAround(test: CircusTest, root: CircusSuite, callable: Map<CircusSuite, CallableSuite>): CallableSuite[] {
    const suites: CallableSuite[] = [];
    for (let suite: CircusSuite | undefined = test.parent; suite && suite !== root; suite = suite.parent) {
      if (!suite.hooks.some(({ type }) => type === 'beforeAll' || type === 'afterAll')) continue;
      const one = callable.get(suite) ?? this.#callableSuite(suite);
      callable.set(suite, one);
      suites.unshift(one);
    }
    return suites;
  }

  #callableSuite(suite: CircusSuite): CallableSuite {
    return {
      enter: async () => {
        const level: Level = { suite, errors: [] };
        await this.#take({ kind: 'suite', level });
        if (level.errors.length > 0) throw asError(level.errors[0]);
      },
      leave: async () => {
        await this.#take({ kind: 'leave' });
      },
    };
  }
}

function gateOf(level: Level): Gate {
  return {
    type: 'test',
    name: '',
    parent: level.suite,
    mode: 'skip',
    concurrent: false,
    errors: level.errors,
    invocations: 0,
    retryReasons: [],
    unhandledRejectionErrorByPromise: new Map(),
    level,
    passed: false,
  };
}

function isGate(test: CircusTest): test is Gate {
  return 'level' in test;
}

/** Errors come from the tests' own realm, whose `Error` is not ours. */
function asError(error: unknown): Error {
  return Object.assign(Object.create(Error.prototype) as Error, { message: messageOf(error) });
}
