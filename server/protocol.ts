import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Position } from '../engine/model/index.ts';
import type { ExportAuditParams, ProveParams, ProveResult, TestAuditParams, TestAuditResult } from './protocol-audit.ts';
import type {
  Detected,
  ExportFormat,
  FileDetail,
  MutateParams,
  MutateResult,
  PackageSummary,
  ProgressParams,
  PseudoTested,
  StrengthenParams,
  StrengthenResult,
} from './protocol-mutation.ts';
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
export type * from './protocol-mutation.ts';
export type * from './protocol-proofs.ts';

/** Every message between client and server that is not LSP's own. Positions are zero-based line and column. */

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
