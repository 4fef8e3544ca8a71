import { createHash } from 'node:crypto';
import type { Range } from '../model/index.ts';
import type { AnchoredPiece, Anchors } from './anchors.ts';
import type { StoredMutant, StoredPiece } from './repository.ts';

/** A judged piece in a text of today. */
export interface ResolvedPiece {
  name: string;
  kind: 'function' | 'statement';
  range: Range;
  /** Its text has changed since its mutants were judged: what is known of them was true of the old text. */
  stale: boolean;
  judgedAt: number;
  /** Only a quick scan judged it: it has no score. */
  scanned: boolean;
  mutants: ResolvedMutant[];
}

/** A judged mutant in a text of today; of a stale piece, the range is the piece's first line. */
export interface ResolvedMutant extends Omit<StoredMutant, 'start' | 'end'> {
  /** Identity by content: the same through runs and through edits elsewhere. */
  id: string;
  range: Range;
  /** The function whose body it removes, if it does. */
  removes?: RemovedFunction;
  /** Why it is not shown unless asked for, of one that no test noticed or reached. It counts in the score like any other. */
  suppressed?: Suppressed;
}

/** A function that a mutant leaves without a body. */
export interface RemovedFunction {
  /** What it is called in a sentence: "`Cart.add`" or, of one without a name, "`(line) => …` in `Cart.add`". */
  title: string;
  /** Where its name stands; of one without a name, what stands in front of its body. */
  at: Range;
}

/** Why a mutant is not worth a look, in words that can stand behind a colon. */
export interface Suppressed {
  kind: 'arid' | 'duplicate' | 'equivalent' | 'not useful';
  reason: string;
}

/** Finds where the judged pieces of a file stand in a text. Pieces that the text no longer has are left out. */
export function resolvePieces(stored: readonly StoredPiece[], anchors: Anchors): ResolvedPiece[] {
  const taken = new Set<AnchoredPiece>();
  const resolved: ResolvedPiece[] = [];
  // A piece that was renamed must not take the place of one that still has its name.
  const sameName = stored.filter((piece) => anchors.find(piece)?.name === piece.name);
  for (const piece of [...sameName, ...stored]) {
    const today = anchors.find(piece);
    if (!today || taken.has(today)) continue;
    taken.add(today);
    resolved.push(make(piece, today.piece.range, false, (mutant) => anchors.range(today.piece, mutant.start, mutant.end)));
  }
  const newestFirst = [...stored].sort((a, b) => b.judgedAt - a.judgedAt);
  for (const piece of newestFirst) {
    const today = anchors.find(piece) ? undefined : anchors.findByName(piece, taken);
    if (!today) continue;
    taken.add(today);
    const { start } = today.piece.range;
    resolved.push(make(piece, today.piece.range, true, () => ({ start, end: { line: start.line, column: start.column + 1 } })));
  }
  return resolved.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column);
}

function make(piece: StoredPiece, range: Range, stale: boolean, place: (mutant: StoredMutant) => Range): ResolvedPiece {
  const mutants = [...piece.mutants].map(([key, mutant]) => ({ ...mutant, id: identity(piece, key), range: place(mutant) }));
  mutants.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column);
  return { name: piece.name, kind: piece.kind, range, stale, judgedAt: piece.judgedAt, scanned: piece.scanned, mutants };
}

function identity(piece: StoredPiece, key: string): string {
  return createHash('sha1').update(`${piece.name}\0${piece.hash}\0${piece.ordinal}\0${key}`).digest('base64url').slice(0, 12);
}
