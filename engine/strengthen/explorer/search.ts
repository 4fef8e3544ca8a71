import { randomNumbers } from '../../model/index.ts';
import type { NamedFunction } from '../owners.ts';
import { keyOf, type Observed, type Outcome, type Scenario, type Step, sameOutcome } from '../scenario.ts';
import { shapeOf } from '../shape.ts';
import { Caution } from './caution.ts';
import { Corpus, type Parent, type Tracks } from './corpus.ts';
import { Mixer } from './mixer.ts';
import { shrink, smallerScenarios, weightOf } from './shrink.ts';
import { isTold, type Trials } from './trials.ts';
import { calleeOf, type Given, givenIn, inTurns, type Pool, type Taken, variations } from './variations.ts';

/** From how many scenarios others are made for one mutant, and from how many of one shape. */
const MOST_BASES = 40;
const MOST_OF_SHAPE = 12;
/** How many scenarios that run the mutated code are kept to make others from. */
const MOST_LEADING = 300;
/** How many scenarios are tried on a mutant that is there from the start, for whose sake modules are loaded anew, and from how many observed ones they are made. */
const MOST_STATIC = 4000;
const MOST_STATIC_BASES = 30;
/** How often a scenario that tells such a mutant is made smaller. */
const SHRINKINGS = 4;

/** How many scenarios are varied as often as one another; as many behind them half as often, and so on. */
const AT_ONCE = 4;

/** How many scenarios are played again, to see whether they run the same code. */
const LOOKED_AT = 3;

/** How many calls are traced for one mutant while values are changed one by one. */
const MOST_TRACED = 200;
/** In which share of the time, and of the tries, values are changed one by one: to such of the kinds that tests gave, in direct calls and in others, then to others. */
const ONE_BY_ONE = { direct: 0.3, calm: 0.45, bold: 0.6 };

/** A scenario with what comes of it, and where it goes. */
export interface Base extends Observed {
  outcome: Outcome;
  tracks: Tracks;
}

/** What is looked for: a mutant, the values that its code speaks of, and the names of the functions that run it. */
export interface Sought {
  id: string;
  pool: Pool;
  owners: readonly string[];
  /** The nearest of them that is a function. */
  within: NamedFunction | undefined;
  /** Other mutants: what runs their code may show this one, where it is there from the start. */
  shownBy: readonly string[];
}

/** How much may be tried for one mutant: so often, and for so long. */
export interface Budget {
  tries: number;
  timeMs: number;
}

/** A scenario on which the mutant and the original differ. */
export interface Found {
  scenario: Scenario;
  outcome: Outcome;
  mutated: Outcome;
  /** The key of the test in which it, or one like it, was observed. */
  test: string;
  /** Whether it was observed as it is. */
  observed: boolean;
}

type Candidate = Omit<Found, 'outcome' | 'mutated'>;

/** Looks for scenarios that tell mutants from the original, among those that are like the observed ones. */
export class Search {
  readonly #trials: Trials;
  readonly #bases: readonly Base[];
  /** What tests gave, and what types would take. */
  readonly given: Given;
  readonly #corpus = new Corpus();
  /** Scenarios that ran the code of the mutant that was last looked for. */
  #reaching: Scenario[] = [];

  /** Tells which scenarios may be tried at all. */
  readonly #allows: (scenario: Scenario) => boolean;

  /** @param isCautious whether values of other kinds than tests gave are not tried */
  constructor(trials: Trials, bases: readonly Base[], taken: readonly Taken[], isCautious: boolean) {
    this.#trials = trials;
    const caution = isCautious ? new Caution(bases.map(({ scenario }) => scenario)) : undefined;
    this.#allows = (scenario) => caution?.allows(scenario) ?? true;
    // What tests call comes before what they might.
    this.#bases = [...bases].sort((a, b) => Number(a.isMade ?? false) - Number(b.isMade ?? false) || weightOf(a.scenario) - weightOf(b.scenario));
    this.given = givenIn(
      bases.map(({ scenario }) => scenario),
      isCautious ? [] : taken,
    );
    for (const base of this.#bases) this.#corpus.add(base, base.tracks, isFine(base.outcome));
  }

  /** Whether what once ran a mutant's code does not run it again: something keeps what came of it. */
  async isRemembered(id: string): Promise<boolean> {
    for (const { scenario } of this.#bases.filter((base) => runs(base, id)).slice(0, LOOKED_AT)) {
      // A cache may have lost it meanwhile.
      await this.#trials.runs(scenario, id);
      if (!(await this.#trials.runs(scenario, id))) return true;
    }
    return false;
  }

  /** Looks for one mutant. */
  async find(sought: Sought, { tries, timeMs }: Budget): Promise<Found | undefined> {
    const { id } = sought;
    this.#reaching = this.#bases.filter((base) => runs(base, id)).map(({ scenario }) => scenario);
    const found = (await this.#tryAsObserved(id)) ?? (await this.#tryOthers(sought, tries, timeMs));
    if (!found) return undefined;
    const scenario = found.observed
      ? found.scenario
      : await shrink(found.scenario, async (one) => this.#allows(one) && (await this.#trials.difference(one, id)) !== undefined);
    const difference = await this.#trials.difference(scenario, id);
    return difference && { ...found, scenario: await this.#trials.awaited(scenario), ...difference };
  }

  /** Scenarios that ran the code of the mutant that was last looked for, those that lead on last. */
  reaching(id: string): Scenario[] {
    return [...this.#reaching, ...this.#corpus.leadingTo(id).map(({ scenario }) => scenario)];
  }

  /**
   * Looks for a mutant that has to be on when modules are loaded, or whose results are kept: what comes of the same scenarios is held against each other.
   *
   * @param timeMs how long they may take without the mutant
   * @param load loads all modules anew, with the mutant on or with none; answers whether that can be
   * @param first scenarios that told others
   */
  async findStatic(sought: Sought, timeMs: number, first: readonly Found[], load: (mutant?: string) => Promise<boolean>): Promise<Found | undefined> {
    const observed = this.#startsFor(sought).slice(0, MOST_STATIC_BASES);
    let candidates: Iterable<Candidate> = this.#staticOnes(observed, sought, first);
    let best: Found | undefined;
    for (let round = 0; round <= SHRINKINGS; round++) {
      const told = await this.#told(sought.id, candidates, round === 0 ? timeMs : timeMs / 4, load);
      const lightest = told.sort((a, b) => weightOf(a.scenario) - weightOf(b.scenario))[0];
      if (!lightest || (best && weightOf(lightest.scenario) >= weightOf(best.scenario))) break;
      best = lightest;
      candidates = this.#smallerOnes(best);
    }
    return best && { ...best, scenario: await this.#trials.awaited(best.scenario) };
  }

  /** Those that come to something else with the mutant. The modules are those without it afterwards. */
  async #told(id: string, candidates: Iterable<Candidate>, timeMs: number, load: (mutant?: string) => Promise<boolean>): Promise<Found[]> {
    const deadline = performance.now() + timeMs;
    const played: { candidate: Candidate; outcome: Outcome | undefined }[] = [];
    // They are made one by one: to make all of them at once may take longer than it is allowed to say nothing.
    for (const candidate of candidates) {
      played.push({ candidate, outcome: await this.#trials.once(candidate.scenario) });
      if (played.length >= MOST_STATIC || performance.now() > deadline) break;
    }
    if (played.length === 0 || !(await load(id))) return [];
    const differing: Found[] = [];
    for (const { candidate, outcome } of played) {
      const mutated = outcome && (await this.#trials.play(candidate.scenario, id));
      this.#trials.made++;
      // Its code ran when it was loaded.
      this.#trials.reached++;
      if (mutated && isTold(outcome, mutated)) differing.push({ ...candidate, outcome, mutated });
    }
    if (!(await load())) return [];
    const same: Found[] = [];
    for (const one of differing) {
      const again = await this.#trials.original(one.scenario);
      if (again && sameOutcome(again, one.outcome)) same.push(one);
    }
    return same;
  }

  /**
   * The scenarios to begin with: those that run the mutant's code; else those that call a function which may, the nearest first, and some of the others. One
   * of each shape comes before a second of any.
   */
  #startsFor({ id, owners, within, shownBy }: Sought): Base[] {
    const all = this.#bases.filter((base) => [id, ...shownBy].some((one) => runs(base, one)));
    // Where tests come to its function only through others, calls of itself lead further.
    const seen = all.filter(({ isMade, scenario }) => !isMade || calls(scenario, within?.name ?? owners[0]));
    const reaching = seen.length > 0 ? seen : all;
    if (reaching.length > 0) return ofEachShape(reaching.sort((a, b) => Number(infects(b, id)) - Number(infects(a, id)))).slice(0, MOST_BASES);
    const distance = new Map(this.#bases.map((base) => [base, distanceTo(base.scenario, owners)]));
    const near = this.#bases.filter((base) => Number.isFinite(distance.get(base)));
    near.sort((a, b) => (distance.get(a) as number) - (distance.get(b) as number));
    const others = this.#bases.filter((base) => !Number.isFinite(distance.get(base)));
    const nearest = ofEachShape(near).slice(0, others.length > 0 ? MOST_BASES / 2 : MOST_BASES);
    return [...nearest, ...ofEachShape(others)].slice(0, MOST_BASES);
  }

  /** Scenarios that told others, observed ones, and such as are like these. */
  *#staticOnes(observed: readonly Base[], sought: Sought, first: readonly Found[]): Generator<Candidate> {
    yield* first;
    for (const { scenario, test } of observed) yield { scenario, test, observed: true };
    yield* this.#changedOnes(observed, sought);
  }

  *#smallerOnes({ scenario, test }: Found): Generator<Candidate> {
    for (const smaller of smallerScenarios(scenario)) if (this.#allows(smaller)) yield { scenario: smaller, test, observed: false };
  }

  /** Scenarios like some: two in three with one value changed, then others with several. */
  *#changedOnes(starts: readonly Base[], { pool, shownBy }: Sought): Generator<Candidate> {
    const seen = new Set<string>();
    const isNew = (scenario: Scenario) => {
      const key = keyOf(scenario);
      return !seen.has(key) && this.#allows(scenario) && seen.add(key);
    };
    for (const { scenario, base } of variationsOf(starts, pool, this.given, false)) {
      if (!isNew(scenario)) continue;
      yield { scenario, test: base.test, observed: false };
      if (seen.size >= (MOST_STATIC * 2) / 3) break;
    }
    const mixer = new Mixer(pool, this.given, randomNumbers(1));
    const parents: readonly Parent[] = [...starts, ...shownBy.flatMap((id) => this.#corpus.leadingTo(id))];
    for (let i = 0; i < MOST_STATIC; i++) {
      const [one, other] = [mixer.pick(parents), mixer.pick(parents)];
      const scenario = one && other && mixer.mixed(one.scenario, other.scenario);
      if (scenario && isNew(scenario)) yield { scenario, test: one.test, observed: false };
    }
  }

  async #tryAsObserved(id: string): Promise<Found | undefined> {
    for (const base of this.#bases) {
      const difference = runs(base, id) ? await this.#trials.difference(base.scenario, id) : undefined;
      if (difference) return { ...base, ...difference, observed: !base.isMade };
    }
    return undefined;
  }

  /** Tries scenarios that are like some: with one value changed, the likely ones first, then with several at random until time is over. */
  async #tryOthers(sought: Sought, tries: number, timeMs: number): Promise<Found | undefined> {
    const began = performance.now();
    const { id, pool } = sought;
    const starts = this.#startsFor(sought);
    const outcomes = new Set<string>();
    const attempt = async (parent: Parent, isMixed: boolean): Promise<Found | undefined> => {
      const { scenario } = parent;
      if (!this.#allows(scenario)) return undefined;
      const before = this.#trials.reached;
      const difference = await this.#trials.difference(scenario, id);
      if (difference) return { ...parent, ...difference, observed: false };
      const { last } = this.#trials;
      const ran = this.#trials.reached > before;
      if (ran && this.#reaching.length < MOST_LEADING) this.#reaching.push(scenario);
      // What comes to nothing new hardly went anywhere new.
      const isNew = last !== undefined && outcomes.size < MOST_TRACED && outcomes.size < outcomes.add(JSON.stringify(last)).size;
      if (last && (isMixed || (ran && isNew))) this.#corpus.add(parent, await this.#trials.tracks(scenario), isFine(last));
      return undefined;
    };
    const isOver = (share: number) => this.#trials.made >= tries * share || performance.now() > began + timeMs * share;
    const direct = starts.filter(({ scenario }) => calls(scenario, sought.within?.name ?? sought.owners[0]));
    const others = starts.filter((one) => !direct.includes(one));
    // What calls the function itself makes the plainest test.
    for (const [from, bold, share] of [
      [direct, false, ONE_BY_ONE.direct],
      [others, false, ONE_BY_ONE.calm],
      [starts, true, ONE_BY_ONE.bold],
    ] as const) {
      for (const { scenario, base } of variationsOf(from, pool, this.given, bold)) {
        if (isOver(share)) break;
        const found = await attempt({ scenario, test: base.test }, false);
        if (found) return found;
      }
    }
    const mixer = new Mixer(pool, this.given, randomNumbers(1));
    while (!isOver(1)) {
      const parent = mixer.pick(mixer.pick([this.#corpus.leadingTo(id), starts]) ?? []) ?? mixer.pick(starts);
      if (!parent) return undefined;
      const partner = mixer.pick(mixer.pick([this.#corpus.leadingTo(id), starts]) ?? []) ?? parent;
      const found = await attempt({ scenario: mixer.mixed(parent.scenario, partner.scenario), test: parent.test }, true);
      if (found) return found;
    }
    return undefined;
  }
}

/** The variations of each in turn, of the first ones more often. */
function variationsOf(bases: readonly Base[], pool: Pool, given: Given, bold: boolean): Generator<{ scenario: Scenario; base: Base }> {
  return inTurns(
    bases.map(function* (base) {
      for (const scenario of variations(base.scenario, pool, given, bold)) yield { scenario, base };
    }),
    AT_ONCE,
  );
}

/** The first of each shape, then the second of each, and so on, as many of each as are of use. */
function ofEachShape(bases: readonly Base[]): Base[] {
  const shapes = new Map<string, Base[]>();
  for (const base of bases) {
    const shape = JSON.stringify(base.scenario.steps.map((step) => [calleeOf(step), ...step.args.map(shapeOf)]));
    shapes.set(shape, [...(shapes.get(shape) ?? []), base]);
  }
  const groups = [...shapes.values()];
  return bases.slice(0, MOST_OF_SHAPE).flatMap((_, i) => groups.flatMap((group) => group[i] ?? []));
}

/** Whether it is no error. */
export function isFine({ kind }: Outcome): boolean {
  return kind !== 'throws' && kind !== 'rejects';
}

/** Whether a scenario runs a mutant's code. */
function runs({ tracks }: Base, id: string): boolean {
  return id in tracks.hits;
}

/** Whether a scenario makes a mutant's own expression come to something else. */
function infects({ tracks }: Base, id: string): boolean {
  return tracks.infected.has(id);
}

/** Whether a scenario ends with a call of a function of some name. */
function calls({ steps }: Scenario, name: string | undefined): boolean {
  const last = steps.at(-1);
  return last !== undefined && lastNameOf(last) === name;
}

/** The name of the function or method that a step calls. */
export function lastNameOf(step: Step): string | undefined {
  return calleeOf(step).split('.').at(-1);
}

/** How far down in a list of names the first one stands that a scenario calls. */
function distanceTo({ steps }: Scenario, names: readonly string[]): number {
  const places = steps.map((step) => names.indexOf(lastNameOf(step) ?? '')).filter((place) => place >= 0);
  return Math.min(...places, Number.POSITIVE_INFINITY);
}
