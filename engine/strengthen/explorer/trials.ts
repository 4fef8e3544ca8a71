import type { Experiment } from '../../mutation/index.ts';
import { isWritable, sayTheSame, UNDEFINED } from '../literals.ts';
import { changedAround, telling } from '../parts.ts';
import { isPresentable } from '../presentable.ts';
import { type Outcome, type Scenario, sameOutcome } from '../scenario.ts';
import type { Tracks } from './corpus.ts';
import { elsewhen, elsewhere } from './elsewhen.ts';
import { Fence } from './fence.ts';
import { differs, isTelling, Player } from './player.ts';
import type { Recorder } from './recorder.ts';

/** How many steps of instrumented code one try may take, and how often a mutant's own code may run in it. */
const STEP_LIMIT = 2_000_000;
const HIT_LIMIT = 200_000;
/** An id that no mutant has: it is on while the original runs, so that steps are counted. */
const ORIGINAL = '-2';

/** What an experiment is given. */
export type Laboratory = Parameters<Experiment>[0];

/** Plays scenarios with and without mutants. */
export class Trials {
  /** How many were made, and how many of them ran the code of the mutant that was on. */
  made = 0;
  reached = 0;
  /** What most of those that ran it called, and were kept from. */
  get kept(): string | undefined {
    return this.#kept * 2 > this.reached ? this.#keptLast : undefined;
  }
  /** What came of the one that was made last, with its mutant; undefined where that says nothing, or the original does not come to an end either. */
  last: Outcome | undefined;
  /** Up while scenarios are played. */
  readonly fence = new Fence();
  readonly #lab: Laboratory;
  readonly #recorder: Recorder;
  readonly #player: Player;
  /** Whether what was played last ran the code of the mutant that was on. */
  #ran = false;
  #kept = 0;
  #keptLast: string | undefined;

  /** @param isHasty whether calls that do not come to an end are broken off */
  constructor(laboratory: Laboratory, recorder: Recorder, isHasty: boolean) {
    this.#lab = laboratory;
    this.#recorder = recorder;
    this.#player = new Player(recorder, isHasty);
  }

  /** Counts from nothing again. */
  begin(): void {
    this.made = 0;
    this.reached = 0;
    this.#kept = 0;
  }

  /** What comes of a scenario without a mutant; undefined where it is not the same each time, at another time, with other random numbers, or on another system, or no test could be held against it. */
  async original(scenario: Scenario): Promise<Outcome | undefined> {
    const first = await this.once(scenario);
    const { realm } = this.#recorder;
    const second = first && (await elsewhen(realm, () => elsewhere(realm, () => this.once(scenario))));
    return second && sameOutcome(first, second) ? first : undefined;
  }

  /** The same, when it is played once. */
  async once(scenario: Scenario): Promise<Outcome | undefined> {
    const outcome = await this.play(scenario, ORIGINAL);
    return outcome && isComparable(outcome) ? outcome : undefined;
  }

  /** Where a scenario goes. */
  async tracks(scenario: Scenario): Promise<Tracks> {
    const { hits, inert, altered } = await this.#lab.trace(true, () => this.#player.play(scenario));
    const idle = new Set(inert);
    return { hits, infected: new Set(Object.keys(hits).filter((id) => !idle.has(id))), altered };
  }

  /** Plays a scenario with a mutant on. Undefined where it says nothing. */
  async play(scenario: Scenario, mutant: string): Promise<Outcome | undefined> {
    const { switches } = this.#lab;
    this.#lab.beat(mutant === ORIGINAL ? '' : mutant);
    switches.on(mutant, HIT_LIMIT, STEP_LIMIT);
    this.fence.kept = undefined;
    const outcome = await this.#player.play(scenario);
    const { overLimit, hits } = switches;
    switches.off();
    this.#ran = hits > 0;
    return overLimit === undefined && this.fence.kept === undefined && isTelling(outcome) ? outcome : undefined;
  }

  /** What comes of a scenario without and with a mutant, where a test could tell the one from the other each time. */
  async difference(scenario: Scenario, id: string): Promise<{ outcome: Outcome; mutated: Outcome } | undefined> {
    this.made++;
    const mutated = await this.play(scenario, id);
    this.last = mutated;
    if (this.#ran) {
      const { kept } = this.fence;
      this.reached++;
      if (kept !== undefined) this.#kept++;
      this.#keptLast = kept ?? this.#keptLast;
    }
    if (!mutated) return undefined;
    const outcome = await this.once(scenario);
    if (!outcome) this.last = undefined;
    if (!outcome || !isTold(outcome, mutated)) return undefined;
    const again = await this.original(scenario);
    return again && sameOutcome(again, outcome) ? { outcome, mutated } : undefined;
  }

  /** Whether a scenario runs a mutant's code each time that it is played. */
  async runs(scenario: Scenario, id: string): Promise<boolean> {
    await this.play(scenario, id);
    return this.#ran;
  }

  /** Which steps of a scenario, but for its last, come to something that has to be waited for. */
  async awaited(scenario: Scenario): Promise<Scenario> {
    await this.once(scenario);
    const { awaited } = this.#player;
    return { steps: scenario.steps.map((step, i) => (awaited.has(i) ? { ...step, awaits: true } : step)) };
  }
}

/** Whether a test can tell two outcomes from each other. */
export function isTold(outcome: Outcome, mutated: Outcome): boolean {
  return differs(outcome, mutated) && isAssertable(outcome, mutated);
}

/** Whether a test can be held against what came, and may be: all that an error is held against is its message. */
function isComparable({ kind, value }: Outcome): boolean {
  const isError = typeof value === 'object' && value !== null && value.$ === 'error';
  return isPresentable(value) && ((kind !== 'throws' && kind !== 'rejects') || isError);
}

function isAssertable(outcome: Outcome, mutated: Outcome): boolean {
  const { kind, value, args } = outcome;
  if (kind === 'throws' || kind === 'rejects') return true;
  const same = kind === mutated.kind && sayTheSame(value, mutated.value);
  // Where only the mutant changes its arguments, they are what they were, which can be written.
  const isShown = args ? args.every(isWritable) : mutated.args !== undefined;
  if (same) return isShown || changedAround(outcome, mutated) !== undefined;
  return kind === 'returns' ? telling(value, mutated.kind === 'returns' ? mutated.value : UNDEFINED) !== undefined : isWritable(value);
}
