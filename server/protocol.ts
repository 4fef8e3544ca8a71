import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Evidence, Failure, Position, Range } from '../engine/model/index.ts';
import type { MutantStatus, Phase, StatusCounts, StoredRun } from '../engine/mutation/index.ts';
import type { ExportAuditParams, ProveParams, ProveResult, TestAuditParams, TestAuditResult } from './protocol-audit.ts';
import type {
  ChooseParams,
  CoverageDetail,
  CoveredParams,
  Ladder,
  ProofDetail,
  ProofParams,
  ProvenTests,
  ShownCoverage,
  VerifyParams,
  VerifyResult,
} from './protocol-proofs.ts';

export type * from './protocol-audit.ts';
export type * from './protocol-proofs.ts';

/** Every message between client and server that is not LSP's own. Positions are zero-based line and column. */

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

/** Requests from the client. */
export const requests = {
  mutate: 'assay/mutate',
  results: 'assay/results',
  fileDetail: 'assay/fileDetail',
  export: 'assay/export',
  clear: 'assay/clear',
  detect: 'assay/detect',
  pseudoTested: 'assay/pseudoTested',
  notUseful: 'assay/notUseful',
  strengthen: 'assay/strengthen',
  testAudit: 'assay/testAudit',
  exportAudit: 'assay/exportAudit',
  prove: 'assay/prove',
  verify: 'assay/verify',
  choose: 'assay/choose',
  declineInstall: 'assay/declineInstall',
  ladders: 'assay/ladders',
  proof: 'assay/proof',
  provenTests: 'assay/provenTests',
  coverage: 'assay/coverage',
  coveredFile: 'assay/coveredFile',
} as const;

/** Notifications to the client. */
export const notifications = {
  progress: 'assay/progress',
  resultsChanged: 'assay/resultsChanged',
  /** A {@link Failure} that belongs to no request: a store that was set aside, a disk that is full. */
  notice: 'assay/notice',
  /** How far an audit of all tests is. */
  auditProgress: 'assay/auditProgress',
  /** What is known of the tests may be another now: it is worth asking again. */
  auditChanged: 'assay/auditChanged',
  /** How far a verification is. */
  verifyProgress: 'assay/verifyProgress',
  /** What is known of the rungs of projects may be another now: it is worth asking again. */
  laddersChanged: 'assay/laddersChanged',
} as const;

/** Notifications from the client. */
export const clientNotifications = { trusted: 'assay/trusted' } as const;

/** Parameters and answers of each request, by its name in {@link requests}. */
export interface RequestTypes {
  mutate: { params: MutateParams; result: MutateResult };
  results: { params: Record<string, never>; result: PackageSummary[] };
  fileDetail: { params: { uri: string }; result: FileDetail | null };
  export: { params: { format: ExportFormat; directory: string }; result: string };
  clear: { params: Record<string, never>; result: null };
  detect: { params: { uri: string }; result: Detected };
  /** The functions that tests run and that none would miss, the worst first. */
  pseudoTested: { params: Record<string, never>; result: PseudoTested[] };
  /** The edit of the project's configuration that calls a survivor not useful; null where it is not known any more, or the configuration is not valid. */
  notUseful: { params: MutantArguments; result: WorkspaceEdit | null };
  strengthen: { params: StrengthenParams; result: StrengthenResult };
  testAudit: { params: TestAuditParams; result: TestAuditResult };
  exportAudit: { params: ExportAuditParams; result: string };
  prove: { params: ProveParams; result: ProveResult };
  verify: { params: VerifyParams; result: VerifyResult };
  /** Remembers which command a person chose. */
  choose: { params: ChooseParams; result: null };
  /** A person does not want to be asked again whether a project's dependencies are installed. */
  declineInstall: { params: { project: string }; result: null };
  ladders: { params: Record<string, never>; result: Ladder[] };
  /** Null where its evidence is gone. */
  proof: { params: ProofParams; result: ProofDetail | null };
  /** The tests of the newest proof of each project, or those of one proof. */
  provenTests: { params: Partial<ProofParams>; result: ProvenTests[] };
  /** How much of each file the tests of a proof ran; nothing where that was not measured. */
  coverage: { params: ProofParams; result: ShownCoverage[] };
  /** Null where its evidence is gone. */
  coveredFile: { params: CoveredParams; result: CoverageDetail | null };
}

/** Commands that the server's lenses and actions name and that the client carries out, with their arguments. */
export const commands = {
  mutateFile: 'assay.mutateFile',
  mutateFunction: 'assay.mutateFunction',
  showCoveringTests: 'assay.showCoveringTests',
  showFileReport: 'assay.showFileReport',
  notUseful: 'assay.notUseful',
  /** Finds tests and offers them: its arguments are a URI and, where not all are meant, ids of mutants, and the tests that are to say more ({@link StrengthenParams}). */
  addTests: 'assay.addTests',
  /** Shows why a test is as strong as it is: its arguments are a URI and a position of LSP. */
  explainTest: 'assay.explainTest',
  /** Opens the test audit: its argument is the URI of a test file to show. */
  openTestAudit: 'assay.openTestAudit',
  /** Runs tests and breaks what they run: its argument is the URI of a test file or a folder. */
  proveTests: 'assay.proveTests',
  /** Lists the tests that ran a function: its arguments are the function's name and a list of them. */
  showReachingTests: 'assay.showReachingTests',
  /** Opens the proofs: its arguments are the id of a project and a rung to show. */
  openProofs: 'assay.openProofs',
  /** Opens the log of a proof: its arguments are the id of its project and its own. */
  openEvidence: 'assay.openEvidence',
  /** Saves the document that an action has changed: its argument is its URI. */
  save: 'assay.save',
} as const;

/** Arguments of the commands `showCoveringTests` and `notUseful`. */
export interface MutantArguments {
  uri: string;
  mutantId: string;
}

/** What the server is told when it starts. */
export interface InitializationOptions {
  settings: Settings;
  trusted: boolean;
  /** Whether a hover may hold links to commands. */
  commandLinks: boolean;
}

/** The settings that the server acts on; their defaults stand in package.json. */
export interface Settings {
  nodePath: string;
  /** 0: the executor's own choice. */
  concurrency: number;
  dryRunMinutes: number;
  /** How much memory a test process may take beyond what it took without a mutant, MiB. */
  memory: number;
  codeLens: boolean;
  /** Whether tests have lenses with their strength, and diagnostics. */
  auditCodeLens: boolean;
  auditDiagnostics: boolean;
  severity: 'error' | 'warning' | 'information' | 'hint';
  /** What is judged anew when a file is saved for which somebody asked for a run. */
  onSave: 'off' | 'changed functions' | 'file';
  /** The survivors that teach most, or all. */
  show: 'best' | 'all';
  /** What the commands of a verification may take (minutes each, MiB of all their processes), and which variables they get besides what every program needs. */
  verifyMinutes: number;
  verifyMemory: number;
  verifyEnvironment: string[];
  /** Whether they run without a network. */
  verifyOffline: boolean;
  /** Whether dependencies that are not there are installed: when a person says so, without asking, or not at all. */
  verifyInstall: 'ask' | 'always' | 'never';
  /** Whether compile errors and failing tests of the newest proofs are shown in Problems. */
  verifyProblems: boolean;
  /** What a load test calls healthy (milliseconds), the most users that it tries, and hosts that it may go to besides this machine. */
  loadP95: number;
  loadMaxUsers: number;
  loadHosts: string[];
  /** How long evidence is kept, and how much of it for each project, MiB. */
  evidenceDays: number;
  evidenceSize: number;
}

/** Messages between the report's webview and the client that shows it. */
export type ToReportView =
  | { kind: 'results'; packages: PackageSummary[]; openFile?: string }
  | { kind: 'file'; detail: FileDetail }
  | { kind: 'progress'; progress: ProgressParams };

/** See {@link ToReportView}. */
export type FromReportView =
  | { kind: 'ready' }
  | { kind: 'loadFile'; uri: string }
  | { kind: 'open'; uri: string; position: Position }
  | { kind: 'mutate'; uri: string }
  | { kind: 'export'; format: ExportFormat; directory: string };
