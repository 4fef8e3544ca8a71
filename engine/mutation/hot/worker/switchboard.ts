import { ACTIVE, COVER } from '../../instrumented-nodes.ts';
import { now } from './clock.ts';
import type { Guard } from './guard.ts';
import { type Infection, infection, outcome } from './infection.ts';
import { tooLong, tooOften } from './reasons.ts';

/** What an instrumented file asks for. */
export interface Switches {
  readonly state: SwitchState;
  /** Whether this mutant is the one that is switched on; asked when the state says so. */
  active(id: string): boolean;
  /** Notes that the code of these mutants runs; told when the fuel is gone. */
  cover(...ids: (string | number)[]): void;
  /** Notes which of these mutants, all that stand in an expression, would change what it comes to; of a condition only whether it holds. */
  weigh(asCondition: boolean, ids: readonly string[], expression: Weighed): void;
  /** Notes that a file is loaded which was instrumented in this run. */
  loaded(run: string): void;
}

/**
 * What instrumented code looks at by itself (`host/inline-switches.ts`), with no call where there is nothing to do: it does so at each step of each loop,
 * and calls cost several times what the loop does.
 */
export interface SwitchState {
  /** The id of the mutant that is on, as a number; none is below 0. */
  on: number;
  /** How many steps may be taken before {@link Switches.cover} is told of them: each time that a mutant's place is passed is a step. */
  fuel: number;
  /** Whether it is of interest which mutants would change what an expression comes to. */
  weighs: boolean;
}

/** An expression that can be evaluated any number of times: what may do more than come to a value is guarded. */
export type Weighed = (guard: Guard) => unknown;

/** How often each mutant's code ran, by id. */
export type Hits = Record<string, number>;

/** What of the mutated code ran in a test, or outside of all. */
export class Trace {
  readonly hits: Hits = {};
  readonly #inert = new Set<string>();
  readonly #infecting = new Set<string>();
  /** Mutants with which an expression comes to another value, for certain. */
  readonly altered = new Set<string>();
  /** Whether it is of interest which of it would have changed something. */
  readonly weighs: boolean;
  /** How long it took to weigh expressions, milliseconds. */
  weighingMs = 0;
  readonly #only: ReadonlySet<string> | undefined;
  #weighings = 0;

  /** @param only the mutants that are weighed; all where missing */
  constructor(weighs: boolean, only?: ReadonlySet<string>) {
    this.weighs = weighs;
    this.#only = only;
  }

  /** Mutants that ran and would have changed nothing at all. */
  get inert(): string[] {
    return Object.keys(this.hits).filter((id) => this.#inert.has(id));
  }

  /** Those of the mutants that ran and would, or may, have changed something. */
  changedBy(ids: readonly string[]): string[] {
    return ids.filter((id) => id in this.hits && !this.#inert.has(id));
  }

  /** Whether one more expression may be weighed; if not, all in it count as changing something. */
  mayWeigh(ids: readonly string[]): boolean {
    if (!ids.some((id) => this.isOpen(id))) return false;
    if (++this.#weighings <= MOST_WEIGHINGS) return true;
    for (const id of ids) this.note(id, 'possible');
    return false;
  }

  /** Whether it is of interest, and not known yet, that a mutant changes something. */
  isOpen(id: string): boolean {
    return this.#only?.has(id) !== false && !this.#infecting.has(id);
  }

  note(id: string, infection: Infection): void {
    if (infection === 'none') {
      this.#inert.add(id);
      return;
    }
    this.#infecting.add(id);
    this.#inert.delete(id);
    if (infection === 'certain') this.altered.add(id);
  }
}

/**
 * How many expressions are weighed in one test: a loop that runs for long is not made much longer. To weigh an expression takes many times what it takes
 * itself, and where a loop is not weighed to its end nothing is gained by the part that was.
 */
const MOST_WEIGHINGS = 10_000;

/** What {@link SwitchState.on} is while no mutant is on. */
const NONE = -1;
/** As much fuel as is given out at once: V8 keeps numbers up to here in place. */
const MOST_FUEL = 2 ** 30;

/** Whether the code of the same mutants ran, however often. */
export function sameMutants(a: Hits, b: Hits): boolean {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => id in b);
}

/** Thrown out of a loop that ran too often. Tests may catch it; {@link Switchboard.overLimit} stays set. */
export class HitLimitReached extends Error {}

/** Thrown by the canary wherever mutated code is reached. */
export class CanarySang extends Error {}

/** The name on the global object under which instrumented code finds its switches. */
export const GLOBAL_NAME = '__assay_switches__';
/** What instrumented code calls beside what StrykerJS's instrumenter has it call. */
export const STATE = 'state_9fa48';
export const WEIGH = 'assayWeigh_9fa48';

/**
 * What stands behind a text that was instrumented in a run. It comes last, so that lines stay where they are and directives stay first, on a line of its own,
 * for a comment may be what it follows; function declarations are hoisted. Each replaces itself by what it found. In a thread that tests start there are no switches:
 * the code there is as it was.
 */
export function switchesFooter(run: string): string {
  return (
    `\n;function ${ACTIVE}(id){return(${ACTIVE}=globalThis.${GLOBAL_NAME}?.active??(()=>false))(id)}` +
    `function ${COVER}(){(${COVER}=globalThis.${GLOBAL_NAME}?.cover??(()=>{})).apply(null,arguments)}` +
    `function ${STATE}(){const s=globalThis.${GLOBAL_NAME}?.state??{on:-1,fuel:0,weighs:false};${STATE}=()=>s;return s}` +
    `function ${WEIGH}(){globalThis.${GLOBAL_NAME}.weigh.apply(null,arguments)}` +
    `globalThis.${GLOBAL_NAME}?.loaded(${JSON.stringify(run)})`
  );
}

/** Which mutant is on in this process, and what of the mutated code runs. One a process: instrumented code holds on to its functions. */
export class Switchboard implements Switches {
  /** How often the switch of the mutant that is on was asked. */
  hits = 0;
  /** Why what runs is taken for a loop that does not end, where it ran more often than it may. */
  overLimit: string | undefined;
  readonly state: SwitchState = { on: NONE, fuel: MOST_FUEL, weighs: false };
  /** What the text of tests may look for while an experiment runs. */
  lab: unknown;
  /** Makes what functions that lost their body return, anew for each call: what they return may be changed. */
  makeReturn: (() => unknown) | undefined;
  #on: string | undefined;
  #limit = Number.POSITIVE_INFINITY;
  #stepLimit = Number.POSITIVE_INFINITY;
  /** How many steps may still be taken, with what was given out as fuel. */
  #left = Number.POSITIVE_INFINITY;
  #given = MOST_FUEL;
  #canary = false;
  #trace: Trace | undefined;

  /** What a function that lost its body returns (`host/chosen-returns.ts`). */
  get returns(): unknown {
    return this.makeReturn?.();
  }

  /** The mutant that is on. */
  get mutant(): string | undefined {
    return this.#on;
  }

  /** The runs whose instrumented files were loaded: ids of another run than the one at hand mean other mutants. */
  readonly runs = new Set<string>();
  readonly loaded = (run: string): void => void this.runs.add(run);

  readonly active = (id: string): boolean => {
    if (id !== this.#on) return false;
    if (++this.hits > this.#limit) this.#stop(tooOften(this.#limit));
    return true;
  };

  readonly cover = (...ids: (string | number)[]): void => {
    const hits = this.#trace?.hits;
    if (hits) for (const id of ids) hits[id] = (hits[id] ?? 0) + 1;
    this.#left -= this.#given - this.state.fuel;
    this.#refuel();
    if (this.#left < 0) this.#stop(tooLong(this.#stepLimit));
    if (this.#canary) throw new CanarySang('Assay breaks this code on purpose, to see whether a test notices.');
  };

  readonly weigh = (asCondition: boolean, ids: readonly string[], expression: Weighed): void => {
    const trace = this.#trace;
    if (!trace?.mayWeigh(ids)) return;
    const began = now();
    const before = outcome(expression);
    for (const id of ids) {
      if (!trace.isOpen(id)) continue;
      this.on(id, Number.POSITIVE_INFINITY);
      const after = outcome(expression);
      trace.note(id, infection(before, after, asCondition, this.hits > 0));
    }
    this.off();
    trace.weighingMs += now() - began;
  };

  /**
   * Switches one mutant on and all others off.
   *
   * @param limit how often its code may run
   * @param stepLimit how many steps all code that is instrumented may take: a mutant may also be the reason why another loop does not end
   */
  on(id: string, limit: number, stepLimit = Number.POSITIVE_INFINITY): void {
    this.#limit = limit;
    this.#stepLimit = stepLimit;
    this.hits = 0;
    this.overLimit = undefined;
    this.#set(id, stepLimit);
  }

  /** Switches all mutants off. */
  off(): void {
    this.#set(undefined, Number.POSITIVE_INFINITY);
  }

  /** Does something while the mutant that is on is off. */
  async without<T>(act: () => Promise<T>): Promise<T> {
    const on = this.#on;
    const left = this.#left - (this.#given - this.state.fuel);
    this.off();
    try {
      return await act();
    } finally {
      this.#set(on, left);
    }
  }

  #set(on: string | undefined, left: number): void {
    this.#on = on;
    this.state.on = on === undefined ? NONE : Number(on);
    this.#left = left;
    this.#refuel();
  }

  /** Where each step is of interest, the code is given nothing. */
  #refuel(): void {
    this.#given = this.#trace || this.#canary ? 0 : Math.max(0, Math.min(this.#left, MOST_FUEL));
    this.state.fuel = this.#given;
  }

  #stop(reason: string): never {
    this.overLimit = reason;
    throw new HitLimitReached(reason);
  }

  /** Makes all mutated code throw, or no longer. */
  canary(sings: boolean): void {
    this.#canary = sings;
    this.#refuel();
  }

  /** From now on what runs while no mutant is on is noted in `trace`; nowhere where missing. Returns what it was noted in before. */
  record(trace: Trace | undefined): Trace | undefined {
    const before = this.#trace;
    this.#trace = trace;
    this.state.weighs = trace?.weighs === true;
    this.#refuel();
    return before;
  }
}

/** Gives the instrumented code of one realm (a vm context has a global object of its own) its switches. */
export function installSwitches(global: object, switches: Switches): void {
  Object.defineProperty(global, GLOBAL_NAME, { value: switches, configurable: true, writable: true, enumerable: false });
}
