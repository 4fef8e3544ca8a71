import type { Phase } from './executor.ts';
import type { RunEvent } from './mutate.ts';

/** How far a run is. */
export interface Progress {
  phase: Phase | 'preparing';
  /** Mutants with a verdict, of `planned`. */
  judged: number;
  planned: number;
  survived: number;
  /** The sentence that people see, for example `132 of 471 mutants · 12 survived · 30 being confirmed`; of a quick scan, `30 of 64 functions · 2 would not be missed`. */
  text: string;
}

/** Follows the events of a run and says in words how far it is. */
export class ProgressTracker {
  progress: Progress = { phase: 'preparing', judged: 0, planned: 0, survived: 0, text: 'preparing' };
  #extreme = false;
  /** Mutants that survive for now. */
  readonly #unconfirmed = new Set<string>();

  /** Takes an event; answers whether the progress is another now. */
  take(event: RunEvent): boolean {
    const now = this.progress;
    switch (event.kind) {
      case 'started':
        this.#extreme = event.extreme;
        this.#unconfirmed.clear();
        this.progress = { phase: 'preparing', judged: 0, planned: 0, survived: 0, text: 'preparing' };
        return true;
      case 'phase':
        this.progress = { ...now, phase: event.phase, text: event.phase === 'mutants' ? this.#counts(now) : PHASES[event.phase] };
        return true;
      case 'tests':
        this.progress = { ...now, text: event.tests.length === 1 ? '1 test passes' : `${event.tests.length} tests pass` };
        return true;
      case 'planned':
        this.progress = { ...now, planned: event.mutants };
        return true;
      case 'executor':
        this.#unconfirmed.clear();
        this.progress = { ...now, judged: 0, planned: 0, survived: 0 };
        return false;
      case 'verdict': {
        const { id, status, provisional } = event.verdict;
        if (provisional) this.#unconfirmed.add(id);
        else this.#unconfirmed.delete(id);
        const next = provisional ? now : { ...now, judged: now.judged + 1, survived: now.survived + (status === 'Survived' ? 1 : 0) };
        this.progress = { ...next, text: this.#counts(next) };
        return true;
      }
      default:
        return false;
    }
  }

  #counts({ judged, planned, survived }: Pick<Progress, 'judged' | 'planned' | 'survived'>): string {
    const found = this.#extreme
      ? `${judged} of ${planned} functions · ${survived} would not be missed`
      : `${judged} of ${planned} mutants · ${survived} survived`;
    const { size } = this.#unconfirmed;
    return size > 0 ? `${found} · ${size} being confirmed` : found;
  }
}

const PHASES = { instrumenting: 'instrumenting', 'dry-run': 'running the tests once' } as const;
