import { breathe } from '../worker/clock.ts';
import type { FreshEnd, Harness, OpenFile, Watch } from '../worker/harness.ts';
import { switchboard } from '../worker/link.ts';
import { installSwitches } from '../worker/switchboard.ts';
import { CircusTimers } from './circus-timers.ts';
import { FreshVisit } from './fresh-visit.ts';
import type { CircusEvent, CircusState, Environment, Expect, TestFileResult, TestFramework } from './jest-types.ts';
import { OpenVisit } from './open-visit.ts';
import { messageOf } from './tests.ts';
import type { Scene, Visit } from './visit.ts';

type EnvironmentClass = new (...args: unknown[]) => Environment;

/** Jest in one of its workers. */
export class JestHarness implements Harness {
  readonly #runFile: (file: string) => Promise<TestFileResult>;
  #visit: Visit | undefined;
  #error: string | undefined;

  /** @param runFile has jest-runner run a test file, in an environment and modules of its own */
  constructor(runFile: (file: string) => Promise<TestFileResult>) {
    this.#runFile = runFile;
  }

  async fresh(file: string, watch: Watch): Promise<FreshEnd> {
    const error = await this.#run(file, new FreshVisit(watch));
    return error === undefined ? {} : { error };
  }

  open(file: string): Promise<OpenFile | { cold: string }> {
    return new Promise((resolve) => {
      const visit = new OpenVisit((opened) => resolve('cold' in opened ? opened : { ...opened, close }));
      const ended = this.#run(file, visit);
      const close = async () => {
        visit.close();
        await ended;
      };
      ended.then((error) => resolve({ cold: error ?? 'its tests could not be reached' }));
    });
  }

  /** Notes an error that nobody handled. */
  unhandled(error: unknown): void {
    this.#error ??= messageOf(error);
  }

  /** The environment in which a file's tests run: the user's own, with the switches in it before anything is loaded. */
  environment(Base: EnvironmentClass): EnvironmentClass {
    return class extends Base {
      constructor(...args: unknown[]) {
        super(...args);
        installSwitches(this.global, switchboard);
      }
    };
  }

  /** The test framework: circus, which tells the visit everything. */
  framework(circus: TestFramework): TestFramework {
    return (globalConfig, config, environment, runtime, file) => {
      const visit = this.#visit as Visit;
      const theirs = environment.handleTestEvent?.bind(environment);
      const timers = new CircusTimers(environment.global, visit.hurried);
      let expect: Expect | undefined;
      environment.handleTestEvent = (event: CircusEvent, state: CircusState) => {
        if (event.name === 'setup') {
          timers.handedOut();
          expect = event.runtimeGlobals?.expect;
        }
        // Snapshots are never written, not even anew as they are.
        if (event.name === 'run_start' && expect) expect.getState().snapshotState.save = () => ({ deleted: false, saved: false });
        const scene: Scene = { global: environment.global, timers, expect, pass: (one) => theirs?.(one, state) };
        return visit.handle(event, state, scene);
      };
      return circus(globalConfig, config, environment, runtime, file);
    };
  }

  async #run(file: string, visit: Visit): Promise<string | undefined> {
    this.#visit = visit;
    this.#error = undefined;
    try {
      const { testExecError, testResults } = await this.#runFile(file);
      if (testExecError) return testExecError.message || testExecError.stack;
      if (testResults.length === 0) return 'Your test suite must contain at least one test.';
      // Rejections that nobody handled are told after the code that caused them.
      await breathe();
      return this.#error;
    } catch (error) {
      return messageOf(error);
    }
  }
}
