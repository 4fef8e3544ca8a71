import type { FoundTest, RanTest } from '../jobs.ts';

/** A test framework inside one of its own workers. Each framework has one implementation. */
export interface Harness {
  /** The global object of the realm that tests run in, where it is not the worker's own. */
  readonly global?: object;
  /** Whether the framework runs each test file in a process or thread of its own. */
  readonly isolates?: boolean;
  /** How long it took so far to compile what no process of this run will have to compile again, milliseconds. */
  readonly compiledMs?: number;
  /** Has `listener` hear when such compiling begins and when it ends. */
  watchCompiling?(listener: (begins: boolean) => void): void;
  /**
   * Runs the tests of a file as the framework itself does, in fresh modules: hooks, fixtures, retries, time limits and all.
   * Resolves when everything that it started has been told; rejects only when the worker is of no use any more.
   */
  fresh(file: string, watch: Watch): Promise<FreshEnd>;
  /** Loads a file in fresh modules and keeps it open, so that its tests can be called again and again; or says why that cannot be. */
  open(file: string): Promise<OpenFile | { cold: string }>;
  /** Absolute paths of the workspace's files that were loaded so far, where the host does not know them by itself. */
  loaded?(): Iterable<string>;
}

/** What is asked and told while a file runs. */
export interface Watch {
  /** Keys of the tests to run; all where missing. */
  only?: ReadonlySet<string>;
  /** Whether tests that may run at the same time must not: what runs could not be told apart. */
  oneByOne: boolean;
  /** Whether it is of interest what becomes of the tests behind one that failed. */
  seesAll?: boolean;
  /** Where given, tests run in another order than they are written in: which one follows from this number. */
  shuffled?: number | undefined;
  /** A test begins, its hooks included. */
  begins(test: FoundTest): void;
  /** A test ended, its hooks included. Answers whether the tests after it shall still run. */
  ended(test: RanTest): boolean;
}

/** How a file ended. */
export interface FreshEnd {
  /** What failed outside of all tests: the file could not be loaded, a hook for a whole suite failed, or an error was left unhandled. */
  error?: string;
  /** What the framework says of a file without tests, where it has none and that fails. */
  empty?: string;
  /** Whether what failed with a mutant was seen to pass without it, where it failed. */
  controlled?: boolean;
}

/** A loaded file whose tests can be called. */
export interface OpenFile {
  tests: ReadonlyMap<string, CallableTest>;
  close(): Promise<void>;
}

/** A test that can be called again and again. */
export interface CallableTest extends FoundTest {
  /** The suites around it that have hooks of their own, outermost first. */
  suites: readonly CallableSuite[];
  /**
   * Calls it once with everything that the framework does around it: hooks for each test, retries, the mark that it must fail.
   * Answers why it failed; nothing when it passed.
   */
  call(): Promise<Error | undefined>;
}

/** A suite with hooks that run once around all its tests. */
export interface CallableSuite {
  enter(): Promise<void>;
  leave(): Promise<void>;
}
