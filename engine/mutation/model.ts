import type { Position, Range } from '../model/index.ts';

/** What became of a mutant: the words of the mutation-testing report schema. */
export type MutantStatus = 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout' | 'RuntimeError' | 'CompileError' | 'Ignored' | 'Pending';

/** One small change to a program, made on purpose to see whether a test notices. */
export interface Mutant {
  /** Unique within its run. */
  id: string;
  /** Absolute path of the mutated file. */
  file: string;
  range: Range;
  /** The mutator's name, for example `EqualityOperator`. */
  mutator: string;
  /** The text that stands in `range`. */
  original: string;
  /** The text that took its place. */
  replacement: string;
  /** Whether the mutated code runs when its module loads, so that no single test can be told to cover it. */
  static: boolean;
}

/** A mutant with what became of it and the evidence for that. */
export interface Verdict extends Mutant {
  status: MutantStatus;
  /** The failure of the killing test, the reason of an error or of being ignored, in the tool's words. */
  reason?: string;
  /** Indexes, into the run's tests, of those that ran the mutated code. */
  coveredBy: number[];
  /** Indexes, into the run's tests, of those that noticed. */
  killedBy: number[];
  /** How many tests ran for this verdict. */
  testsRun?: number;
  /** Whether it is not final: a later verdict on this mutant confirms it or takes its place. */
  provisional?: boolean;
}

/** A test as the dry run saw it. */
export interface TestCase {
  /** The full title: suites and test. */
  name: string;
  /** Absolute path, where the framework tells it. */
  file?: string;
  position?: Position;
  durationMs: number;
}

/** How many mutants have each status. */
export type StatusCounts = Record<MutantStatus, number>;

/** Statuses in the order in which they are shown. */
export const STATUSES: readonly MutantStatus[] = [
  'Survived',
  'NoCoverage',
  'Killed',
  'Timeout',
  'RuntimeError',
  'CompileError',
  'Ignored',
  'Pending',
];

/** Counts each status. */
export function countStatuses(verdicts: Iterable<{ status: MutantStatus }>): StatusCounts {
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as StatusCounts;
  for (const { status } of verdicts) counts[status]++;
  return counts;
}
