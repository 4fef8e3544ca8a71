import type { Range } from '../model/index.ts';

/**
 * What came of a test: something broken made it fail, nothing did, not all could be tried, it runs no code of its package, or it fails as it is.
 * A test that noticed nothing is a _false positive_: it passes whatever the code does.
 */
export type TestVerdict = 'noticed' | 'unnoticed' | 'undecided' | 'reaches-nothing' | 'fails';

/** A function that a test runs. */
export interface ReachedFunction {
  /** Absolute path. */
  file: string;
  /** Its name; of one without a name, what stands in front of its body. */
  name: string;
  /** The body that can be removed. */
  range: Range;
}

/** An assertion of a test that was never made, and what kept it from being made. Offsets are from the beginning of the test. */
export interface NeverMade {
  start: number;
  end: number;
  /** The end of a sentence: `` `result.ok` did not hold ``. */
  why: string;
}

/** The message of the error that an assertion got, which any error would have satisfied. Offsets are from the beginning of the test. */
export interface Thrown {
  start: number;
  end: number;
  message: string;
}

/** What a test that is written in a file was seen to do when it ran. */
export interface Testimony {
  /** Its place among the tests that are written in the file. */
  place: number;
  /** Titles of the suites around it and its own, as they are written. */
  title: string[];
  /** Where it stood, by offsets. */
  start: number;
  end: number;
  /** How much it checks by its text, 0 to 100. */
  strength: number;
  verdict: TestVerdict;
  /** With how many breakages it was run and passed, where nothing made it fail. */
  breakages: number;
  reached: ReachedFunction[];
  neverMade: NeverMade[];
  /** Only where it was the same each time. */
  thrown: Thrown[];
  /** Why it is undecided, or fails. */
  why?: string;
}

/** What the tests of a file were seen to do. */
export interface FileTestimony {
  /** Absolute path. */
  file: string;
  /** The text that ran. */
  text: string;
  tests: Testimony[];
  /** Why nothing is known of them, or not of all. */
  problem?: string;
}
