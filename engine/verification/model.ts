import type { Position, Range } from '../model/index.ts';

/** What a compiler, type checker or bundler says of a place. */
export interface Problem {
  /** The tool that says so: `tsc`, `cargo`, `mypy`. */
  tool: string;
  severity: 'error' | 'warning';
  message: string;
  /** The tool's own code: `TS2322`, `E0308`, `arg-type`. */
  code?: string;
  /** Absolute path; missing where the problem has no place. */
  file?: string;
  /** Where it is, as far as the tool told: a tool that tells a line only gives the whole line (`end.column` is then `Number.MAX_SAFE_INTEGER`). */
  range?: Range;
}

/** What became of a test. */
export type TestState = 'passed' | 'failed' | 'skipped' | 'todo';

/** Why a test failed. */
export interface TestFailure {
  message: string;
  expected?: string;
  actual?: string;
  /** The place in the project's own code that the failure points to; absolute path. */
  file?: string;
  position?: Position;
  stack?: string;
}

/** A test that ran, or was passed over. */
export interface RanTest {
  /** Which framework ran it: `vitest`, `pytest`. */
  framework: string;
  /** Absolute path of the test's file, where the framework tells it. */
  file?: string;
  /** Suites from the outermost, then the test. */
  title: readonly string[];
  /** Where the test stands in its file. */
  position?: Position;
  state: TestState;
  /** Milliseconds; missing where the framework tells none. */
  durationMs?: number;
  failure?: TestFailure;
  /** What identifies the test to its framework, for running it alone (pytest's node id, Go's package and name). */
  id?: string;
}

/** A test file, package or crate that could not be loaded or built, so that none of its tests ran. */
export interface BrokenFile {
  framework: string;
  /** Absolute path, where it is known. */
  file?: string;
  position?: Position;
  message: string;
}

/** What a test run told. */
export interface TestReport {
  tests: readonly RanTest[];
  broken: readonly BrokenFile[];
  /** How it was told: by a reporter of ours or the tool's machine form, read from the output for people, or not at all. */
  source: 'reporter' | 'output' | 'none';
}
