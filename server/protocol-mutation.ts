import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Evidence, Failure, Position, Range } from '../engine/model/index.ts';
import type { MutantStatus, Phase, StatusCounts, StoredRun } from '../engine/mutation/index.ts';

/** What is told of mutants, runs and the tests that are found for them. Positions are zero-based line and column. */

/** A function of a file, or the code outside of functions, with what is known of its mutants. */
export interface FunctionSummary {
  /** For example `Cart.add`; `(top level)` for code outside of functions. */
  name: string;
  range: Range;
  counts: StatusCounts;
  /** Killed and timed out over valid mutants, 0 to 100; null where there is none to count. */
  score: number | null;
  /** Whether its text has changed since its mutants were judged. */
  stale: boolean;
  /** Whether only a quick scan has judged it: there is no score to make of that. */
  scanned: boolean;
}

/** A file with results. */
export interface FileSummary {
  uri: string;
  /** Relative to its package, with forward slashes. */
  path: string;
  counts: StatusCounts;
  /** Of the functions that more than a quick scan has judged, like those of a package. */
  score: number | null;
  /** Survivors that are shown; the others are held back. */
  shown: number;
  /** Survivors and mutants without coverage that are not worth a look; they count in the score like any other. */
  suppressed: number;
  /** Expected worth of a look, higher first: mutants that no test noticed or reached, of functions that are not stale. */
  risk: number;
  /** Milliseconds since the epoch. */
  judgedAt: number;
  functions: FunctionSummary[];
}

/** A package with results; its files are sorted by risk, the riskiest first. */
export interface PackageSummary {
  name: string;
  /** Absolute path. */
  directory: string;
  counts: StatusCounts;
  score: number | null;
  /** The score of the mutants that a test reached. */
  coveredScore: number | null;
  /** How the newest of its results came to be. */
  lastRun?: StoredRun;
  files: FileSummary[];
  /** Tests that run most survivors and kill least, the weakest first. */
  weakestTests: WeakTest[];
}

/** A test that ran mutants and let them live. */
export interface WeakTest {
  test: TestView;
  /** Survivors among the mutants that it ran. */
  survivors: number;
  /** Mutants that it noticed. */
  kills: number;
}

/** A test as people see it. */
export interface TestView {
  name: string;
  uri?: string;
  position?: Position;
  durationMs: number;
}

/** A mutant as people see it. */
export interface MutantView {
  /** Identity by content: the same through runs and edits elsewhere in the file. */
  id: string;
  mutator: string;
  status: MutantStatus;
  range: Range;
  original: string;
  replacement: string;
  static: boolean;
  stale: boolean;
  /** What the verdict means, in words. */
  sentence: string;
  /** Name of the function it stands in. */
  function: string;
  reason?: string;
  /** Whether it is shown in the editor. */
  shown: boolean;
  /** Why it is not worth a look, of one that no test noticed or reached. */
  suppressed?: string;
  /** Indexes into the tests of the {@link FileDetail}. */
  coveredBy: number[];
  killedBy: number[];
}

/** A file with everything that is known of it. */
export interface FileDetail {
  summary: FileSummary;
  /** The text that the ranges speak of: what is in the editor, else on the disk. */
  text: string;
  mutants: MutantView[];
  tests: TestView[];
}

/** What to mutate: whole files, whole folders, or, of a file, what lies in a range; an empty range means the function around it. */
export interface MutateParams {
  /** Names the run in its {@link ProgressParams}; chosen by the client. */
  run: number;
  targets: { uri: string; range?: Range }[];
  /** Whether it is a quick scan: each function's whole body is removed, and nothing else is changed. */
  extreme?: boolean;
}

/** How a run that was asked for ended. */
export interface MutateResult {
  status: 'done' | 'cancelled' | 'failed';
  failures: Failure[];
  counts: StatusCounts;
  score: number | null;
  /** What a quick scan found of functions: how many tests run and none would miss, how many no test runs, and how many it judged. */
  functions?: { pseudoTested: number; notRun: number; judged: number };
}

/** Which mutants of a file to find tests for; all that no test noticed and that are worth a look where none are named. */
export interface StrengthenParams {
  /** Names it in its {@link ProgressParams}; chosen by the client. */
  run: number;
  uri: string;
  mutantIds?: string[];
  /** The tests of a file (by their full names) that are to say more; then no new test is searched for. */
  within?: { uri: string; names: string[] } | undefined;
}

/** Tests that were seen to notice mutants, as an edit. */
export interface StrengthenResult {
  status: 'done' | 'cancelled' | 'failed';
  failures: Failure[];
  /** How many mutants were asked for, how many of them are noticed now, by how many new tests, and by how many of the project's with stronger assertions. */
  asked: number;
  killed: number;
  tests: number;
  stronger: number;
  edit: WorkspaceEdit | null;
  /** What a person should look at before taking it, for example that it records NaN. */
  remarks: string[];
  /** The texts that the edit is for, `null` for a file that it makes: where a document has another one by now, it does not fit. */
  before: { uri: string; text: string | null }[];
  /** The functions to judge again once the edit is made. */
  again: Range[];
  /** The mutants that no test was found for. `equivalent`: probably no change at all. */
  left: { mutantId: string; kind: 'equivalent' | 'same' | 'not-reached' | 'obstacle' | 'not-written' | 'not-proved'; sentence: string }[];
}

/** A function that tests run and that none would miss. */
export interface PseudoTested {
  uri: string;
  /** `Cart.add` or, of one without a name, `(line) => … in Cart.add`. */
  title: string;
  /** Where its name stands. */
  at: Range;
  sentence: string;
  /** How many tests run it, and how long they take together, milliseconds. */
  tests: number;
  testsMs: number;
}

/** A run under way; sent at each change, at most some ten times a second. */
export interface ProgressParams {
  run: number;
  packageName: string;
  phase: Phase | 'preparing' | 'ended';
  judged: number;
  planned: number;
  survived: number;
  /** The whole sentence that is shown, for example `132 of 471 mutants · 12 survived · 30 being confirmed`. */
  text: string;
}

/** The formats that results can be exported in. */
export type ExportFormat = 'json' | 'html' | 'sarif' | 'markdown';

/** What Assay would do for a file, each answer with its evidence. */
export interface Detected {
  failure?: Failure;
  packageName?: string;
  directory?: string;
  framework?: string;
  testPatterns?: string[];
  evidence: Evidence[];
}
