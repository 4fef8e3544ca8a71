export { declineInstall, declinesInstall, rememberChoice } from './choices.ts';
export { type CoverageCounts, type Covered, type CoveredBranch, type CoveredFile, describeCoverage } from './coverage/index.ts';
export { EvidenceShelf, type Keeping, type ProofPoint, readCoverage, readProof } from './evidence.ts';
export { installLine } from './install/index.ts';
export { type LoadRequest, USUAL_LOAD } from './load-rung.ts';
export {
  type BrokenFile,
  type CoverageSummary,
  type GitState,
  type LoadResult,
  type MutationCounts,
  type Problem,
  type Proof,
  type ProvenRun,
  type QuotedLine,
  type RanTest,
  RUNGS,
  type Rung,
  type RunningTest,
  STOPPED,
  type TestCounts,
  type TestFailure,
  type TestReport,
  type TestState,
  type TestTally,
  type Verdict,
} from './model.ts';
export { configuredCommands } from './named-commands.ts';
export { type NamedCommands, planRung, type RungPlan } from './plan.ts';
export type { ProofEvent, ProofOptions } from './proving.ts';
export { TextOfNow } from './quoted-lines.ts';
export { isNarrowed, shellLine } from './shell-line.ts';
export { describeCounts } from './test-rung.ts';
export { type Alternative, type RungOutcome, rungsUpTo, type VerifyOutcome, type VerifyRequest, verify } from './verify.ts';
