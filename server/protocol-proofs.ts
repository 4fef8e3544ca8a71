import type { Ecosystem, NamedTool, Project } from '../engine/detection/index.ts';
import type { Failure, Position, Range } from '../engine/model/index.ts';
import type {
  Alternative,
  CoverageCounts,
  GitState,
  LoadResult,
  MutationCounts,
  ProofPoint,
  RanTest,
  Rung,
  TestTally,
  Verdict,
} from '../engine/verification/index.ts';

/** What client and server tell each other about the ladder of proofs; a part of `protocol.ts`, which hands it on. */

/** Which rungs of which projects to prove. */
export interface VerifyParams {
  /** Names it in its {@link VerifyProgressParams}; chosen by the client. */
  run: number;
  /** All projects of the open folders, some by their ids ({@link Ladder.id}), or the package that a file or folder belongs to, by its URI. */
  what: 'all' | { projects: string[] } | { within: string };
  /** The highest rung. */
  level: Rung;
  /** That rung alone, and none below it. */
  only: boolean;
  /** Where load goes: a path, or the address of an app that runs; found where it is missing. */
  endpoint?: string;
  /** Whether a person said that dependencies that are not there are installed. */
  install?: boolean;
  /** Of the rung of tests, just these, as far as the command can be told so; what they come to is no proof of the rung. */
  some?: TestName[];
  /** Whether what the tests cover is measured. */
  coverage?: boolean;
}

/** A test of a project's newest proof. */
export interface TestName {
  /** URI of its file; null where its framework does not tell it. */
  uri: string | null;
  title: string[];
}

/** What came of it. */
export interface VerifyResult {
  status: 'done' | 'cancelled' | 'failed';
  failures: Failure[];
  projects: VerifiedProject[];
}

/** What became of one project's rungs. */
export interface VerifiedProject {
  id: string;
  name: string;
  /** `verdict` and `proof` (its id) are null where there was nothing to prove; `summary` says why. */
  rungs: { rung: Rung; verdict: Verdict | null; summary: string; proof: string | null }[];
  /** Commands that may as well be others: a person is asked once. */
  choices: CommandChoice[];
  /** What would install the dependencies that are not there, where a person is to be asked; nothing was proved without them. */
  install: string | null;
}

/** Two or more commands that may answer a question. */
export interface CommandChoice {
  purpose: Alternative['purpose'];
  /** The likeliest first. */
  options: CommandOption[];
}

/** A command with what speaks for it. */
export interface CommandOption {
  /** As a person would type it in the project's directory. */
  line: string;
  /** 0 to 1. */
  confidence: number;
  /** Each `package.json:12: scripts.test`, for example. */
  evidence: string[];
}

/** Which command a person chose. */
export interface ChooseParams {
  project: string;
  purpose: Alternative['purpose'];
  line: string;
}

/** A verification moved on; sent some ten times a second. */
export interface VerifyProgressParams {
  run: number;
  /** Id and name of the project; empty until it is known. */
  project: string;
  name: string;
  rung: Rung | null;
  command: string;
  /** The last line that the command said, or how the tests stand. */
  text: string;
  counts: TestTally | null;
  ended: boolean;
}

/** A project of the open folders, with what is known of its rungs. */
export interface Ladder {
  /** The same as long as the project stays where it is. */
  id: string;
  name: string;
  /** Its directory, and where that lies below the open folders. */
  uri: string;
  path: string;
  ecosystem: Ecosystem;
  language: Project['language'];
  /** `pnpm 9.1.0`, and the test frameworks. */
  tools: string[];
  /** From the lowest. */
  steps: LadderStep[];
}

/** A rung of a project. */
export interface LadderStep {
  rung: Rung;
  /** What would be run. */
  commands: string[];
  /** The questions that have other answers, too. */
  choices: CommandChoice[];
  /** Why it cannot be proved. */
  cannot: Failure | null;
  newest: ProofSummary | null;
  /** The last proofs, oldest first, the newest included. */
  trend: ProofPoint[];
}

/** A proof without its lists. */
export interface ProofSummary {
  id: string;
  rung: Rung;
  verdict: Verdict;
  /** One sentence that can stand alone. */
  summary: string;
  notes: string[];
  at: number;
  durationMs: number;
  commands: ProvenCommand[];
  tools: NamedTool[];
  git: GitState | null;
  changedFiles: string[];
  errors: number;
  warnings: number;
  counts: TestTally | null;
  /** How much of the code the tests ran, in words: `lines 84 % · branches 71 %`; null where that was not measured. */
  coverage: string | null;
  mutation: MutationCounts | null;
  load: Pick<LoadResult, 'users' | 'throughput' | 'p95' | 'url'> | null;
  /** Whether its evidence is still there. */
  hasEvidence: boolean;
}

/** A command that was run. */
export interface ProvenCommand {
  line: string;
  durationMs: number;
  /** `exit status 1`, `ended at its time limit`. */
  ending: string;
  /** Bytes; 0 where it is not known. */
  peakMemory: number;
}

/** Which proof: the project's id and the proof's. */
export interface ProofParams {
  project: string;
  proof: string;
}

/** A proof with what it found. */
export interface ProofDetail {
  summary: ProofSummary;
  /** URI of its log. */
  log: string;
  /** The variables that its commands got. */
  environment: string[];
  problems: ShownProblem[];
  /** Tests that failed, those that are flaky included, files that could not be run, and tests that were cut off. */
  failures: ShownFailure[];
}

/** A place in a file: where it is now, or was when it was proved. */
export interface ShownPlace {
  uri: string;
  /** Relative to the project, with forward slashes. */
  path: string;
  position: Position;
  /** Whether the line still says what it said. */
  isThere: boolean;
}

/** What a compiler said. */
export interface ShownProblem {
  severity: 'error' | 'warning';
  tool: string;
  code: string | null;
  message: string;
  at: ShownPlace | null;
}

/** A test that failed or was cut off, or a file of which no test could run. */
export interface ShownFailure {
  kind: 'failed' | 'flaky' | 'broken' | 'unended';
  framework: string;
  title: string[];
  message: string;
  expected: string | null;
  actual: string | null;
  durationMs: number | null;
  at: ShownPlace | null;
}

/** How much of a file the tests of a proof ran. */
export interface ShownCoverage {
  uri: string;
  counts: CoverageCounts;
}

/** Which file of a proof. */
export interface CoveredParams extends ProofParams {
  uri: string;
}

/** What of a file the tests of a proof ran. */
export interface CoverageDetail {
  statements: ShownStatement[];
  functions: { name: string; range: Range; count: number }[];
}

/** A statement with the branches that begin in it and in no smaller one. */
export interface ShownStatement {
  range: Range;
  count: number;
  arms: { range: Range | null; count: number; label: string }[];
}

/** The tests of a proof. */
export interface ProvenTests {
  project: string;
  proof: string;
  tests: ProvenTest[];
  broken: { uri: string | null; message: string }[];
}

/** A test as it ran. */
export interface ProvenTest {
  /** URI of its file; null where the framework does not tell it. */
  uri: string | null;
  title: string[];
  state: RanTest['state'];
  flaky: boolean;
  /** Where it stands now. */
  range: Range | null;
  durationMs: number | null;
  failure: { message: string; expected: string | null; actual: string | null; uri: string | null; position: Position | null } | null;
}

export type { ProofPoint, Rung, TestTally, Verdict };

/** Messages between the webview of the proofs and the client that shows it. */
export type ToProofsView =
  | { kind: 'ladders'; ladders: Ladder[]; trusted: boolean; level: Rung; show?: { project: string; rung: Rung } }
  | { kind: 'detail'; detail: ProofDetail }
  /** Null: its evidence is gone. */
  | { kind: 'noDetail'; proof: string }
  /** What runs now; null where nothing does. */
  | { kind: 'progress'; progress: VerifyProgressParams | null };

/** See {@link ToProofsView}. */
export type FromProofsView =
  | { kind: 'ready' }
  | { kind: 'refresh' }
  | { kind: 'cancel' }
  | { kind: 'trust' }
  | { kind: 'loadProof'; project: string; proof: string }
  | { kind: 'verify'; project: string | null; level: Rung; only: boolean }
  | { kind: 'choose'; project: string; rung: Rung }
  | { kind: 'openLog'; project: string; proof: string }
  | { kind: 'open'; uri: string; position: Position };
