import type { ResolvedMutant } from '../mutation/index.ts';
import type { PlacedChange } from './writing/index.ts';

/** A test that was seen to pass, and to fail with each of its mutants: a new one, or one of the project's with assertions that say more. */
export interface Proposal {
  kind: 'test' | 'assertions';
  mutants: ResolvedMutant[];
  /** The title of a new test; the full name of one that is there. */
  title: string;
  /** Of a test that runs once for each row of a table, what the titles of its runs are like, as a regular expression, and how many rows there are. */
  table?: { pattern: string; rows: number };
  /** What is written, as it stands in the file. */
  text: string;
  testFile: string;
  /** What it changes in its file, in order. */
  changes: PlacedChange[];
  /** What a person should look at before taking it, for example that it records NaN. */
  remarks: string[];
  /** How often it passed, in ever another order. */
  passed: number;
}

/** Tests for one file, as an edit of it. */
export interface TestEdit {
  testFile: string;
  /** Whether the file is not there yet. */
  isNew: boolean;
  /** The text that the edit is for. */
  before: string;
  /** In order, without overlaps. */
  changes: PlacedChange[];
}

/** A mutant that no test was found for, and why. */
export interface Unkilled {
  mutant: ResolvedMutant;
  /**
   * `equivalent`: its expression came to something else in many calls and none of them did, so that it probably is no change that anyone could see.
   * `same`: no call was found that makes a difference.
   */
  kind: 'equivalent' | 'same' | 'not-reached' | 'obstacle' | 'not-written' | 'not-proved';
  tries: number;
  reached: number;
  why: string;
}

/** What came of it. */
export interface Strengthening {
  proposals: Proposal[];
  edits: TestEdit[];
  unkilled: Unkilled[];
  /** How many mutants were asked for. */
  asked: number;
}

/** What is said on the way. */
export type StrengthenEvent =
  | { kind: 'looking'; mutants: number; done: number; found: number }
  | { kind: 'proving'; tests: number; done: number }
  | { kind: 'log'; line: string };
