/** What Jest makes of a file: the code that runs, and where its source map is. */
export interface Transformed {
  code: string;
  originalCode: string;
  sourceMapPath: string | null;
}

/** What we use of Jest's own packages, versions 29 and 30, described here because one build serves them all. */
export interface JestCore {
  SearchSource: new (
    context: Context,
  ) => {
    getTestPaths(...args: unknown[]): Promise<{ tests: { path: string }[] }>;
    findRelatedTests(paths: Set<string>, collectCoverage: boolean): Promise<{ tests: { path: string }[] }>;
  };
}

export interface JestCli {
  buildArgv(args: string[]): Promise<Argv>;
}

export type Argv = Record<string, unknown> & {
  projects?: string[];
  selectProjects?: string[];
  ignoreProjects?: string[];
  runInBand?: boolean;
  maxWorkers?: number | string;
};

export interface JestConfigReader {
  readConfigs(argv: Argv, projects: string[]): Promise<{ globalConfig: GlobalConfig; configs: ProjectConfig[]; configPath?: string | null }>;
}

export interface JestRuntime {
  createContext(config: ProjectConfig, options: object): Promise<Context>;
}

/** Jest's configuration for the whole run. */
export type GlobalConfig = Record<string, unknown> & { globalSetup?: string | null; globalTeardown?: string | null };

/** Jest's configuration of one project. What its transformers' caches are keyed by, so it is never changed. */
export type ProjectConfig = Record<string, unknown> & {
  id: string;
  displayName?: { name: string };
  /** Absolute path. */
  rootDir: string;
  /** Absolute path of the folder that what files are compiled to is kept in. */
  cacheDirectory: string;
  globalSetup?: string | null;
  globalTeardown?: string | null;
  /** Absolute path. */
  runner: string;
  /** Absolute path. */
  testEnvironment: string;
  /** Absolute path. */
  testRunner: string;
  /** Absolute paths. */
  setupFiles: string[];
  setupFilesAfterEnv?: string[];
  globals?: Record<string, unknown>;
  transform: [pattern: string, path: string, options: unknown][];
};

/** A project and the map of its files. */
export interface Context {
  config: ProjectConfig;
  moduleMap: { toJSON(): unknown };
}

export interface JestTransform {
  createScriptTransformer(config: ProjectConfig, cacheFS?: Map<string, string>): Promise<ScriptTransformer>;
}

export interface ScriptTransformer {
  _config?: Pick<ProjectConfig, 'id' | 'transform' | 'globals'>;
  transformSource(file: string, text: string, options: unknown): Transformed;
  transformSourceAsync(file: string, text: string, options: unknown): Promise<Transformed>;
  requireAndTranspileModule(name: string, callback?: (module: unknown) => unknown, ...rest: unknown[]): Promise<unknown>;
  transform(file: string, options: unknown, text?: string): unknown;
  transformAsync(file: string, options: unknown, text?: string): Promise<unknown>;
  transformJson(file: string, ...rest: unknown[]): unknown;
}

/** jest-runner's `testWorker`: what runs in each of Jest's own workers. */
export interface TestWorker {
  setup(data: { serializableResolvers: { config: ProjectConfig; serializableModuleMap: unknown }[] }): void | Promise<void>;
  worker(task: { config: ProjectConfig; globalConfig: GlobalConfig; path: string; context: object }): Promise<TestFileResult>;
}

export interface TestFileResult {
  testExecError?: { message: string; stack?: string };
  testResults: { status: string; failureMessages: string[] }[];
}

export interface Environment {
  global: typeof globalThis;
  fakeTimers?: { useRealTimers(): void } | null;
  fakeTimersModern?: { useRealTimers(): void } | null;
  handleTestEvent?: EventHandler;
}

export type EventHandler = (event: CircusEvent, state: CircusState) => unknown;

/** The test framework of a project: circus, as jest-runner calls it. */
export type TestFramework = (
  globalConfig: GlobalConfig,
  config: ProjectConfig,
  environment: Environment,
  runtime: Runtime,
  file: string,
  send?: unknown,
) => Promise<TestFileResult>;

/** What loads the modules of one test file. */
export interface Runtime {
  resetModules(): void;
  enterTestCode?(): void;
  restoreAllMocks(): void;
  requireModule(path: string): unknown;
  /** Loads a module of Jest's own in the environment: `to` as `from` names it, or `from` itself. */
  requireInternalModule(from: string, to?: string): unknown;
  /** Until 30.3; makes a `vm.Script` in 29, a function since. */
  createScriptFromCode?(text: string, filename: string): unknown;
  unstable_shouldLoadAsEsm(path: string): boolean;
  unstable_importModule(path: string): Promise<unknown>;
  /** Modules of Jest's own in the environment of the tests, by path; since 30.4 in `registries`. */
  _internalModuleRegistry?: Map<string, unknown>;
  registries?: { internalModuleRegistry?: Map<string, unknown> };
}

/** Something that happens in circus (packages/jest-types/src/Circus.ts). */
export interface CircusEvent {
  name: string;
  test?: CircusTest;
  describeBlock?: CircusSuite;
  runtimeGlobals?: { expect: Expect };
}

export interface Expect {
  getState(): { snapshotState: SnapshotState };
}

export interface SnapshotState {
  clear(test?: CircusTest): void;
  save(): unknown;
}

export interface CircusState {
  rootDescribeBlock: CircusSuite;
  hasFocusedTests: boolean;
  describeRetryOptions?: WeakMap<CircusSuite, unknown>;
}

export interface CircusSuite {
  type: 'describeBlock';
  name: string;
  mode?: string | undefined;
  parent?: CircusSuite;
  children: (CircusSuite | CircusTest)[];
  hooks: { type: string }[];
}

export interface CircusTest {
  type: 'test';
  name: string;
  parent: CircusSuite;
  mode?: string | undefined;
  concurrent: boolean;
  /** What was thrown, or that with an error made where the test was defined. */
  errors: unknown[];
  invocations: number;
  retryReasons: unknown[];
  unhandledRejectionErrorByPromise?: Map<unknown, unknown>;
}
