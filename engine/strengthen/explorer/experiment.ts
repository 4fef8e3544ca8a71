import { randomNumbers } from '../../model/index.ts';
import type { Experiment } from '../../mutation/index.ts';
import { isWritable, UNDEFINED } from '../literals.ts';
import { telling } from '../parts.ts';
import { type Observed, type Outcome, type Scenario, type Step, sameOutcome } from '../scenario.ts';
import { type Difference, type Exploration, type Finding, mutantKey } from './findings.ts';
import { differs, isTelling, Player } from './player.ts';
import { Recorder } from './recorder.ts';
import { shrink, weightOf } from './shrink.ts';
import { calleeOf, combinations, type Given, givenIn, type Pool, variations } from './variations.ts';

/** How many observed scenarios are looked at. */
const MOST_SCENARIOS = 400;
/** From how many of them others are made for one mutant. */
const MOST_BASES = 40;
/** How many scenarios that run the mutated code are kept to make others from. */
const MOST_LEADING = 300;
/** How many steps of instrumented code one try may take, and how often a mutant's own code may run in it. */
const STEP_LIMIT = 2_000_000;
const HIT_LIMIT = 200_000;
/** An id that no mutant has: it is on while the original runs, so that steps are counted. */
const ORIGINAL = '-2';

type Laboratory = Parameters<Experiment>[0];
type Found = Pick<Difference, 'scenario' | 'outcome' | 'mutated' | 'test' | 'observed'>;

/** A scenario with what comes of it, and which mutants' code it runs. */
interface Base extends Observed {
  outcome: Outcome;
  reached: ReadonlySet<string>;
  /** Whether it was observed as it is. */
  observed: boolean;
}

/** Looks for calls on which mutants and the original differ, from those that tests make. */
export const experiment: Experiment = async (laboratory: Laboratory, input: Exploration) => {
  await new Explorer(laboratory).explore(input);
};

class Explorer {
  readonly #lab: Laboratory;
  readonly #recorder = new Recorder();
  readonly #player = new Player(this.#recorder);
  /** Full names of tests by key. */
  readonly #names = new Map<string, string>();
  #tries = 0;
  #reached = 0;

  constructor(laboratory: Laboratory) {
    this.#lab = laboratory;
  }

  async explore({ mutants, budgetMs }: Exploration): Promise<void> {
    this.#lab.switches.lab = this.#recorder;
    const { tests, error } = await this.#observe();
    const observed = this.#recorder.observed();
    this.#tell({ kind: 'observed', scenarios: observed.length, tests });
    if (error !== undefined) return this.#tell({ kind: 'unusable', why: error });
    this.#recorder.quiet();
    const opened = await this.#lab.open();
    if ('cold' in opened) return this.#tell({ kind: 'unusable', why: opened.cold });
    const bases = await this.#bases(observed.slice(0, MOST_SCENARIOS));
    const placed = new Map(this.#lab.mutants.map((one) => [mutantKey(one), one.id]));
    const ids = mutants.map((one) => placed.get(mutantKey(one)));
    const known = new Set<number>();
    for (const [mutant, asked] of mutants.entries()) {
      const id = ids[mutant];
      if (known.has(mutant) || id === undefined) continue;
      const found = await this.#search(id, asked, bases, performance.now() + budgetMs);
      if (!found) {
        this.#tell({ kind: 'none', mutant, tries: this.#tries, reached: this.#reached });
        continue;
      }
      const kills = (await this.#killedBy(found.scenario, found.outcome, ids)).filter((one) => one !== mutant);
      for (const one of kills) known.add(one);
      this.#tell({ kind: 'difference', mutant, ...found, test: this.#names.get(found.test) ?? '', kills: [mutant, ...kills], tries: this.#tries });
    }
  }

  async #observe(): Promise<{ tests: number; error?: string }> {
    let tests = 0;
    let failed: string | undefined;
    const end = await this.#lab.fresh({
      oneByOne: true,
      begins: ({ key, name }) => {
        this.#names.set(key, name);
        this.#recorder.test = key;
        this.#lab.beat('');
      },
      ended: ({ state, name }) => {
        tests++;
        this.#recorder.test = '';
        if (state === 'failed') failed ??= `"${name}" fails by itself`;
        return true;
      },
    });
    const error = end.error ?? failed;
    return { tests, ...(error !== undefined && { error }) };
  }

  /** Plays what was observed without a mutant. What does not come out the same twice is left out. */
  async #bases(observed: readonly Observed[]): Promise<Base[]> {
    const bases: Base[] = [];
    for (const one of observed) {
      const hits = await this.#hitsOf(one.scenario);
      const outcome = await this.#original(one.scenario);
      if (outcome) bases.push({ ...one, outcome, reached: hits, observed: true });
    }
    return bases;
  }

  /** What comes of a scenario without a mutant; undefined where it is not the same each time. */
  async #original(scenario: Scenario): Promise<Outcome | undefined> {
    const first = await this.#play(scenario, ORIGINAL);
    if (!first || !isComparable(first)) return undefined;
    const second = await this.#play(scenario, ORIGINAL);
    return second && sameOutcome(first, second) ? first : undefined;
  }

  async #hitsOf(scenario: Scenario): Promise<ReadonlySet<string>> {
    const { switches } = this.#lab;
    const hits: Record<string, number> = {};
    switches.off();
    switches.record({ hits, weighs: false } as Parameters<typeof switches.record>[0]);
    await this.#player.play(scenario);
    switches.record(undefined);
    return new Set(Object.keys(hits));
  }

  /** Plays a scenario with a mutant on. Undefined where it says nothing. */
  async #play(scenario: Scenario, mutant: string): Promise<Outcome | undefined> {
    const { switches } = this.#lab;
    this.#lab.beat(mutant === ORIGINAL ? '' : mutant);
    switches.on(mutant, HIT_LIMIT, STEP_LIMIT);
    const outcome = await this.#player.play(scenario);
    const { overLimit, hits } = switches;
    switches.off();
    if (hits > 0) this.#reached++;
    return overLimit === undefined && isTelling(outcome) ? outcome : undefined;
  }

  async #search(id: string, { pool, owner }: Exploration['mutants'][number], bases: readonly Base[], deadline: number): Promise<Found | undefined> {
    this.#tries = 0;
    this.#reached = 0;
    const simplestFirst = [...bases].sort((a, b) => weightOf(a.scenario) - weightOf(b.scenario));
    const reaching = simplestFirst.filter(({ reached }) => reached.has(id));
    const near = simplestFirst.filter(({ scenario }) => calls(scenario, owner));
    const starts = (reaching.length > 0 ? reaching : near.length > 0 ? near : simplestFirst).slice(0, MOST_BASES);
    const given = givenIn(bases.map(({ scenario }) => scenario));
    const found = (await this.#tryAsObserved(id, reaching)) ?? (await this.#tryOthers(id, starts, pool, given, deadline));
    if (!found) return undefined;
    const { test, observed } = found;
    const scenario = observed ? found.scenario : await shrink(found.scenario, async (one) => (await this.#difference(one, id)) !== undefined);
    const difference = await this.#difference(scenario, id);
    const { awaited } = this.#player;
    const steps = scenario.steps.map((step, i): Step => (awaited.has(i) ? { ...step, awaits: true } : step));
    return difference && { scenario: { steps }, ...difference, test, observed };
  }

  async #tryAsObserved(id: string, reaching: readonly Base[]): Promise<Base | undefined> {
    for (const base of reaching) if (await this.#difference(base.scenario, id)) return base;
    return undefined;
  }

  /** Tries scenarios that are like some: with one value changed, the likely ones first, then with several at random until time is over. */
  async #tryOthers(id: string, starts: readonly Base[], pool: Pool, given: Given, deadline: number): Promise<Base | undefined> {
    const leading: Scenario[] = starts.map(({ scenario }) => scenario);
    const attempt = async (scenario: Scenario, base: Base): Promise<Base | undefined> => {
      const before = this.#reached;
      const difference = await this.#difference(scenario, id);
      // What runs the mutated code leads further than what does not.
      if (this.#reached > before && !base.reached.has(id) && leading.length < MOST_LEADING) leading.push(scenario);
      return difference && { ...base, scenario, outcome: difference.outcome, observed: false };
    };
    for (const bold of [false, true]) {
      // In turns: which of them leads somewhere is not known.
      const sources = starts.map((base) => ({ base, from: variations(base.scenario, pool, given, bold) }));
      while (sources.length > 0) {
        for (const source of [...sources]) {
          if (performance.now() > deadline) return undefined;
          const next = source.from.next();
          if (next.done) sources.splice(sources.indexOf(source), 1);
          else {
            const found = await attempt(next.value, source.base);
            if (found) return found;
          }
        }
      }
    }
    const [base] = starts;
    for (const scenario of combinations(leading.length > starts.length ? leading.slice(starts.length) : leading, pool, given, randomNumbers(1))) {
      if (!base || performance.now() > deadline) return undefined;
      const found = await attempt(scenario, base);
      if (found) return found;
    }
    return undefined;
  }

  /** What comes of a scenario without and with a mutant, where that differs and is the same each time. */
  async #difference(scenario: Scenario, id: string): Promise<{ outcome: Outcome; mutated: Outcome } | undefined> {
    this.#tries++;
    // Most tries show nothing: the mutated code is asked first.
    const mutated = await this.#play(scenario, id);
    if (!mutated) return undefined;
    const outcome = await this.#play(scenario, ORIGINAL);
    if (!outcome || !isComparable(outcome) || !differs(outcome, mutated) || !isAssertable(outcome, mutated)) return undefined;
    const again = await this.#original(scenario);
    return again && sameOutcome(again, outcome) ? { outcome, mutated } : undefined;
  }

  /** Which mutants come to another outcome on a scenario. */
  async #killedBy(scenario: Scenario, outcome: Outcome, ids: readonly (string | undefined)[]): Promise<number[]> {
    const killed: number[] = [];
    for (const [mutant, id] of ids.entries()) {
      const mutated = id === undefined ? undefined : await this.#play(scenario, id);
      if (mutated && differs(outcome, mutated)) killed.push(mutant);
    }
    return killed;
  }

  #tell(finding: Finding): void {
    this.#lab.tell(finding);
  }
}

/** Whether a scenario calls what a piece of code is named after. */
function calls({ steps }: Scenario, owner: string): boolean {
  const names = owner.split('.');
  return steps.some((step) => names.includes(calleeOf(step).split('.').at(-1) ?? ''));
}

/** Whether a test can be held against what came: all that an error is held against is its message. */
function isComparable({ kind, value }: Outcome): boolean {
  return (kind !== 'throws' && kind !== 'rejects') || (typeof value === 'object' && value !== null && value.$ === 'error');
}

/** Whether a test can be written that tells what came from what comes with the mutant. */
function isAssertable({ kind, value, args }: Outcome, mutated: Outcome): boolean {
  if (kind === 'throws' || kind === 'rejects') return true;
  const same = kind === mutated.kind && JSON.stringify(value) === JSON.stringify(mutated.value);
  if (same) return args?.every(isWritable) ?? false;
  return kind === 'returns' ? telling(value, mutated.kind === 'returns' ? mutated.value : UNDEFINED) !== undefined : isWritable(value);
}
