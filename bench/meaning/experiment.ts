import type { Experiment } from '../../engine/mutation/index.ts';

/**
 * In the test process: which of the mutants that each test runs it notices by itself. Nothing stops at the first test that fails, and no test sees what
 * another left of a mutant.
 */

type Laboratory = Parameters<Experiment>[0];
type CallableTest = Parameters<Laboratory['call']>[0];

/** What is asked of the tests of one file. */
export interface KillQuestions {
  /** What its text calls itself by (`watched-text.ts`). */
  unit: number;
  /** Ids of mutants that ended a process or kept a test from ending. */
  skipped: string[];
  /** Tests, by their places in the audit, of which all is known. */
  done: number[];
  budgetMs: number;
}

/** What a test that is written in the file did, in all of its runs. */
export interface TestKills {
  kind: 'kills';
  /** Its place in the audit. */
  test: number;
  runs: number;
  /** How many mutants it runs, and how many files these stand in. */
  reached: number;
  files: number;
  /** Ids of those that it is known to notice, and not to notice. */
  noticed: string[];
  unnoticed: string[];
  /** The mean over its runs of the share that each run notices of what it runs itself. */
  runShare: number;
}

/** What is told: each test, a mutant with which a test did not end, and at the end how many tests could not be called alone. */
export type KillFinding = TestKills | { kind: 'hung'; mutant: string } | { kind: 'end'; cold: number };

/** Of how many mutants and runs of a test it is asked: a share of 50 is known to about seven of a hundred. */
const MOST_MUTANTS = 50;
const MOST_RUNS = 4;
const CALL_MS = 2000;
const HIT_LIMIT = 1_000_000;
const STEP_LIMIT = 20_000_000;
const MOST_OPENINGS = 150;
const TIMED_OUT = /\btimed out\b|\btimeout of\b/i;

interface Run {
  key: string;
  reached: Set<string>;
}

export const experiment: Experiment = async (lab: Laboratory, questions: KillQuestions) => {
  const runsOf = await dry(lab, questions.unit);
  await new Kills(lab, questions).judge(runsOf);
};

/** The runs of each test, without those that fail by themselves, with the mutants that each comes to. */
async function dry(lab: Laboratory, unit: number): Promise<Map<number, Run[]>> {
  let began = new Set<number>();
  let running = false;
  const nothing = () => {};
  const value = { v: <T>(one: T): T => one };
  lab.switches.lab = { t: (of: number, test: number) => void (running && of === unit && began.add(test)), g: nothing, c: () => value };
  const runsOf = new Map<number, Run[]>();
  let hits: Record<string, number> = {};
  await lab.fresh({
    oneByOne: true,
    begins: () => {
      lab.beat('');
      running = true;
      began = new Set();
      hits = lab.record();
    },
    ended: ({ key, state }) => {
      running = false;
      lab.record(false);
      const [test] = began;
      if (state === 'passed' && test !== undefined && began.size === 1)
        runsOf.set(test, [...(runsOf.get(test) ?? []), { key, reached: new Set(Object.keys(hits)) }]);
      return true;
    },
  });
  lab.record(false);
  return runsOf;
}

class Kills {
  readonly #lab: Laboratory;
  readonly #skipped: Set<string>;
  readonly #done: ReadonlySet<number>;
  readonly #end: number;
  #opened: Awaited<ReturnType<Laboratory['open']>> = { cold: '' };
  #openings = 0;

  constructor(lab: Laboratory, { skipped, done, budgetMs }: KillQuestions) {
    this.#lab = lab;
    this.#skipped = new Set(skipped);
    this.#done = new Set(done);
    this.#end = Date.now() + budgetMs;
  }

  async judge(runsOf: ReadonlyMap<number, Run[]>): Promise<void> {
    const known = new Map(this.#lab.mutants.map(({ id, file }) => [id, file]));
    let cold = 0;
    await this.#open();
    for (const [test, all] of shuffled([...runsOf], 1)) {
      if (this.#done.has(test) || this.#isOver) continue;
      const runs: { test: string; reached: Set<string> }[] = [];
      for (const { key, reached } of shuffled(all, test).slice(0, MOST_RUNS)) {
        if ((await this.#passes(key)) && (await this.#passes(key))) runs.push({ test: key, reached });
      }
      if (runs.length === 0) {
        cold++;
        continue;
      }
      const reached = [...new Set(runs.flatMap((one) => [...one.reached]))].filter((id) => known.has(id));
      const chosen = new Set(shuffled(reached, test).slice(0, MOST_MUTANTS));
      const covered = new Set<string>();
      const killed = new Set<string>();
      const shares: number[] = [];
      for (const run of runs) {
        let [its, noticed] = [0, 0];
        for (const id of chosen) {
          if (!run.reached.has(id) || this.#skipped.has(id)) continue;
          const end = await this.#tryMutant(run.test, id);
          if (end === undefined) continue;
          its++;
          covered.add(id);
          if (!end) continue;
          noticed++;
          killed.add(id);
        }
        if (its > 0) shares.push(noticed / its);
      }
      const files = new Set(reached.map((id) => known.get(id))).size;
      const runShare = shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length);
      if (!this.#isOver)
        this.#lab.tell({
          kind: 'kills',
          test,
          runs: all.length,
          reached: reached.length,
          files,
          noticed: [...killed],
          unnoticed: [...covered].filter((id) => !killed.has(id)),
          runShare,
        } satisfies KillFinding);
    }
    this.#lab.tell({ kind: 'end', cold } satisfies KillFinding);
  }

  get #isOver(): boolean {
    return Date.now() > this.#end || this.#openings > MOST_OPENINGS;
  }

  async #open(): Promise<void> {
    this.#openings++;
    this.#opened = await this.#lab.open();
  }

  #test(key: string): CallableTest | undefined {
    return 'tests' in this.#opened ? this.#opened.tests.get(key) : undefined;
  }

  async #passes(key: string): Promise<boolean> {
    this.#lab.beat('');
    const test = this.#test(key);
    if (!test) return false;
    const { ended, error } = await this.#lab.call(test, CALL_MS);
    return ended && !error;
  }

  /** Whether a run of a test notices a mutant; undefined where that is not known. */
  async #tryMutant(key: string, id: string, again = false): Promise<boolean | undefined> {
    const test = this.#test(key);
    if (!test || this.#isOver) return undefined;
    this.#lab.beat(id);
    this.#lab.switches.on(id, HIT_LIMIT, STEP_LIMIT);
    const { ended, error } = await this.#lab.call(test, CALL_MS);
    const { overLimit } = this.#lab.switches;
    this.#lab.switches.off();
    if (ended && !error) return false;
    if (!ended || overLimit !== undefined || TIMED_OUT.test(error?.message ?? '')) {
      this.#skipped.add(id);
      this.#lab.tell({ kind: 'hung', mutant: id } satisfies KillFinding);
      await this.#open();
      return undefined;
    }
    if (await this.#passes(key)) return true;
    // What this mutant or one before it left behind: in fresh modules only this one can have.
    await this.#open();
    if (again || !(await this.#passes(key))) return again ? true : undefined;
    return this.#tryMutant(key, id, true);
  }
}

/** The same order each time: a sample of mutants must not follow their places. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const result = [...list];
  let state = (seed + 1) * 2_654_435_761;
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (i + 1);
    [result[i], result[other]] = [result[other] as T, result[i] as T];
  }
  return result;
}
