import type { AuditPoint, AuditSummary, Band, PlacedFinding, TestState } from '../engine/audit/index.ts';
import type { Failure, Position, Range } from '../engine/model/index.ts';
import type { AuditFormat } from '../engine/report/index.ts';

/** What client and server tell each other about the tests as a whole; a part of `protocol.ts`, which hands it on. */

/** An audit of all test files of the open folders, as they are in the editor or else on the disk. */
export interface TestAuditParams {
  /** Names it in its {@link AuditProgressParams}; chosen by the client. */
  run: number;
  /** Whether a person asked for it: then its numbers are stored also where nothing is stored yet. */
  asked: boolean;
}

/** How far an audit is; sent some ten times a second. */
export interface AuditProgressParams {
  run: number;
  /** Files. */
  done: number;
  planned: number;
}

/** All that is known of the tests in the open folders. */
export interface TestAuditResult {
  status: 'done' | 'cancelled';
  /** Empty where it was cancelled. */
  packages: AuditedPackage[];
}

/** A package with test files. */
export interface AuditedPackage {
  name: string;
  /** Its directory. */
  uri: string;
  summary: AuditSummary;
  /** Those with tests or findings. */
  files: AuditedTestFile[];
  /** The numbers of its audits, oldest first. */
  trend: AuditPoint[];
  /** Null where the tests were not run for it. */
  falsePositives: FalsePositive[] | null;
  /** Null where they were not worked out. */
  gaps: CriticalGap[] | null;
}

/** A test file. */
export interface AuditedTestFile {
  uri: string;
  /** Relative to its package, with forward slashes. */
  path: string;
  tests: AuditedTest[];
  /** With those that are only hinted at, whose severity is `hint`. */
  findings: PlacedFinding[];
}

/** A test, and how much it checks. */
export interface AuditedTest {
  /** Titles of the suites around it and its own. */
  title: string[];
  range: Range;
  state: TestState;
  /** 0 to 100. */
  strength: number;
  band: Band;
  /** How many assertions it has. */
  assertions: number;
  /** The rules of its findings that are told, each once. */
  rules: string[];
}

/** A run of tests in which what they run is broken, to see whether they notice. */
export interface ProveParams {
  /** Names it in its progress; chosen by the client. */
  run: number;
  /** Test files, and folders that hold some. */
  uris: string[];
}

/** What came of it. */
export interface ProveResult {
  status: 'done' | 'cancelled' | 'failed';
  failures: Failure[];
  /** How many tests ran. */
  tests: number;
  /** How many of them passed whatever was broken. */
  falsePositives: number;
  /** How many assertions were not made. */
  neverMade: number;
  /** Of how many tests not all that they run could be broken. */
  undecided: number;
  /** How many fail as they are. */
  failing: number;
  /** What the defects that projects describe are called which no test notices, and those that could not be tried, with why. */
  missedDefects: string[];
  untriedDefects: { name: string; problem: string }[];
}

/** A test that ran a function. */
export interface ReachingTest {
  uri: string;
  title: string[];
  /** Where it stood when it ran, from 0. */
  line: number;
  /** 0 to 100. */
  strength: number;
  /** Whether something that was broken made it fail, or that is not decided. */
  canFail: boolean;
}

export type { AuditFormat, AuditPoint };

/** A test that no breakage of the code that it covers makes fail. */
export interface FalsePositive {
  uri: string;
  path: string;
  range: Range;
  title: string[];
  priority: 'critical' | 'high' | 'medium' | 'low';
  sentence: string;
  /** How many breakages it let pass. */
  breakages: number;
  /** The functions that it runs and does not check. */
  functions: string[];
}

/** A path through the code that matters more than others, and how well tests watch over it. */
export interface CriticalGap {
  name: string;
  /** Whether the project names it, or Assay took it for one. */
  origin: 'declared' | 'found';
  risk: 'critical' | 'high' | 'medium' | 'low' | 'unknown';
  sentence: string;
  /** How many of its functions tests reach. */
  functions: { reached: number; all: number } | null;
  /** The mean strength of the tests that reach it, 0 to 100. */
  strength: number | null;
  /** 0 to 100. */
  killRate: number | null;
  /** Functions of it that tests run and none would miss. */
  pseudoTested: string[];
  uri: string | null;
  range: Range | null;
}

/** Which package to write an audit of, and how. */
export interface ExportAuditParams {
  format: AuditFormat;
  /** The directory of the package. */
  uri: string;
}

/** Messages between the webview of the test audit and the client that shows it. */
export type ToAuditView =
  | {
      kind: 'results';
      packages: AuditedPackage[];
      /** Whether the tests can be run for false positives from here. */
      canProve: boolean;
      showFile?: string;
    }
  | { kind: 'progress'; done: number; planned: number }
  /** Reading ended without results: it was cancelled, or the server stopped. */
  | { kind: 'ended' };

/** See {@link ToAuditView}. */
export type FromAuditView =
  | { kind: 'ready' }
  | { kind: 'refresh' }
  | { kind: 'cancel' }
  | { kind: 'prove' }
  | { kind: 'open'; uri: string; position: Position }
  | ({ kind: 'export' } & ExportAuditParams);
