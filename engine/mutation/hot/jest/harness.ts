import path from 'node:path';
import type { FoundTest, RanTest } from '../jobs.ts';
import { breathe } from '../worker/clock.ts';
import type { FreshEnd, Harness, OpenFile, Watch } from '../worker/harness.ts';
import { switchboard } from '../worker/link.ts';
import type { Remembered } from '../worker/remembered.ts';
import { installSwitches } from '../worker/switchboard.ts';
import { FreshVisit } from './fresh-visit.ts';
import type { Environment, TestFileResult, TestFramework } from './jest-types.ts';
import { keepScripts } from './kept-modules.ts';
import { OpenVisit } from './open-visit.ts';
import { Patience } from './patience.ts';
import { withPlainGlobals } from './plain-globals.ts';
import { shareTools } from './shared-tools.ts';
import { Stage } from './stage.ts';
import { messageOf } from './tests.ts';
import type { Visit } from './visit.ts';

type EnvironmentClass = new (...args: unknown[]) => Environment;

/** A stage on which nothing runs at the moment; jest-runner waits for its end. */
interface Kept {
  /** What the file that runs on it is known by. */
  unit: string;
  stage: Stage;
  leave(): Promise<void>;
}

/** Watches nothing. */
const IDLE: Watch = { oneByOne: true, begins: () => {}, ended: () => true };

/** Jest in one of its workers. */
export class JestHarness implements Harness {
  /** Whether environments are made with plain globals. */
  plainGlobals = false;
  readonly #remembered: Pick<Remembered<unknown>, 'spentMs' | 'listener'>;
  readonly #runUnit: (unit: string) => Promise<TestFileResult>;
  readonly #patience = new Patience();
  #visit: Visit | undefined;
  #played: (stage: Stage, result: TestFileResult) => Promise<void> = async () => {};
  #kept: Kept | undefined;
  #error: string | undefined;
  #mocksAsItRuns = false;
  #rehearses = false;
  /** Whether a file of the workspace speaks of stack traces. */
  #readsTraces = false;
  readonly #loaded = new Set<string>();

  /** @param runUnit has jest-runner run a test file, in an environment and modules of its own */
  constructor(remembered: Pick<Remembered<unknown>, 'spentMs' | 'listener'>, runUnit: (unit: string) => Promise<TestFileResult>) {
    this.#remembered = remembered;
    this.#runUnit = runUnit;
  }

  async fresh(unit: string, watch: Watch): Promise<FreshEnd> {
    if (switchboard.mutant !== undefined && this.#kept?.unit === unit) {
      const hurried = await this.#freshHurried(this.#kept, watch);
      if (hurried) return hurried;
    }
    const error = await this.#run(unit, new FreshVisit(this.#timed(unit, watch), false));
    return error === undefined ? {} : { error };
  }

  open(unit: string): Promise<OpenFile | { cold: string }> {
    return new Promise((resolve) => {
      const visit = new OpenVisit(this.#timed(unit, IDLE), (opened) => resolve('cold' in opened ? opened : { ...opened, close }));
      const ended = this.#run(unit, visit);
      const close = async () => {
        visit.close();
        await ended;
      };
      ended.then((error) => resolve({ cold: error ?? 'its tests could not be reached' }));
    });
  }

  /** Runs a file as if nothing were in it, for what is loaded by that. What goes wrong shows in the run itself, where somebody hears it. */
  async rehearse(run: () => Promise<unknown>): Promise<void> {
    this.#visit = new FreshVisit(IDLE, false);
    this.#rehearses = true;
    await run().catch(() => {});
    this.#rehearses = false;
    this.#error = undefined;
  }

  get rehearses(): boolean {
    return this.#rehearses;
  }

  /** Ends what is kept for another run. */
  async leave(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    await kept?.leave();
  }

  /** Notes an error that nobody handled. */
  unhandled(error: unknown): void {
    this.#error ??= messageOf(error);
  }

  get compiledMs(): number {
    return this.#remembered.spentMs;
  }

  watchCompiling(listener: (begins: boolean) => void): void {
    this.#remembered.listener = listener;
  }

  loaded(): Iterable<string> {
    return this.#loaded;
  }

  /** Notes a module that is loaded. */
  loads(file: string, text: string): void {
    if (!file.includes(`${path.sep}node_modules${path.sep}`)) {
      this.#loaded.add(file);
      this.#readsTraces ||= /\bstack\b|stackTrace/i.test(text);
    }
    this.#mocksAsItRuns ||= /\.(doMock|dontMock|unmock|deepUnmock|setMock|enableAutomock|disableAutomock|unstable_\w+)\s*[(<]/.test(text);
  }

  /** The environment in which a file's tests run: the user's own, with the switches in it before anything is loaded. */
  environment(Base: EnvironmentClass): EnvironmentClass {
    return new Proxy(Base, {
      construct: (target, args, made) => {
        const make = () => Reflect.construct(target, args, made) as Environment;
        const environment = this.plainGlobals ? withPlainGlobals(make) : make();
        installSwitches(environment.global, switchboard);
        return environment;
      },
    });
  }

  /** The test framework: circus, which tells the visit everything. */
  framework(circus: TestFramework): TestFramework {
    return async (globalConfig, config, environment, runtime, file) => {
      keepScripts(runtime);
      shareTools(runtime);
      const parts = { circus, globalConfig, config, environment, runtime };
      const stage = new Stage(file, parts, this.#patience, () => this.#readsTraces);
      const result = await stage.run(this.#visit as Visit);
      await this.#played(stage, result);
      return result;
    };
  }

  /**
   * Runs a file again on the stage that is kept for it, which takes a fraction of the time. What comes of it is believed only where the mutant was
   * reached. That a test fails may be because of what earlier runs left in this environment: it must pass there without the mutant, and twice, for
   * what is left behind may also come and go with each run. Everything else has to show in an environment of its own.
   */
  async #freshHurried(kept: Kept, watch: Watch): Promise<FreshEnd | undefined> {
    const ran: RanTest[] = [];
    const begun = new Set<string>();
    const begins = (test: FoundTest) => {
      begun.add(test.key);
      watch.begins(test);
    };
    const ended = (test: RanTest) => ran.push(test) > 0 && (test.state !== 'failed' || watch.seesAll === true) && !switchboard.overLimit;
    const visit = new FreshVisit(this.#timed(kept.unit, { ...watch, begins, ended }), true);
    const error = await this.#again(kept, visit);
    const { overLimit, hits } = switchboard;
    const passed = error === undefined && visit.clean;
    // Behind the test that failed none ran.
    const only = ran.some(({ state }) => state === 'failed') ? begun : watch.only;
    const controlled = !passed && !overLimit && hits > 0 && (await this.#passesTwice(kept, { ...watch, ...(only && { only }) }));
    if (!kept.stage.isReusable || !(passed || controlled)) await this.leave();
    if (!overLimit && !controlled && !(passed && hits > 0)) return undefined;
    for (const test of ran) watch.ended(test);
    return { ...(error !== undefined && { error }), controlled };
  }

  /** Whether the same tests pass twice on a stage without the mutant, which is on again afterwards. */
  async #passesTwice(kept: Kept, watch: Watch): Promise<boolean> {
    return switchboard.without(async () => {
      for (let i = 0; i < 2; i++) {
        const visit = new FreshVisit(this.#timed(kept.unit, { ...IDLE, begins: watch.begins, ...(watch.only && { only: watch.only }) }), true);
        const error = await this.#again(kept, visit);
        if (error !== undefined || !visit.clean || !kept.stage.isReusable) return false;
      }
      return true;
    });
  }

  /** Runs a file again. Answers what failed outside of all tests. */
  async #again({ stage }: Kept, visit: FreshVisit): Promise<string | undefined> {
    this.#error = undefined;
    return stage.runAgain(visit).then((result) => this.#verdict(result, visit), messageOf);
  }

  /** What watches a file's tests, which also learns how long they take. */
  #timed(unit: string, watch: Watch): Watch {
    return {
      ...watch,
      begins: (test) => {
        this.#patience.begins(unit, test);
        watch.begins(test);
      },
      ended: (test) => {
        if (test.state === 'passed') this.#patience.passed();
        return watch.ended(test);
      },
    };
  }

  /** Has jest-runner run the file. Answers what failed outside of all tests. */
  async #run(unit: string, visit: Visit): Promise<string | undefined> {
    await this.leave();
    this.#visit = visit;
    this.#error = undefined;
    this.#mocksAsItRuns = false;
    return new Promise((resolve) => {
      let running: Promise<unknown> | undefined;
      this.#played = (stage, result) => {
        if (!stage.isReusable || result.testExecError || this.#mocksAsItRuns) return Promise.resolve();
        return new Promise((end) => {
          this.#kept = {
            unit,
            stage,
            leave: async () => {
              end();
              await running;
            },
          };
          resolve(this.#verdict(result, visit));
        });
      };
      running = this.#runUnit(unit)
        .then((result) => this.#verdict(result, visit), messageOf)
        .then(resolve);
    });
  }

  async #verdict({ testExecError, testResults }: TestFileResult, visit: Visit): Promise<string | undefined> {
    if (testExecError) return testExecError.message || testExecError.stack;
    if (testResults.length === 0) return 'Your test suite must contain at least one test.';
    // A test may fail after its end, by an error that nobody handled.
    const failed = visit.clean ? testResults.find(({ status }) => status === 'failed') : undefined;
    if (failed) return failed.failureMessages[0]?.replace(/\n {4}at [\s\S]*/, '') ?? 'A test failed after its end.';
    // Rejections that nobody handled are told after the code that caused them.
    await breathe();
    return this.#error;
  }
}
