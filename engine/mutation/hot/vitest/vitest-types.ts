/** What we use of Vitest's runner, versions 2 to 5, described here because one build serves them all. */
export interface VitestParts {
  major: number;
  /** Vitest's own test runner. */
  Base: RunnerClass;
  /** Runs files; Vitest 5 keeps it to itself. */
  startTests?(specs: unknown[], runner: unknown): Promise<unknown>;
  getFn(test: TestTask): () => unknown;
  getHooks(suite: SuiteTask): SuiteHooks;
  vi: { resetConfig(): void; restoreAllMocks(): void };
  describe(name: string, define: () => void): void;
  test: ((name: string, call: () => void) => void) & Record<string, unknown>;
  /** The global object of the tests. */
  global: typeof globalThis;
}

export interface Task {
  type: 'suite' | 'test' | 'custom';
  name: string;
  mode: 'run' | 'skip' | 'only' | 'todo' | 'queued';
  concurrent?: boolean;
  suite?: SuiteTask;
  file: SuiteTask;
  result?: TaskResult | undefined;
}

export interface TaskResult {
  state: string;
  startTime?: number;
  duration?: number;
  retryCount?: number;
  repeatCount?: number;
  pending?: boolean;
  errors?: unknown[] | undefined;
}

export interface SuiteTask extends Task {
  type: 'suite';
  tasks: Task[];
  filepath?: string;
}

export interface TestTask extends Task {
  type: 'test';
  context: unknown;
  fails?: boolean;
  retry?: number | { count?: number };
  repeats?: number;
  promises?: Promise<unknown>[] | undefined;
  onFinished?: ((context: unknown) => unknown)[] | undefined;
  onFailed?: ((context: unknown) => unknown)[] | undefined;
}

export type EachHook = (context: unknown, suite: SuiteTask) => unknown;
export type AllHook = (suite: SuiteTask) => unknown;

export interface SuiteHooks {
  beforeAll: AllHook[];
  afterAll: AllHook[];
  beforeEach: EachHook[];
  afterEach: EachHook[];
  aroundAll?: unknown[];
  aroundEach?: unknown[];
}

/** Where inline snapshots stand that were compared. */
export interface SnapshotState {
  _inlineSnapshotStacks?: object[];
}

/** Vitest's own runner and what of it is not public: the modules that it loaded, the snapshots that it holds. */
export interface BaseRunner {
  config: { name?: string; passWithNoTests?: boolean };
  cancelRun: boolean;
  workerState: {
    filepath?: string;
    ctx: { files: (string | { filepath: string; testLocations?: undefined })[] };
    config: { snapshotOptions: { updateSnapshot: string; snapshotEnvironment: object } };
    /** Vitest 4 and later. */
    evaluatedModules?: { idToModuleMap: Map<string, EvaluatedModule> };
    /** Vitest 2 and 3. */
    moduleCache?: Map<string, unknown> & { invalidateModule(module: unknown): void };
  };
  /** Vitest 4 and later. */
  moduleRunner?: { mocker?: { reset(): void }; vitestOptions?: { transport?: Record<string, Asker> } };
  /** Vitest 2 and 3. */
  __vitest_executor?: { mocker?: { reset(): void }; options?: Record<string, Asker> };
  snapshotClient: { snapshotStateMap?: Map<string, SnapshotState>; filepath?: unknown; snapshotState?: unknown };
  importFile(file: string, source: 'collect' | 'setup'): Promise<unknown>;
  onBeforeCollect?(paths: string[]): Promise<void> | void;
  onCollectStart?(file: SuiteTask): void;
  onCollected?(files: SuiteTask[]): Promise<void>;
  onTaskUpdate?(...args: unknown[]): Promise<void>;
  onBeforeRunTask(test: TestTask): Promise<void>;
  onAfterRunTask(test: TestTask): Promise<void> | void;
  onBeforeTryTask?(test: TestTask, attempt: { retry: number; repeats: number }): unknown;
  onAfterTryTask?(test: TestTask, attempt: { retry: number; repeats: number }): unknown;
  onAfterRunSuite?(suite: SuiteTask): Promise<void>;
  onAfterRunFiles?(files: SuiteTask[]): Promise<void> | void;
  runTask?: ((test: TestTask) => Promise<void>) | undefined;
}

type Asker = ((...args: unknown[]) => Promise<unknown>) | undefined;

export interface EvaluatedModule {
  promise?: unknown;
  exports?: unknown;
  evaluated?: boolean;
  importers: Set<string>;
}

export type RunnerClass = new (config: BaseRunner['config']) => BaseRunner;
