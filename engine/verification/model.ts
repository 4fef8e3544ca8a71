import type { Ecosystem, NamedTool, ProjectCommand } from '../detection/index.ts';
import type { Bottleneck, Health, Measurement } from '../load/index.ts';
import type { Position, Range } from '../model/index.ts';
import type { CoverageCounts, CoveredFile } from './coverage/index.ts';

/** What a compiler, type checker or bundler says of a place. */
export interface Problem {
  /** The tool that says so: `tsc`, `cargo`, `mypy`. */
  tool: string;
  severity: 'error' | 'warning';
  message: string;
  /** The tool's own code: `TS2322`, `E0308`, `arg-type`. */
  code?: string;
  /** What the tool says besides, where it says more: notes, help, the code that is meant; in its own words, without colours. */
  detail?: string;
  /** Absolute path; missing where the problem has no place. */
  file?: string;
  /** Where it is, as far as the tool told: a tool that tells a line only gives the whole line (`end.column` is then `Number.MAX_SAFE_INTEGER`). */
  range?: Range;
}

/** What became of a test. */
export type TestState = 'passed' | 'failed' | 'skipped' | 'todo';

/** Why a test failed. */
export interface TestFailure {
  message: string;
  expected?: string;
  actual?: string;
  /** The place in the project's own code that the failure points to; absolute path. */
  file?: string;
  position?: Position;
  stack?: string;
}

/** A test that ran, or was passed over. */
export interface RanTest {
  /** Which framework ran it: `vitest`, `pytest`. */
  framework: string;
  /** Absolute path of the test's file, where the framework tells it. */
  file?: string;
  /** Suites from the outermost, then the test. */
  title: readonly string[];
  /** Where the test stands in its file. */
  position?: Position;
  state: TestState;
  /** Milliseconds; missing where the framework tells none. */
  durationMs?: number;
  failure?: TestFailure;
  /** What identifies the test to its framework, for running it alone (pytest's node id, Go's package and name). */
  id?: string;
}

/** A test file, package or crate that could not be loaded or built, so that none of its tests ran. */
export interface BrokenFile {
  framework: string;
  /** Absolute path, where it is known. */
  file?: string;
  position?: Position;
  message: string;
}

/** A test that had begun and not ended when its run was over: what hung or was cut off. */
export interface RunningTest {
  framework: string;
  /** Absolute path. */
  file?: string;
  title: readonly string[];
}

/** How many tests came to which end. */
export type TestCounts = Readonly<Record<TestState, number>>;

/** What a test run told. A run without tests has none here, and is no pass. */
export interface TestReport {
  tests: readonly RanTest[];
  broken: readonly BrokenFile[];
  running: readonly RunningTest[];
  /** Tests besides, of which the tool told only how many there were (unittest's `Ran 12 tests`). */
  unnamed?: TestCounts;
  /** How it was told: by a reporter of ours or the tool's machine form, read from the output for people, or not at all. */
  source: 'reporter' | 'output' | 'none';
}

/** The rungs of the ladder, from the lowest. */
export const RUNGS = ['compile', 'test', 'mutation', 'load'] as const;
export type Rung = (typeof RUNGS)[number];

/** What a rung comes to: it holds, it does not, or the evidence carries neither. */
export type Verdict = 'holds' | 'fails' | 'inconclusive';

/** One command of a proof, and how it ended. */
export interface ProvenRun {
  /** What a person would type to run it again. */
  command: ProjectCommand;
  startedAt: number;
  durationMs: number;
  code: number | null;
  signal?: string;
  /** Why it was ended from outside; an app is ended when it was measured. */
  stopped?: 'cancelled' | 'time' | 'memory' | 'measured';
  /** The most resident memory of all its processes that was seen, bytes; 0 where it is not known. */
  peakMemory: number;
  /** Whether it installed what the others need, and proves nothing itself. */
  installs?: true;
}

/** Why a command was ended, in words. */
export const STOPPED: Readonly<Record<NonNullable<ProvenRun['stopped']>, string>> = {
  cancelled: 'cancelled',
  time: 'ended at its time limit',
  memory: 'ended at its memory limit',
  measured: 'ended when it was measured',
};

/** The state of the project's repository when a proof began. */
export interface GitState {
  commit: string;
  branch?: string;
  /** Whether tracked files differed from the commit, or untracked files were there that are not ignored. */
  dirty: boolean;
}

/** How the tests of a proof came out: those that are flaky count as such only. */
export interface TestTally extends TestCounts {
  flaky: number;
  /** Files, packages or crates of which no test could run. */
  broken: number;
}

/** How much of the project's code its tests ran, where that was asked for. */
export interface CoverageSummary {
  /** Of all files together. */
  counts: CoverageCounts;
  /** What of each file ran is kept with the evidence. */
  files: readonly Pick<CoveredFile, 'file' | 'counts'>[];
  /** What it was measured with. */
  tools: readonly string[];
}

/** What a mutation run came to. */
export interface MutationCounts {
  killed: number;
  survived: number;
  noCoverage: number;
  /** Percent of all valid mutants. */
  score: number;
}

/** A line as a proof found it, with the lines around it, by which it is known again among others that say the same. */
export interface QuotedLine {
  text: string;
  /** The line above it; missing at the top of the file. */
  before?: string;
  /** The line below it; missing at the end of the file. */
  after?: string;
}

/** One level of a load test. */
export type LoadLevel = Measurement & { healthy: boolean };

/** How much load an app was seen to hold. */
export interface LoadResult {
  url: string;
  generator: string;
  /** The most users at once that it holds, each of whom asks again when it is answered; 0 where it is none. */
  users: number;
  /** Good answers a second then. */
  throughput: number;
  /** The 95th percentile of latency then, milliseconds. */
  p95: number;
  limits: Health;
  /** Whether it held the most that is tried, so that it may hold more. */
  isHighest: boolean;
  bottleneck?: Bottleneck;
  levels: readonly LoadLevel[];
}

/** A rung with its evidence. */
export interface Proof {
  /** Also the name of its folder of evidence. */
  id: string;
  rung: Rung;
  /** Absolute path of the project. */
  directory: string;
  /** Which of the projects there, since two of different ecosystems may share a directory. */
  ecosystem: Ecosystem;
  verdict: Verdict;
  /** One sentence that can stand alone: "147 of 152 tests pass". */
  summary: string;
  /** Why it is no stronger: what was inconclusive, what could not be read, what was cut off. Sentences. */
  notes: readonly string[];
  /** Milliseconds since the epoch. */
  at: number;
  durationMs: number;
  runs: readonly ProvenRun[];
  tools: readonly NamedTool[];
  git?: GitState;
  /** The variables that the commands got, secrets taken out. */
  environment: Readonly<Record<string, string>>;
  /** Tracked files that the project's own commands changed, relative to the project. */
  changedFiles: readonly string[];
  problems: readonly Problem[];
  tests?: TestReport & { counts: TestTally; flaky: readonly RanTest[] };
  coverage?: CoverageSummary;
  mutation?: MutationCounts;
  /** Whether only some tests ran, as a person asked: then it says nothing of the rung, and is not in the trend. */
  partial?: true;
  load?: LoadResult;
  /** The lines that the problems and failures speak of, by absolute path and zero-based line. */
  lines: Readonly<Record<string, Readonly<Record<number, QuotedLine>>>>;
}
