import type { FoundTest } from '../jobs.ts';
import { breathe } from '../worker/clock.ts';
import { emptyDocument } from '../worker/empty-document.ts';
import { hideFlags } from '../worker/flags.ts';
import type { CallableSuite, CallableTest, FreshEnd, OpenFile, Watch } from '../worker/harness.ts';
import { serve, switchboard } from '../worker/link.ts';
import { installSwitches } from '../worker/switchboard.ts';
import { type Caller, callTest } from './call.ts';
import { DependencyHooks } from './dependency-hooks.ts';
import { resetModules } from './fresh-modules.ts';
import { keepModules } from './kept-modules.ts';
import { rememberAnswers } from './remember.ts';
import { forgetRequired, requiredModules } from './required-modules.ts';
import { below, foundTests, messageOf, ranTest, select, shuffleTasks } from './tasks.ts';
import { unitFile, unitName } from './unit.ts';
import type { RunnerClass, SuiteHooks, SuiteTask, TestTask, VitestParts } from './vitest-types.ts';

/** The title of a test of our own: while it runs, Vitest runs nothing else, and other tests can be called in its place. */
const HOST = 'assay';

keepModules();
hideFlags();

/** One run of a file by Vitest. */
interface Run {
  file: string;
  /** Where tests are watched as Vitest runs them. */
  watch?: Watch;
  /** Where the file is kept open: what to tell when its tests can be called, and when to go on. */
  keep?: { opened(file: OpenFile | { cold: string }): void; closed: Promise<void> };
  tests: Map<TestTask, FoundTest>;
  error?: string | undefined;
  stopped: boolean;
}

/**
 * Makes the test runner that Vitest starts in its worker. Instead of going through the files it was given it does the host's jobs:
 * each run of a file is one that Vitest itself makes, with the user's configuration, in modules that were reset.
 */
export function createRunner(parts: VitestParts): RunnerClass {
  installSwitches(parts.global, switchboard);
  let fixtures = false;
  noticeFixtures(parts.test, () => {
    fixtures = true;
  });

  return class AssayRunner extends parts.Base {
    #run: Run | undefined;
    #serving = false;
    #begun = false;
    /** Whether Vitest is at the file that its list begins with, which is not the one that is wanted. */
    #passingFirst = false;
    #goOn = () => {};
    #runEnded = () => {};
    #dependencyHooks: DependencyHooks | undefined;
    /** The test that is called at the moment, in place of the {@link HOST}. */
    #called: TestTask | undefined;
    #hostHooks: { suite: SuiteTask; hooks: SuiteHooks } | undefined;

    override async onBeforeCollect(paths: string[]): Promise<void> {
      await super.onBeforeCollect?.(paths);
      if (this.#serving) return;
      this.#serving = true;
      this.#tellNobody();
      rememberAnswers(this);
      const { snapshotOptions } = this.workerState.config;
      snapshotOptions.updateSnapshot = 'none';
      // Snapshots are never written, not even anew as they are.
      Object.assign(snapshotOptions.snapshotEnvironment, { saveSnapshotFile: async () => {}, removeSnapshotFile: async () => {} });
      process.on('unhandledRejection', (reason) => this.#unhandled(reason));
      process.on('uncaughtException', (error) => this.#unhandled(error));
      const { config } = this;
      const over = serve(
        {
          global: parts.global,
          isolates: true,
          fresh: (unit, watch) => this.#fresh(unitFile(unit, config), watch),
          open: (unit) => this.#open(unitFile(unit, config)),
          loaded: requiredModules,
        },
        unitName(String(paths[0]), config),
      ).then(() => this.#finish());
      return parts.startTests ? over : Promise.race([over, this.#wait()]);
    }

    async #fresh(file: string, watch: Watch): Promise<FreshEnd> {
      const run: Run = { file, watch, tests: new Map(), stopped: false };
      await this.#start(run);
      // Rejections that nobody handled are told after the code that caused them.
      await breathe();
      this.#run = undefined;
      const empty = run.tests.size === 0 && !this.config.passWithNoTests;
      return { ...(run.error !== undefined && { error: run.error }), ...(empty && { empty: 'No test suite found in file' }) };
    }

    #open(file: string): Promise<OpenFile | { cold: string }> {
      return new Promise((opened) => {
        let close = () => {};
        const closed = new Promise<void>((resolve) => {
          close = resolve;
        });
        const run: Run = {
          file,
          tests: new Map(),
          stopped: false,
          keep: { opened: (open) => opened('cold' in open ? open : { ...open, close: end }), closed },
        };
        const ended = this.#start(run);
        const end = async () => {
          close();
          await ended;
          this.#run = undefined;
        };
        ended.then(() => opened({ cold: run.error ?? 'its tests could not be reached' }));
      });
    }

    /** Has Vitest run the file once. */
    async #start(run: Run): Promise<void> {
      this.#run = run;
      this.cancelRun = false;
      fixtures = false;
      resetModules(this, run.file);
      forgetRequired();
      emptyDocument(parts.global);
      const { ctx } = this.workerState;
      if (parts.startTests) {
        this.workerState.filepath = run.file;
        await parts.startTests([parts.major < 3 ? run.file : { filepath: run.file }], this);
        parts.vi.resetConfig();
        parts.vi.restoreAllMocks();
        return;
      }
      // Vitest goes through its list of files: what is added to it runs next. It waits before the first of them.
      const ended = new Promise<void>((resolve) => {
        this.#runEnded = resolve;
      });
      const first = (ctx.files[0] as { filepath: string }).filepath === run.file;
      this.#passingFirst = !this.#begun && !first;
      if (this.#begun || !first) ctx.files.push({ filepath: run.file });
      this.#begun = true;
      this.#goOn();
      await ended;
    }

    #wait(): Promise<void> {
      return new Promise((resolve) => {
        this.#goOn = resolve;
      });
    }

    #finish(): void {
      this.cancelRun = true;
      this.#goOn();
    }

    #unhandled(error: unknown): void {
      if (this.#run) this.#run.error ??= messageOf(error);
    }

    /** Vitest's main process need not know what is only ours; it would wait for each answer. */
    #tellNobody(): void {
      const ours = Object.getPrototypeOf(this) as this;
      for (const name of ['onCollected', 'onCollectStart', 'onAfterRunFiles', 'onAfterRunTask', 'onAfterRunSuite'] as const) {
        Object.defineProperty(this, name, { value: ours[name], configurable: true, writable: true });
      }
      this.onTaskUpdate = async () => {};
    }

    override async importFile(file: string, source: 'collect' | 'setup'): Promise<unknown> {
      if (this.#passingFirst) return undefined;
      this.#dependencyHooks ??= new DependencyHooks(parts.global as unknown as Record<string, unknown>);
      if (source === 'collect') this.#dependencyHooks.again();
      const module = await super.importFile(file, source);
      if (source === 'collect' && this.#run?.keep) parts.describe(HOST, () => parts.test(HOST, () => {}));
      return module;
    }

    override async onCollected(files: SuiteTask[]): Promise<void> {
      const run = this.#run;
      const file = files[0];
      if (!run || !file || this.#passingFirst) return;
      const error = file.result?.errors?.[0];
      if (error) run.error ??= messageOf(error);
      const tests = foundTests(file);
      if (run.watch) {
        run.tests = tests;
        const { only, oneByOne, shuffled } = run.watch;
        if (shuffled !== undefined) shuffleTasks(file, shuffled);
        if (only) select(file, (test) => test.mode !== 'skip' && only.has(tests.get(test)?.key ?? ''));
        if (oneByOne) for (const task of below(file)) task.concurrent = false;
        return;
      }
      // Behind all that the file has, which may go by the same name.
      const hostSuite = file.tasks.findLast(({ name }) => name === HOST) as SuiteTask | undefined;
      const host = hostSuite?.tasks[0] as TestTask | undefined;
      if (!hostSuite || !host) return;
      for (const [test, found] of tests) if (test !== host && test.mode !== 'skip' && test.mode !== 'todo') run.tests.set(test, found);
      select(file, (test) => test === host);
      hostSuite.tasks = [this.#standIn(host)];
    }

    /** The host test for Vitest, the test that is called for everything that asks which one runs. */
    #standIn(host: TestTask): TestTask {
      return new Proxy(host, {
        get: (_, name) => Reflect.get(this.#called ?? host, name),
        set: (_, name, value) => Reflect.set(this.#called ?? host, name, value),
        has: (_, name) => Reflect.has(this.#called ?? host, name),
      });
    }

    override async onBeforeRunTask(test: TestTask): Promise<void> {
      const run = this.#run;
      if (run?.stopped) test.mode = 'skip';
      await super.onBeforeRunTask(test);
      if (run?.keep && !this.#called) {
        // The hooks for each test are for the tests that are called, not for the host.
        const hooks = parts.getHooks(test.file);
        this.#hostHooks = { suite: test.file, hooks: { ...hooks } };
        Object.assign(hooks, { beforeEach: [], afterEach: [] });
      }
      const found = test.mode === 'run' || test.mode === 'queued' ? run?.tests.get(test) : undefined;
      if (found) run?.watch?.begins(found);
    }

    override onAfterRunTask(test: TestTask): Promise<void> | void {
      const ended = super.onAfterRunTask(test);
      const run = this.#run;
      const found = run?.tests.get(test);
      if (run?.watch && found && !run.watch.ended(ranTest(found, test))) run.stopped = true;
      return ended;
    }

    override get runTask(): ((test: TestTask) => Promise<void>) | undefined {
      const keep = this.#run?.keep;
      if (!keep) return undefined;
      return async (host) => {
        keep.opened(this.#openFile(host.file));
        await keep.closed;
        this.#called = undefined;
      };
    }

    #openFile(file: SuiteTask): OpenFile | { cold: string } {
      if (fixtures) return { cold: 'its tests use fixtures (test.extend)' };
      const hooksOf = (suite: SuiteTask) => (suite === this.#hostHooks?.suite ? this.#hostHooks.hooks : parts.getHooks(suite));
      const around = [file, ...[...below(file)].filter((task) => task.type === 'suite')] as SuiteTask[];
      if (around.some((suite) => hooksOf(suite).aroundAll?.length || hooksOf(suite).aroundEach?.length))
        return { cold: 'it has hooks around its tests (aroundEach, aroundAll)' };
      const caller: Caller = { runner: this, fn: (test) => parts.getFn(test), hooks: hooksOf };
      const callable = new Map<SuiteTask, CallableSuite>();
      const tests = new Map<string, CallableTest>();
      for (const [test, found] of this.#run?.tests ?? []) {
        tests.set(found.key, {
          ...found,
          suites: suitesAround(test, file, hooksOf, callable),
          call: () => {
            this.#called = test;
            test.mode = 'run';
            return callTest(test, caller);
          },
        });
      }
      return { tests, close: async () => {} };
    }

    override async onAfterRunSuite(suite: SuiteTask): Promise<void> {
      // Vitest's own would write snapshots here. A hook that failed is nobody's test.
      const errors = suite.result?.errors;
      if (this.#run && !this.#passingFirst && errors?.length) this.#run.error ??= messageOf(errors[0]);
    }

    override async onAfterRunFiles(files: SuiteTask[]): Promise<void> {
      await super.onAfterRunFiles?.(files);
      if (parts.startTests) return;
      if (this.#passingFirst) {
        this.#passingFirst = false;
        return;
      }
      const next = this.#wait();
      this.#runEnded();
      return next;
    }
  } as unknown as RunnerClass;
}

function suitesAround(test: TestTask, file: SuiteTask, hooksOf: Caller['hooks'], callable: Map<SuiteTask, CallableSuite>): CallableSuite[] {
  const suites: CallableSuite[] = [];
  // Vitest itself runs the hooks of the file.
  for (let suite = test.suite; suite && suite !== file; suite = suite.suite) {
    const { beforeAll, afterAll } = hooksOf(suite);
    if (beforeAll.length === 0 && afterAll.length === 0) continue;
    const one = callable.get(suite) ?? callableSuite(suite, { beforeAll, afterAll });
    callable.set(suite, one);
    suites.unshift(one);
  }
  return suites;
}

function callableSuite(suite: SuiteTask, { beforeAll, afterAll }: Pick<SuiteHooks, 'beforeAll' | 'afterAll'>): CallableSuite {
  let cleanups: unknown[] = [];
  return {
    async enter() {
      cleanups = [];
      for (const hook of beforeAll) cleanups.push(await hook(suite));
    },
    async leave() {
      for (const hook of [...afterAll].reverse()) await hook(suite);
      for (const cleanup of cleanups.reverse()) if (typeof cleanup === 'function') await cleanup();
    },
  };
}

/** Notices that a file extends the context of its tests, whose fixtures only Vitest can make and clean up. */
function noticeFixtures(test: Record<string, unknown>, notice: () => void): void {
  for (const name of ['extend', 'override', 'scoped']) {
    const original = test[name];
    if (typeof original !== 'function') continue;
    test[name] = function (this: unknown, ...args: unknown[]) {
      notice();
      return original.apply(this, args);
    };
  }
}
