import { emptyDocument } from '../worker/empty-document.ts';
import { CircusTimers } from './circus-timers.ts';
import type {
  CircusEvent,
  CircusState,
  Environment,
  Expect,
  GlobalConfig,
  ProjectConfig,
  Runtime,
  TestFileResult,
  TestFramework,
} from './jest-types.ts';
import type { Patience } from './patience.ts';
import type { Scene, Visit } from './visit.ts';

/**
 * Stack traces as Node has them by itself, in length and form. Jest has each line of a hundred looked up in source maps, which it reads anew for each
 * error; without a function of its own an environment would use that of the realm around it.
 */
const PLAIN_TRACES = {
  stackTraceLimit: 10,
  prepareStackTrace(error: unknown, frames: readonly NodeJS.CallSite[]): string {
    return [titleOf(error), ...frames].join('\n    at ');
  },
};
/** Where circus since version 30 keeps who listens to it. */
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');

/** What jest-runner gives circus, and circus itself. */
export interface StageParts {
  circus: TestFramework;
  globalConfig: GlobalConfig;
  config: ProjectConfig;
  environment: Environment;
  runtime: Runtime;
}

/** One environment in which circus runs a test file, once or again and again in fresh modules. */
export class Stage {
  readonly #file: string;
  readonly #parts: StageParts;
  readonly #patience: Patience;
  readonly #readsTraces: () => boolean;
  readonly #theirs: Environment['handleTestEvent'];
  #visit: Visit | undefined;
  #globals = -1;

  /** @param readsTraces whether tests may look at stack traces */
  constructor(file: string, parts: StageParts, patience: Patience, readsTraces: () => boolean) {
    this.#file = file;
    this.#patience = patience;
    this.#readsTraces = readsTraces;
    this.#parts = parts;
    this.#theirs = parts.environment.handleTestEvent?.bind(parts.environment);
  }

  /** Has circus run the file: the first time in the modules that are there. */
  run(visit: Visit): Promise<TestFileResult> {
    const { circus, globalConfig, config, environment, runtime } = this.#parts;
    const { global } = environment;
    this.#visit = visit;
    const timers = new CircusTimers(global, visit.hurried);
    this.#patience.watch(timers);
    let expect: Expect | undefined;
    environment.handleTestEvent = (event: CircusEvent, state: CircusState) => {
      if (event.name === 'setup') {
        timers.handedOut();
        expect = event.runtimeGlobals?.expect;
      } else if (event.name === 'run_start') {
        // Snapshots are never written, not even anew as they are.
        if (expect) expect.getState().snapshotState.save = () => ({ deleted: false, saved: false });
        if (visit.hurried || !this.#readsTraces()) Object.assign(global.Error, PLAIN_TRACES);
      }
      const scene: Scene = { global, timers, expect, pass: (one) => this.#theirs?.(one, state) };
      return visit.handle(event, state, scene);
    };
    return circus(globalConfig, config, environment, runtime, this.#file);
  }

  /** Whether another run would find what this one found: nothing failed, and no global was added. */
  get isReusable(): boolean {
    const count = Object.getOwnPropertyNames(this.#parts.environment.global).length;
    if (this.#globals === -1) this.#globals = count;
    return this.#visit?.clean === true && count === this.#globals && this.#internal !== undefined;
  }

  /** Runs the file again, in fresh modules but the same environment. */
  async runAgain(visit: Visit): Promise<TestFileResult> {
    const { environment, runtime, config } = this.#parts;
    environment.fakeTimers?.useRealTimers();
    environment.fakeTimersModern?.useRealTimers();
    runtime.restoreAllMocks();
    runtime.resetModules();
    // After its tests a file may load nothing more.
    runtime.enterTestCode?.();
    emptyDocument(environment.global);
    // Circus itself anew, without the tests that it knows.
    for (const path of this.#internal?.keys() ?? []) if (/[\\/]jest-circus[\\/]/.test(path)) this.#internal?.delete(path);
    Reflect.deleteProperty(environment.global, EVENT_HANDLERS);
    for (const path of config.setupFiles) {
      if (runtime.unstable_shouldLoadAsEsm(path)) await runtime.unstable_importModule(path);
      else {
        const setup = runtime.requireModule(path);
        if (typeof setup === 'function') await setup();
      }
    }
    return this.run(visit);
  }

  get #internal(): Map<string, unknown> | undefined {
    const { runtime } = this.#parts;
    return runtime._internalModuleRegistry ?? runtime.registries?.internalModuleRegistry;
  }
}

/** What stands before the frames; an error of the tests' own kind may throw when it is asked. */
function titleOf(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
}
