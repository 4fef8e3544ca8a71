import type { Range } from '../../model/index.ts';

/** How much of something tests ran. */
export interface Covered {
  covered: number;
  total: number;
}

/** How much of some code tests ran; null is what the tool that measured it does not tell. */
export interface CoverageCounts {
  lines: Covered | null;
  statements: Covered | null;
  branches: Covered | null;
  functions: Covered | null;
}

/** A statement; where a tool tells lines only, a line. */
export interface CoveredStatement {
  range: Range;
  /** How often it ran; where a tool tells only whether it did, 1 or 0. */
  count: number;
}

/** A place where code may go on in several ways. */
export interface CoveredBranch {
  range: Range;
  /** What kind of branch it is, as its tool calls it: `if`, `switch`, `binary-expr`. */
  kind: string;
  arms: BranchArm[];
}

/** One of the ways. */
export interface BranchArm {
  /** Missing where it has no code of its own: an `if` without `else` that is passed by. */
  range?: Range;
  /** How often it was taken. */
  count: number;
}

export interface CoveredFunction {
  name: string;
  /** Where it is declared. */
  range: Range;
  count: number;
}

/** A file of the project with what tests ran of it. */
export interface CoveredFile {
  /** Absolute path. */
  file: string;
  counts: CoverageCounts;
  statements: CoveredStatement[];
  branches: CoveredBranch[];
  functions: CoveredFunction[];
}

/** What a run of the tests covered. */
export interface Coverage {
  files: CoveredFile[];
  /** What it was measured with: `v8`, `istanbul`, `go`, `coverage.py`, `lcov`. */
  tools: string[];
  /** Why there is nothing, or not all. Sentences. */
  notes: string[];
}
