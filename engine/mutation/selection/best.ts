import { containsRange, type Range } from '../../model/index.ts';
import type { ResolvedMutant, ResolvedPiece } from '../resolve.ts';
import { type PieceWorth, WEIGHTS, worthOf, worthOfPiece } from './worth.ts';

/** How many survivors are shown unless all are asked for: what Google shows to reviewers (Petrović and Ivanković, 2018). */
export const MOST_SHOWN = { line: 1, file: 7 } as const;

/**
 * The survivors of a file that teach most, by their ids, the best first: at most {@link MOST_SHOWN} a line and a file, none inside another (a test that
 * notices the one will mostly notice the other), none that is suppressed or stale.
 */
export function bestSurvivors(pieces: readonly ResolvedPiece[]): string[] {
  const candidates = pieces.filter(({ stale }) => !stale).flatMap(survivorsOf);
  const chosen: Candidate[] = [];
  const shownOf = new Map<PieceWorth, number>();
  while (chosen.length < MOST_SHOWN.file) {
    let best: { candidate: Candidate; worth: number } | undefined;
    for (const candidate of candidates) {
      const worth = candidate.worth + WEIGHTS.again.points * (shownOf.get(candidate.piece) ?? 0);
      if ((!best || worth > best.worth) && !chosen.some((other) => crowds(other.mutant.range, candidate.mutant.range))) best = { candidate, worth };
    }
    if (!best) break;
    const { candidate } = best;
    chosen.push(candidate);
    shownOf.set(candidate.piece, (shownOf.get(candidate.piece) ?? 0) + 1);
  }
  return chosen.map(({ mutant }) => mutant.id);
}

interface Candidate {
  mutant: ResolvedMutant;
  piece: PieceWorth;
  worth: number;
}

function survivorsOf(piece: ResolvedPiece): Candidate[] {
  const shared = worthOfPiece(piece);
  const survivors = piece.mutants.filter(({ status, suppressed }) => status === 'Survived' && !suppressed);
  // Of equal worth: the change of more code first, for its neighbours mostly follow from it.
  return survivors
    .map((mutant) => ({ mutant, piece: shared, worth: worthOf(mutant, shared) }))
    .sort(
      (a, b) => b.worth - a.worth || Number(containsRange(b.mutant.range, a.mutant.range)) - Number(containsRange(a.mutant.range, b.mutant.range)),
    );
}

/** Whether two stand on one line, or one inside the other. */
function crowds(a: Range, b: Range): boolean {
  return a.start.line === b.start.line || containsRange(a, b) || containsRange(b, a);
}
