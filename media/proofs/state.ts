import type { Ladder, LadderStep, ProofDetail, Rung, VerifyProgressParams } from '../../server/protocol.ts';
import { standing, verdictOf } from './looks.ts';

/** Everything that the view is drawn from. */
export interface State {
  /** Undefined until the host has told them. */
  ladders: Ladder[] | undefined;
  trusted: boolean;
  /** Up to which rung the settings verify. */
  level: Rung;
  /** What proofs found, by their ids, as far as it was asked for. */
  details: Readonly<Record<string, ProofDetail | 'loading' | 'gone'>>;
  /** What runs now. */
  progress: VerifyProgressParams | null;
  /** Which projects and rungs a person opened or closed, by {@link keyOf}; the others are as {@link isOpen} says. */
  toggled: Readonly<Record<string, boolean>>;
  /** How many entries of long lists are shown, by the list's name, where that is more than at first. */
  shown: Readonly<Record<string, number>>;
  keysShown: boolean;
  /** Milliseconds since the epoch, for how long ago something was. */
  now: number;
  /** What a screen reader is told. */
  announcement: string;
}

/** What outlives a reload of the webview. */
export interface Memento extends Pick<State, 'toggled' | 'shown'> {
  version: typeof VERSION;
  scroll: number;
}

const VERSION = 1;
/** So many projects are open at first; of more, only the first that does not hold is. */
const FEW = 3;

/** The state of a view that has been told nothing yet. */
export function initialState(now: number): State {
  return {
    ...{ ladders: undefined, trusted: true, level: 'test', details: {}, progress: null, toggled: {}, shown: {} },
    ...{ keysShown: false, now, announcement: '' },
  };
}

/** What to keep of a state. */
export function mementoOf({ toggled, shown }: State, scroll: number): Memento {
  return { version: VERSION, toggled, shown, scroll };
}

/** The state and the scroll offset as they were kept; a memento of another version is ignored. */
export function restore(saved: unknown, now: number): { state: State; scroll: number } {
  const state = initialState(now);
  if (typeof saved !== 'object' || saved === null || (saved as Memento).version !== VERSION) return { state, scroll: 0 };
  const { toggled, shown, scroll } = saved as Memento;
  return { state: { ...state, toggled, shown }, scroll };
}

/** The name of a project, or of one of its rungs, for what is opened. */
export function keyOf({ id }: Pick<Ladder, 'id'>, rung?: Rung): string {
  return rung ? `${id} ${rung}` : id;
}

/** Whether a project shows its rungs. */
export function isOpen({ ladders = [], toggled }: State, ladder: Ladder): boolean {
  return toggled[keyOf(ladder)] ?? (ladders.length <= FEW || ladder === ladders.find((one) => standing(one) === 'fails'));
}

/** Whether a rung shows what its proof found: what does not hold is looked at first. */
export function isRungOpen({ toggled }: State, ladder: Ladder, step: LadderStep): boolean {
  return toggled[keyOf(ladder, step.rung)] ?? verdictOf(step) === 'fails';
}

/** The proofs that are to be seen and were not asked for yet. */
export function missing(state: State): { project: string; proof: string }[] {
  return (state.ladders ?? [])
    .filter((ladder) => isOpen(state, ladder))
    .flatMap((ladder) =>
      ladder.steps.flatMap((step) => {
        const { newest } = step;
        const isWanted = newest?.hasEvidence && isRungOpen(state, ladder, step) && state.details[newest.id] === undefined;
        return isWanted ? [{ project: ladder.id, proof: newest.id }] : [];
      }),
    );
}
