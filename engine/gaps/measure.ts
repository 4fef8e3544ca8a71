import { containsRange, type Range } from '../model/index.ts';
import { type FileView, type ResolvedMutant, type ResolvedPiece, removals, scores } from '../mutation/index.ts';
import type { ReachedBy } from '../witness/index.ts';
import type { CriticalPath, Measured, Part } from './model.ts';

const VALID = new Set(['Killed', 'Timeout', 'Survived', 'NoCoverage']);

/** What is known of the functions of one part. */
interface Known {
  part: Part;
  mutants: ResolvedMutant[];
  isStale: boolean;
  /** Whether a test was seen to run it. */
  isSeen: boolean;
}

/**
 * What the stored results say of a path. Results of functions whose text has changed since count for nothing, as in every score.
 *
 * @param seen the functions of files that tests were seen to run: they are reached, whatever mutants say; of others that says nothing
 */
export function measure(
  path: CriticalPath,
  views: ReadonlyMap<string, FileView>,
  seen: ReadonlyMap<string, readonly ReachedBy[]> = new Map(),
): Measured {
  const known = path.parts.map((part): Known => ({ part, mutants: [], isStale: false, isSeen: false }));
  const files = new Set([...path.files, ...path.parts.map(({ file }) => file)]);
  const taken: { pieces: ResolvedPiece[] }[] = [];
  const ran: ReachedBy[] = [];
  for (const file of files) {
    const inFile = known.filter(({ part }) => part.file === file).sort((a, b) => size(a.part.range) - size(b.part.range));
    const pieces: ResolvedPiece[] = [];
    for (const piece of views.get(file)?.pieces ?? []) {
      if (piece.stale) {
        const at =
          inFile.find(({ part: { range } }) => containsRange(range, piece.range)) ??
          inFile.find(({ part }) => containsRange(piece.range, part.range));
        if (at) at.isStale = true;
        continue;
      }
      const mine = piece.mutants.filter((mutant) => {
        const at = inFile.find(({ part }) => containsRange(part.range, mutant.range));
        if (at && VALID.has(mutant.status)) at.mutants.push(mutant);
        return at || path.files.includes(file);
      });
      if (mine.length > 0) pieces.push({ ...piece, mutants: mine });
    }
    taken.push({ pieces });
    for (const reached of seen.get(file) ?? []) {
      const at = partOf(reached, inFile);
      if (at) at.isSeen = true;
      if (at || path.files.includes(file)) ran.push(reached);
    }
  }
  const judged = known.filter(({ mutants, isSeen }) => mutants.length > 0 || isSeen);
  const isReached = ({ mutants, isSeen }: Known) => isSeen || mutants.some(({ status }) => status !== 'NoCoverage');
  const removed = removals(taken);
  const all = taken.flatMap(({ pieces }) => pieces);
  return {
    functions: {
      total: known.length,
      judged: judged.length,
      reached: judged.filter(isReached).length,
      stale: known.filter((one) => one.isStale && !judged.includes(one)).length,
    },
    unreached: judged.filter((one) => !isReached(one)).map(({ part }) => part),
    pseudoTested: removed.pseudoTested.map(({ mutant }) => mutant.removes.title),
    removalsJudged: removed.judged,
    killRate: scores(all.filter(({ scanned }) => !scanned).flatMap(({ mutants }) => mutants)).score,
    tests: testsOf(all),
    seenBy: ran.flatMap(({ tests }) => tests),
  };
}

/** The function that was run: of those around its body that of its name, else the innermost. `inFile` has the smallest first. */
function partOf({ name, line }: ReachedBy, inFile: readonly Known[]): Known | undefined {
  const around = inFile.filter(({ part: { range } }) => range.start.line <= line && line <= range.end.line);
  return around.find(({ part: { title } }) => title === name || title.endsWith(`.${name}`)) ?? around[0];
}

/** Tests that reach mutants. One that runs while a file is loaded is reached by all tests of all files that load it, whatever they call. */
function testsOf(pieces: readonly ResolvedPiece[]): Set<number> {
  const mutants = pieces.flatMap((piece) => piece.mutants);
  const called = mutants.filter((mutant) => !mutant.static);
  return new Set((called.length > 0 ? called : mutants).flatMap(({ coveredBy }) => coveredBy));
}

function size({ start, end }: Range): number {
  return (end.line - start.line) * 10_000 + end.column - start.column;
}
