/** What an instrumented file asks for, by the names that StrykerJS's instrumenter gives. */
export interface Switches {
  /** Whether this mutant is the one that is switched on. */
  active(id: string): boolean;
  /** Notes that the code of these mutants runs. */
  cover(...ids: string[]): void;
  /** Notes that a file is loaded which was instrumented in this run. */
  loaded(run: string): void;
}

/** How often each mutant's code ran, by id. */
export type Hits = Record<string, number>;

/** Whether the code of the same mutants ran, however often. */
export function sameMutants(a: Hits, b: Hits): boolean {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => id in b);
}

/** Thrown out of a mutated loop that ran too often. Tests may catch it; {@link Switchboard.overLimit} stays set. */
export class HitLimitReached extends Error {}

/** Thrown by the canary wherever mutated code is reached. */
export class CanarySang extends Error {}

/** The name on the global object under which instrumented code finds its switches. */
export const GLOBAL_NAME = '__assay_switches__';

/**
 * What stands behind a text that was instrumented in a run. It has no line of its own, so that lines stay where they are, and comes last, so that
 * directives stay first; function declarations are hoisted. Each replaces itself by what it found. In a thread that tests start there are no switches:
 * the code there is as it was.
 */
export function switchesFooter(run: string): string {
  return (
    `;function stryMutAct_9fa48(id){return(stryMutAct_9fa48=globalThis.${GLOBAL_NAME}?.active??(()=>false))(id)}` +
    `function stryCov_9fa48(){(stryCov_9fa48=globalThis.${GLOBAL_NAME}?.cover??(()=>{})).apply(null,arguments)}` +
    `globalThis.${GLOBAL_NAME}?.loaded(${JSON.stringify(run)})`
  );
}

/** Which mutant is on in this process, and what of the mutated code runs. One a process: instrumented code holds on to its functions. */
export class Switchboard implements Switches {
  /** How often the switch of the mutant that is on was asked. */
  hits = 0;
  /** Whether the mutant that is on ran more often than it may: a loop that does not end. */
  overLimit = false;
  #on: string | undefined;
  #limit = Number.POSITIVE_INFINITY;
  #canary = false;
  #bucket: Hits | undefined;

  /** The mutant that is on. */
  get mutant(): string | undefined {
    return this.#on;
  }

  /** The runs whose instrumented files were loaded: ids of another run than the one at hand mean other mutants. */
  readonly runs = new Set<string>();
  readonly loaded = (run: string): void => void this.runs.add(run);

  readonly active = (id: string): boolean => {
    if (id !== this.#on) return false;
    if (++this.hits > this.#limit) {
      this.overLimit = true;
      throw new HitLimitReached(`The mutated code ran ${this.#limit} times: it does not end.`);
    }
    return true;
  };

  readonly cover = (...ids: string[]): void => {
    const bucket = this.#bucket;
    if (bucket) for (const id of ids) bucket[id] = (bucket[id] ?? 0) + 1;
    if (this.#canary) throw new CanarySang('Assay breaks this code on purpose, to see whether a test notices.');
  };

  /**
   * Switches one mutant on and all others off.
   *
   * @param limit how often its code may run
   */
  on(id: string, limit: number): void {
    this.#on = id;
    this.#limit = limit;
    this.hits = 0;
    this.overLimit = false;
  }

  /** Switches all mutants off. */
  off(): void {
    this.#on = undefined;
  }

  /** Does something while the mutant that is on is off. */
  async without<T>(act: () => Promise<T>): Promise<T> {
    const on = this.#on;
    this.#on = undefined;
    try {
      return await act();
    } finally {
      this.#on = on;
    }
  }

  /** Makes all mutated code throw, or no longer. */
  canary(sings: boolean): void {
    this.#canary = sings;
  }

  /** From now on what runs is counted in `bucket`; nowhere where missing. Returns what was counted in before. */
  record(bucket: Hits | undefined): Hits | undefined {
    const before = this.#bucket;
    this.#bucket = bucket;
    return before;
  }
}

/** Gives the instrumented code of one realm (a vm context has a global object of its own) its switches. */
export function installSwitches(global: object, switches: Switches): void {
  Object.defineProperty(global, GLOBAL_NAME, { value: switches, configurable: true, writable: true, enumerable: false });
}
