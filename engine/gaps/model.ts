import type { Range } from '../model/index.ts';
import type { ReachedBy } from '../witness/index.ts';
import type { History } from '../workspace/index.ts';

/** How bad it would be to leave a path as it is; `unknown` where nothing of it has been judged. */
export type Risk = 'critical' | 'high' | 'medium' | 'low' | 'unknown';

/** A function that belongs to a path. */
export interface Part {
  /** Relative to the package. */
  file: string;
  /** Its qualified name or, of the handler of a route without one, the route. */
  title: string;
  range: Range;
}

/** What makes a source file critical where nobody declared it. */
export interface Signals {
  /** Whether what it exports is offered by the package's entry points. */
  exported: boolean;
  /** How many other source files import it. */
  fanIn: number;
  /** How many functions it has. */
  functions: number;
  /** Commits of the last year that touched it, and those that mended something; missing where there is no history. */
  changes?: number;
  fixes?: number;
}

/** What should not fail unnoticed: what the project declares, or a file that looks like it. */
export interface CriticalPath {
  name: string;
  origin: 'declared' | 'found';
  /** Why it is critical, as the project says it. */
  why?: string;
  /** 0 to 1. */
  criticality: number;
  /** Files (relative to the package) that belong to it as a whole, with what stands outside of functions. */
  files: string[];
  /** Its functions: all of those files, and others. */
  parts: Part[];
  /** Of the file, where it was found. */
  signals?: Signals;
}

/** What the stored results say of a path. */
export interface Measured {
  /** Functions of it; those that were judged have a mutant whose verdict is of today's text, or a test was seen to run them. */
  functions: { total: number; judged: number; reached: number; stale: number };
  /** Judged functions that no test reaches. */
  unreached: Part[];
  /** How functions are called that tests run and none would miss. */
  pseudoTested: string[];
  /** How many functions were judged without their body, those inside of one that can go left out. */
  removalsJudged: number;
  /** Killed and timed out over valid mutants, 0 to 100; null where no more than a quick scan judged it. */
  killRate: number | null;
  /** Tests that reach it, by their ids in the store. */
  tests: Set<number>;
  /** Tests that were seen to run it when they were proved; some may be among those above. */
  seenBy: ReachedBy['tests'];
}

/** How much the tests that reach a path check, as the audit reads them: 0 to 100. */
export interface ReachingTests {
  count: number;
  /** How many of them the audit could read. */
  read: number;
  /** Null where none could be read. */
  mean: number | null;
  min: number | null;
}

/** A row of the matrix. */
export interface Gap extends Omit<CriticalPath, 'parts'> {
  risk: Risk;
  /** Why the risk is what it is. */
  sentence: string;
  functions: Measured['functions'];
  tests: ReachingTests;
  killRate: number | null;
  pseudoTested: string[];
  /** Names of judged functions that no test reaches. */
  unreached: string[];
  /** Where it is looked at first: the first function that no test reaches, else the first of all; missing where there is none. */
  at?: { file: string; range: Range };
}

/** Something of a declared path that is not there. */
export interface Unmatched {
  /** The name of the declared path. */
  path: string;
  kind: 'files' | 'functions' | 'routes';
  pattern: string;
  message: string;
}

/** How well what must not fail unnoticed is tested, the riskiest first. */
export interface GapMatrix {
  /** Absolute path of the package. */
  directory: string;
  gaps: Gap[];
  unmatched: Unmatched[];
  /** What the history of the repository was read from; undefined where there is none. */
  history: Pick<History, 'commits' | 'isShallow'> | undefined;
}
