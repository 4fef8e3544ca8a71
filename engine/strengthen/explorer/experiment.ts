import type { Experiment } from '../../mutation/index.ts';
import type { Observed, Outcome, Scenario, Step } from '../scenario.ts';
import { Sightings } from '../tightener/sightings.ts';
import { Watcher } from '../tightener/watcher.ts';
import { ENOUGH_INFECTIONS, type Exploration, type Finding, type MutantKey, mutantKey } from './findings.ts';
import { infections } from './infections.ts';
import { differs } from './player.ts';
import { Recorder } from './recorder.ts';
import { type Base, type Found, Search } from './search.ts';
import { type Laboratory, Trials } from './trials.ts';

/** How many methods of an object are called before it is asked something. */
const MOST_BEFORE = 8;
/** How many observed scenarios are looked at. */
const MOST_SCENARIOS = 400;

/** Looks for values in tests that are others with mutants on, and for calls on which mutants and the original differ, from those that tests make. */
export const experiment: Experiment = async (laboratory: Laboratory, input: Exploration) => {
  await new Explorer(laboratory, input.isHasty).explore(input);
};

class Explorer {
  readonly #lab: Laboratory;
  readonly #recorder = new Recorder();
  readonly #watcher = new Watcher();
  readonly #sightings: Sightings;
  readonly #trials: Trials;
  /** Full names of tests by key. */
  readonly #names = new Map<string, string>();
  readonly #found: Found[] = [];
  /** What functions called, and were kept from; the names of those that were not. */
  readonly #kept = new Map<string, string>();
  readonly #free = new Set<string>();
  /** Functions that the test file does not use, by what they are called by. */
  readonly #unused = new Map<string, { name: string; way: number }>();

  constructor(laboratory: Laboratory, isHasty: boolean) {
    this.#lab = laboratory;
    this.#trials = new Trials(laboratory, this.#recorder, isHasty);
    this.#sightings = new Sightings(laboratory, this.#watcher);
  }

  async explore(asked: Exploration): Promise<void> {
    const { s, u, f, m, n } = this.#recorder;
    const { value, thrown, settled } = this.#watcher;
    this.#lab.switches.lab = { s, u, f, m, n, value, thrown, settled };
    this.#lab.beforeLoading = () => this.#trials.fence.build();
    const placed = new Map(this.#lab.mutants.map((one) => [mutantKey(one), one.id]));
    const ids = asked.mutants.map((one) => placed.get(mutantKey(one)));
    const first = await this.#sightings.run(undefined, (key) => {
      this.#recorder.test = key;
    });
    if (first.failed !== undefined && !(asked.isConfined && first.names.size > 0)) return this.#tell({ kind: 'unusable', why: first.failed });
    this.#recorder.quiet();
    for (const [key, name] of first.names) this.#names.set(key, name);
    const known = new Set<number>();
    if (asked.watches) {
      const watched = asked.mutants.flatMap(({ isStatic, isRun }, mutant) => {
        const id = ids[mutant];
        return id !== undefined && isRun ? [{ mutant, id, isStatic }] : [];
      });
      for (const sighting of await this.#sightings.of(
        watched,
        first,
        this.#recorder.realm,
        (mutant) => this.#tell({ kind: 'begins', mutant }),
        asked.only,
      )) {
        for (const { mutant } of sighting.others) known.add(mutant);
        this.#tell(sighting);
      }
    }
    if (asked.tries && known.size < asked.mutants.length) await this.#search(asked, ids, known);
  }

  /** Searches calls that tell the mutants that are not known yet. */
  async #search(
    { mutants, unused, members, taken, budget, isCautious }: Exploration,
    ids: readonly (string | undefined)[],
    known: Set<number>,
  ): Promise<void> {
    const opened = await this.#lab.open();
    if ('cold' in opened) return this.#tell({ kind: 'unusable', why: opened.cold });
    this.#trials.fence.raise();
    const observed = this.#recorder.observed(MOST_SCENARIOS);
    const called = new Set(observed.flatMap(({ scenario: { steps } }) => steps.map(({ call }) => ('of' in call ? '' : call.path))));
    const made = unused.flatMap((one) => this.#callsOf(one, called));
    const bases = await this.#bases([...observed, ...made]);
    const asked = await this.#bases(bases.flatMap((base) => questionsTo(base, members)).slice(0, MOST_SCENARIOS));
    const search = new Search(this.#trials, [...bases, ...asked], taken, isCautious);
    for (const whenLoaded of [false, true]) {
      for (const [mutant, { pool, owners, within, decides, isStatic, uses }] of mutants.entries()) {
        const id = ids[mutant];
        if (known.has(mutant) || id === undefined || isStatic !== whenLoaded) continue;
        this.#tell({ kind: 'begins', mutant });
        const barred = this.#keptFrom(owners);
        if (barred !== undefined) {
          this.#tell({ kind: 'none', mutant, tries: 0, reached: 0, infected: 0, kept: barred });
          continue;
        }
        this.#trials.begin();
        const sought = { id, pool, owners, within, shownBy: uses.flatMap((use) => this.#nearest(use)) };
        const isKept = !isStatic && (await search.isRemembered(id));
        if (isKept) await this.#load(undefined);
        const found =
          isStatic || isKept
            ? await search.findStatic(sought, budget.timeMs, this.#found, (one) => this.#load(one))
            : await search.find(sought, budget);
        const { made: tries, reached, kept } = this.#trials;
        if (!found) {
          // What is not a condition may be kept for calls that are seldom made.
          const infected =
            isStatic || isKept || !decides ? 0 : await infections(sought, search.reaching(id), search.given, this.#trials, ENOUGH_INFECTIONS);
          this.#tell({ kind: 'none', mutant, tries, reached, infected, ...(kept !== undefined && { kept }) });
          continue;
        }
        this.#found.push(found);
        const others = isStatic || isKept ? [] : (await this.#killedBy(found.scenario, found.outcome, ids)).filter((one) => one !== mutant);
        const also = others.filter((one) => known.has(one));
        const kills = [mutant, ...others.filter((one) => !known.has(one))];
        for (const one of kills) known.add(one);
        const ways = found.scenario.steps.flatMap(({ call }) => ('of' in call ? [] : (this.#unused.get(call.path) ?? [])));
        this.#tell({ kind: 'difference', mutant, ...found, unused: ways, test: this.#names.get(found.test) ?? '', kills, also, tries });
      }
    }
  }

  /** Calls of a function that the test file does not call by its name. */
  #callsOf({ name, kind, paths, argumentLists }: Exploration['unused'][number], called: ReadonlySet<string>): Observed[] {
    if (paths.some((path) => called.has(path))) return [];
    const way = this.#recorder.wayTo(name, paths);
    const path = way === undefined ? undefined : paths[way];
    if (way === undefined || path === undefined) return [];
    this.#unused.set(path, { name, way });
    return argumentLists.map((args) => ({ scenario: { steps: [{ call: { kind, path }, args }] }, test: '', isMade: true }));
  }

  /** Plays what was observed without a mutant. What does not come out the same twice is left out. */
  async #bases(observed: readonly Observed[]): Promise<Base[]> {
    const bases: Base[] = [];
    for (const one of observed) {
      const tracks = await this.#trials.tracks(one.scenario);
      const outcome = await this.#trials.original(one.scenario);
      const { kept } = this.#trials.fence;
      // What a made call fails on is what it was given.
      if (outcome && one.isMade && isMishap(outcome)) continue;
      if (outcome) bases.push({ ...one, outcome, tracks });
      else if (kept !== undefined) for (const name of calledBy(one.scenario)) this.#kept.set(name, kept);
    }
    for (const { scenario } of bases) for (const name of calledBy(scenario)) this.#free.add(name);
    return bases;
  }

  /** What all calls of some functions do, where they are kept from it. */
  #keptFrom(owners: readonly string[]): string | undefined {
    if (owners.some((owner) => this.#free.has(owner))) return undefined;
    return owners.map((owner) => this.#kept.get(owner)).find((kept) => kept !== undefined);
  }

  /** Ids of the mutants that stand the nearest around a place: what runs their code passes there. */
  #nearest(place: Position): string[] {
    const around = this.#lab.mutants.filter(({ range: { start, end } }) => !isBefore(place, start) && isBefore(place, end));
    const starts = around.map(({ range }) => range.start);
    const last = starts.reduce((a, b) => (isBefore(a, b) ? b : a), { line: 0, column: 0 });
    return around.filter(({ range: { start } }) => start.line === last.line && start.column === last.column).map(({ id }) => id);
  }

  /** Loads all modules anew, with a mutant on or with none. */
  async #load(mutant: string | undefined): Promise<boolean> {
    const { switches } = this.#lab;
    this.#lab.beat(mutant ?? '');
    if (mutant === undefined) switches.off();
    else switches.on(mutant, Number.POSITIVE_INFINITY);
    this.#trials.fence.lower();
    const opened = await this.#lab.open();
    this.#trials.fence.raise();
    switches.off();
    return 'tests' in opened;
  }

  /** Which mutants come to another outcome on a scenario. */
  async #killedBy(scenario: Scenario, outcome: Outcome, ids: readonly (string | undefined)[]): Promise<number[]> {
    const killed: number[] = [];
    for (const [mutant, id] of ids.entries()) {
      const mutated = id === undefined ? undefined : await this.#trials.play(scenario, id);
      if (mutated && differs(outcome, mutated)) killed.push(mutant);
    }
    return killed;
  }

  #tell(finding: Finding): void {
    this.#lab.tell(finding);
  }
}

type Position = MutantKey['range']['start'];

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** What an object that came of calls may be asked besides, right away and after one of its methods was called. */
function questionsTo({ scenario: { steps }, outcome: { kind, value }, test }: Base, members: Exploration['members']): Observed[] {
  const className = typeof value === 'object' && value?.$ === 'instance' && (kind === 'returns' || kind === 'resolves') ? value.of : undefined;
  const its = members.filter((member) => member.className === className);
  const of = steps.length - 1;
  const before = its
    .filter((one) => one.kind === 'method')
    .map(({ name, argumentLists: [args = []] }): Step => ({ call: { kind: 'method', of, name }, args }));
  return [[], ...before.slice(0, MOST_BEFORE).map((one) => [one])].flatMap((first) =>
    its
      .filter(({ isAsked }) => isAsked)
      .flatMap(({ name, kind: how, argumentLists }) =>
        argumentLists.map((args) => ({ scenario: { steps: [...steps, ...first, { call: { kind: how, of, name }, args }] }, test, isMade: true })),
      ),
  );
}

function isMishap({ kind, value }: Outcome): boolean {
  const isError = typeof value === 'object' && value !== null && value.$ === 'error';
  return (kind === 'throws' || kind === 'rejects') && isError && /^(TypeError|ReferenceError)$/.test(value.name);
}

/** The names of the functions that a scenario calls. */
function calledBy({ steps }: Scenario): string[] {
  return steps.map(({ call }) => ('of' in call ? call.name : (call.path.split('.').at(-1) ?? '')));
}
