import type { RanTest } from '../jobs.ts';
import { breathe, now } from '../worker/clock.ts';
import type { Watch } from '../worker/harness.ts';
import type { CircusEvent, CircusState, CircusTest } from './jest-types.ts';
import { foundTests, hasRetriedSuite, isLeftOut, messageOf, shuffleTests } from './tests.ts';
import { retriesOf, type Scene, type Visit } from './visit.ts';

/** Watches Jest run a file's tests. */
export class FreshVisit implements Visit {
  readonly hurried: boolean;
  clean = true;
  readonly #watch: Watch;
  #tests: ReturnType<typeof foundTests> = new Map();
  /** What became of tests that may still be run again, to be told at the end. */
  #retried: Map<CircusTest, RanTest> | undefined;
  #begun = 0;
  #stopped = false;

  constructor(watch: Watch, hurried: boolean) {
    this.#watch = watch;
    this.hurried = hurried;
  }

  handle(event: CircusEvent, state: CircusState, scene: Scene): unknown {
    const { name, test } = event;
    if (name === 'run_start') this.#select(state, scene);
    if (name === 'test_start' && test) this.#start(test, state);
    // Circus only hears of rejections that nobody handles when the event loop turns, which it need not do where few tests are to run.
    if (name === 'run_describe_finish' && event.describeBlock === state.rootDescribeBlock) return breathe().then(() => scene.pass(event));
    const passed = scene.pass(event);
    if (name === 'test_done' || name === 'test_skip') return Promise.resolve(passed).then(() => test && this.#end(test, name === 'test_skip'));
    if (name === 'run_finish') for (const ran of this.#retried?.values() ?? []) this.#watch.ended(ran);
    return passed;
  }

  #select(state: CircusState, scene: Scene): void {
    const root = state.rootDescribeBlock;
    this.#tests = foundTests(root);
    const { only, shuffled } = this.#watch;
    if (shuffled !== undefined) shuffleTests(root, shuffled);
    for (const [test, { key }] of this.#tests) {
      // One after the other: what runs belongs to one test.
      test.concurrent = false;
      if (only && !only.has(key) && test.mode !== 'todo') test.mode = 'skip';
    }
    if (retriesOf(scene) > 0 || hasRetriedSuite(state)) this.#retried = new Map();
  }

  #start(test: CircusTest, state: CircusState): void {
    const found = this.#tests.get(test);
    if (!found) return;
    if (this.#stopped) test.mode = 'skip';
    if (isLeftOut(test, state)) return;
    this.#begun = now();
    this.#watch.begins(found);
  }

  #end(test: CircusTest, skipped: boolean): void {
    const found = this.#tests.get(test);
    if (!found) return;
    const state = skipped ? 'skipped' : test.errors.length > 0 ? 'failed' : 'passed';
    const ran: RanTest = {
      ...found,
      state,
      durationMs: skipped ? 0 : now() - this.#begun,
      ...(state === 'failed' && { message: messageOf(test.errors[0]) }),
    };
    if (state === 'failed') this.clean = false;
    if (this.#retried) this.#retried.set(test, ran);
    else if (!this.#watch.ended(ran)) this.#stopped = true;
  }
}
