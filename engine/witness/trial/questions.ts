import type { Range } from '../../model/index.ts';

/** A mutant that is tried. */
export interface Breakage {
  /** The same for each trial with the same files. */
  id: string;
  file: string;
  range: Range;
  mutator: string;
  replacement: string;
}

/** What the trial of a test file is asked. */
export interface Questions {
  /** What its text calls itself by. */
  unit: number;
  /** How many assertions and gates it counts. */
  checks: number;
  gates: number;
  /** Ids of breakages with which a process came to a bad end: they are left out. */
  skipped: string[];
  /** The tests (by key) to look at; all that pass where missing. */
  suspects?: string[];
  /** Whether functions that lost their body are tried with constants that they return, too. */
  returns: boolean;
  /** How long breakages are tried, milliseconds. */
  budgetMs: number;
}

/** A test as it ran without a breakage. */
export interface Ran {
  key: string;
  name: string;
  /** The tests that are written in the file and began in it, by their places in the audit; more than one where they hold each other. */
  tests: number[];
  state: 'passed' | 'failed' | 'skipped';
  message?: string;
  /** Places among {@link Dry.breakages} of those whose code it ran. */
  reached: number[];
}

/** What the tests of a file did without a breakage. */
export interface Dry {
  kind: 'dry';
  ran: Ran[];
  /** Those whose code some test ran. */
  breakages: Breakage[];
  /** How often each assertion and each gate was come to. */
  checks: number[];
  gates: number[];
  /** The messages that assertions got of what threw, by their places, where any error would have done. */
  thrown: Record<number, string[]>;
  /** What failed outside of all tests. */
  error?: string;
}

/** What a trial tells, in this order: the dry run; tests as they notice something; how it ended. */
export type Finding =
  | Dry
  | { kind: 'noticed'; key: string; breakage: string }
  /**
   * With how many breakages each test ran that noticed none (by key), of which of them not all that it runs was broken, and tests that fail after others
   * without any breakage.
   */
  | { kind: 'end'; tried: Record<string, number>; unfinished: string[]; unsteady: string[] };
