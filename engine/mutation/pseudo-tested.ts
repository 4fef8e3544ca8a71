import { containsRange } from '../model/index.ts';
import type { RemovedFunction, ResolvedMutant, ResolvedPiece } from './resolve.ts';

/** A function of a file that lost its body, with what became of that mutant. */
export interface Removal<File> {
  file: File;
  mutant: ResolvedMutant & { removes: RemovedFunction };
}

/** What was found out by removing the bodies of functions. A function inside of one that can go goes with it, and is neither listed nor counted. */
export interface Removals<File> {
  /** Functions that tests run and that none would miss, the worst first: "pseudo-tested" (Niedermayr et al., 2016). */
  pseudoTested: Removal<File>[];
  /** Functions that no test runs, the longest first. */
  notRun: Removal<File>[];
  /** Functions that none would miss either, but that are not worth a test. */
  suppressed: Removal<File>[];
  /** How many functions tests would miss. */
  missed: number;
  /** How many functions were judged: all of the above. */
  judged: number;
  /** How many are ignored, or cannot run without their body. */
  notJudged: number;
}

/** Sorts the functions of files by what became of them without their body. */
export function removals<File extends { pieces: readonly ResolvedPiece[] }>(files: readonly File[]): Removals<File> {
  const found: Removals<File> = { pseudoTested: [], notRun: [], suppressed: [], missed: 0, judged: 0, notJudged: 0 };
  for (const one of files.flatMap(outermost)) {
    const { status, suppressed } = one.mutant;
    if (suppressed) found.suppressed.push(one);
    else if (status === 'Survived') found.pseudoTested.push(one);
    else if (status === 'NoCoverage') found.notRun.push(one);
    else if (status === 'Killed' || status === 'Timeout') found.missed++;
    else found.notJudged++;
  }
  found.judged = found.pseudoTested.length + found.notRun.length + found.suppressed.length + found.missed;
  found.pseudoTested.sort((a, b) => b.mutant.coveredBy.length - a.mutant.coveredBy.length || lines(b) - lines(a));
  found.notRun.sort((a, b) => lines(b) - lines(a));
  return found;
}

function outermost<File extends { pieces: readonly ResolvedPiece[] }>(file: File): Removal<File>[] {
  const all = file.pieces
    .filter(({ stale }) => !stale)
    .flatMap(({ mutants }) => mutants.filter((mutant): mutant is Removal<File>['mutant'] => !!mutant.removes));
  const canGo = all.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const inside = (mutant: ResolvedMutant) => canGo.some((other) => other !== mutant && containsRange(other.range, mutant.range));
  return all.filter((mutant) => !inside(mutant)).map((mutant) => ({ file, mutant }));
}

function lines({ mutant: { range } }: Removal<unknown>): number {
  return range.end.line - range.start.line;
}
