/** What we use of Mocha, versions 8 to 12, described here because one build serves them all. */
export interface MochaClass {
  new (options: MochaOptions): MochaInstance;
  Runner: RunnerClass;
  interfaces: Record<string, unknown>;
}

/** Mocha's own options, as it reads them from its command line and configuration. */
export interface MochaOptions {
  [option: string]: unknown;
  require?: string | string[];
  file?: string | string[];
  checkLeaks?: boolean;
  asyncOnly?: boolean;
  fullTrace?: boolean;
  global?: string | string[];
}

export interface MochaInstance {
  suite: Suite;
  files: string[];
  options: MochaOptions;
  loadFilesAsync(): Promise<void>;
  run(ended: (failures: number) => void): Runner;
}

export interface Suite {
  title: string;
  root: boolean;
  parent?: Suite;
  suites: Suite[];
  tests: Test[];
  _onlyTests: Test[];
  _onlySuites: Suite[];
  _beforeAll: Runnable[];
  _afterAll: Runnable[];
  hasOnly(): boolean;
  filterOnly(): boolean;
  titlePath(): string[];
}

export interface Runnable {
  type: 'test' | 'hook';
  title: string;
  parent: Suite;
  ctx?: { currentTest?: Test };
}

export interface Test extends Runnable {
  file?: string;
  state?: 'passed' | 'failed' | 'pending';
  fullTitle(): string;
  titlePath(): string[];
  isPending(): boolean;
  clone(): Test;
}

export interface RunnerClass {
  new (suite: Suite, options: object): Runner;
}

export interface Runner {
  suite: Suite;
  state: string;
  failures: number;
  _abort: boolean;
  checkLeaks: boolean;
  asyncOnly: boolean;
  fullStackTrace: boolean;
  uncaught(error: unknown): void;
  /** Mocha 8.2 and later. */
  unhandled?(reason: unknown, promise: unknown): void;
  globals(names: string[]): void;
  abort(): void;
  dispose?(): void;
  hook(name: 'beforeAll' | 'afterAll', ended: (error?: unknown) => void): void;
  runTests(suite: Suite, ended: (failedSuite?: Suite) => void): void;
  on(event: 'suite', listener: (suite: Suite) => void): this;
  on(event: 'hook', listener: (hook: Runnable) => void): this;
  on(event: 'test' | 'test end' | 'pending' | 'retry', listener: (test: Test) => void): this;
  on(event: 'fail', listener: (failed: Runnable, error: unknown) => void): this;
}

/** What Mocha takes out of the modules that it is told to require. */
export interface Plugins {
  rootHooks?: Partial<Record<'beforeAll' | 'beforeEach' | 'afterAll' | 'afterEach', unknown[]>>;
  globalSetup?: GlobalFixture[];
  globalTeardown?: GlobalFixture[];
}

export type GlobalFixture = (this: object) => unknown;
