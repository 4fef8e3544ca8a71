import type { TestCounts } from '../model.ts';

/**
 * What our reporters write while tests run: a line of JSON for each event, appended to a file that several processes may write to. Reporters run on the
 * project's own runtime and are kept small; all that can be worked out afterwards is.
 */

/** The environment variable that names the file of events; without it, none of our reporters does anything. */
export const EVENTS_VARIABLE = 'ASSAY_TEST_EVENTS';

/** The environment variable that holds the tests that are to run, where not all are: {@link WantedTest}s as JSON. */
export const ONLY_VARIABLE = 'ASSAY_ONLY_TESTS';

/** A test that is to run. */
export type WantedTest = readonly [framework: string, file: string, title: readonly string[], id: string];

/** A place as reporters tell it: one-based, `column` missing where there is none. */
export type ToldPlace = readonly [line: number, column?: number];

/** A failure as a framework tells it. */
export interface ToldFailure {
  message: string;
  expected?: string;
  actual?: string;
  stack?: string;
  /** Where the framework itself says that it failed; absolute path. */
  at?: { file: string; place: ToldPlace };
}

/** A test that ended, in a run of a framework; what ends once more (a retry) replaces what it was by `key`. */
export interface ToldTest {
  /** What tells the test from the others of its file. */
  key: string;
  file?: string;
  title: readonly string[];
  place?: ToldPlace;
  state: 'passed' | 'failed' | 'skipped' | 'todo';
  ms?: number;
  failure?: ToldFailure;
  id?: string;
}

/** What our reporters tell. `run` tells runs of frameworks apart. */
export type TestEvent =
  /** The program of a framework starts; whether it comes to a run is told by what follows. */
  | { type: 'starts'; framework: string }
  | { type: 'run'; run: string; framework: string; version?: string }
  | { type: 'begin'; run: string; file?: string; title: readonly string[] }
  | { type: 'test'; run: string; test: ToldTest }
  /** All tests of a file, when it ended: in the place of those that were told of it before. */
  | { type: 'file'; run: string; file: string; tests: readonly ToldTest[] }
  | { type: 'broken'; run: string; file?: string; place?: ToldPlace; message: string; stack?: string }
  /** Tests of which only the number is told, in all so far. */
  | { type: 'counts'; run: string; counts: TestCounts }
  | { type: 'end'; run: string };
