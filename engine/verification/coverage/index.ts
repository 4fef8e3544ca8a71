export type { Ask } from './asking.ts';
export { describeCoverage, sumCounts } from './counting.ts';
export { type Measuring, measureCoverage } from './measure.ts';
export type { BranchArm, Coverage, CoverageCounts, Covered, CoveredBranch, CoveredFile, CoveredFunction, CoveredStatement } from './model.ts';
export { COVERAGE_VARIABLE } from './node/folder.ts';
