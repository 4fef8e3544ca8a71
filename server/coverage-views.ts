import { comparePositions, containsRange } from '../engine/model/index.ts';
import type { CoveredBranch, CoveredFile } from '../engine/verification/index.ts';
import type { CoverageDetail, ShownStatement } from './protocol.ts';

/** What of a file ran, with each branch at the smallest statement around it. A branch that is in none (a default of a parameter) is a statement of its own. */
export function describeCovered({ statements, branches, functions }: Omit<CoveredFile, 'file' | 'counts'>): CoverageDetail {
  const shown = statements
    .map(({ range, count }): ShownStatement => ({ range, count, arms: [] }))
    .sort((a, b) => comparePositions(a.range.start, b.range.start) || comparePositions(b.range.end, a.range.end));
  const alone: ShownStatement[] = [];
  for (const branch of branches) {
    const home = shown.findLast(({ range }) => containsRange(range, branch.range));
    if (home) home.arms.push(...armsOf(branch));
    else alone.push({ range: branch.range, count: Math.max(0, ...branch.arms.map(({ count }) => count)), arms: armsOf(branch) });
  }
  return { statements: [...shown, ...alone], functions };
}

/** `if 1 of 2`: which way of how many. */
function armsOf({ kind, arms }: CoveredBranch): ShownStatement['arms'] {
  return arms.map(({ range, count }, at) => ({ range: range ?? null, count, label: arms.length > 1 ? `${kind} ${at + 1} of ${arms.length}` : kind }));
}
