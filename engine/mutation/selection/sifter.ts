import type { SyntaxTree } from '../../syntax/index.ts';
import type { AridRule, NotUseful, ProjectConfig } from '../../workspace/index.ts';
import { describeChange } from '../describe.ts';
import type { ResolvedMutant, ResolvedPiece, Suppressed } from '../resolve.ts';
import { aridReason } from './arid.ts';
import { ARID_RULES } from './arid-rules.ts';
import { matchingPattern } from './not-useful.ts';
import { type Sameness, SamenessFinder } from './sameness.ts';
import { worthOf, worthOfPiece } from './worth.ts';

/** How many answers of rules are remembered. */
const KEPT = 100_000;

/**
 * Marks mutants that are not worth a look, each with why. It is made for a configuration, and remembers what it found out by the mutants' ids, so that
 * a keystroke in a file with many survivors costs next to nothing.
 */
export class Sifter {
  readonly #notUseful: readonly NotUseful[];
  readonly #rules: readonly AridRule[];
  readonly #finder = new SamenessFinder();
  readonly #arid = new Map<string, string | undefined>();

  constructor({ mutation }: Pick<ProjectConfig, 'mutation'>) {
    this.#notUseful = mutation.notUseful;
    this.#rules = [...mutation.arid, ...ARID_RULES];
  }

  /**
   * Marks the mutants of a file (relative to the package) that no test noticed or reached. Functions that no test runs are left as they are: they are
   * one gap, whatever is in them.
   *
   * @param tree of the text that the mutants stand in
   * @param deadline when to stop, on the clock of `performance.now()`; `pending` says that some mutants were left over
   */
  sift(file: string, tree: SyntaxTree, found: readonly ResolvedPiece[], deadline?: number): { pieces: ResolvedPiece[]; pending: boolean } {
    let pending = false;
    const pieces = found.map((piece) => {
      const isRun = piece.mutants.some(({ status }) => status !== 'NoCoverage' && status !== 'Ignored');
      const left = piece.stale || !isRun ? [] : piece.mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
      if (left.length === 0) return piece;
      const reasons = new Map<string, Suppressed>();
      for (const mutant of left) {
        if (performance.now() > (deadline ?? Number.POSITIVE_INFINITY) && !this.#arid.has(mutant.id)) {
          pending = true;
          break;
        }
        const reason = this.#byPattern(mutant, file) ?? this.#byRule(mutant, tree);
        if (reason) reasons.set(mutant.id, reason);
      }
      const ordered = inOrder(left, piece, reasons);
      const sameness = this.#finder.compare(tree, piece.range, ordered, deadline);
      pending ||= !sameness;
      for (const [id, reason] of sameness ? bySameness(ordered, sameness) : []) if (!reasons.has(id)) reasons.set(id, reason);
      return reasons.size > 0 ? marked(piece, reasons) : piece;
    });
    return { pieces, pending };
  }

  #byPattern(mutant: ResolvedMutant, file: string): Suppressed | undefined {
    return matchingPattern(mutant, file, this.#notUseful) && { kind: 'not useful', reason: 'called not useful in assay.config.json' };
  }

  #byRule({ id, range }: ResolvedMutant, tree: SyntaxTree): Suppressed | undefined {
    if (!this.#arid.has(id)) {
      const [oldest] = this.#arid.keys();
      if (this.#arid.size >= KEPT && oldest !== undefined) this.#arid.delete(oldest);
      this.#arid.set(id, aridReason(tree, range, this.#rules));
    }
    const why = this.#arid.get(id);
    return why === undefined ? undefined : { kind: 'arid', reason: why };
  }
}

function marked(piece: ResolvedPiece, reasons: ReadonlyMap<string, Suppressed>): ResolvedPiece {
  return {
    ...piece,
    mutants: piece.mutants.map((mutant) => {
      const suppressed = reasons.get(mutant.id);
      return suppressed ? { ...mutant, suppressed } : mutant;
    }),
  };
}

/**
 * In which order mutants are compared, for of doubles the first stays: those that are suppressed already, so that their doubles are too; then those
 * that tests reached, which say more than one that none did.
 */
function inOrder(mutants: ResolvedMutant[], piece: ResolvedPiece, suppressed: ReadonlyMap<string, Suppressed>): ResolvedMutant[] {
  const shared = worthOfPiece(piece);
  const rank = ({ id, status }: ResolvedMutant) => (suppressed.has(id) ? 0 : status === 'Survived' ? 1 : 2);
  return mutants.sort((a, b) => rank(a) - rank(b) || worthOf(b, shared) - worthOf(a, shared));
}

function bySameness(mutants: readonly ResolvedMutant[], { equivalent, duplicates }: Sameness): [string, Suppressed][] {
  if (equivalent.size + duplicates.size === 0) return [];
  const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));
  return [
    ...[...equivalent].map((id): [string, Suppressed] => [id, { kind: 'equivalent', reason: 'the program does the same with this change' }]),
    ...[...duplicates].flatMap(([id, other]): [string, Suppressed][] => {
      const same = byId.get(other);
      return same ? [[id, { kind: 'duplicate', reason: `the same as when ${describeChange(same)}, line ${same.range.start.line + 1}` }]] : [];
    }),
  ];
}
