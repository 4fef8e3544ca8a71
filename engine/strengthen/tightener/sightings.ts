import type { Experiment } from '../../mutation/index.ts';
import { elsewhen } from '../explorer/elsewhen.ts';
import type { Realm } from '../literals.ts';
import { isPresentable } from '../presentable.ts';
import { type Outcome, sameOutcome } from '../scenario.ts';
import type { Sighting } from './findings.ts';
import type { Watcher } from './watcher.ts';

/** How often a mutant's own code may run in a test, and how many steps all code may take. */
const HIT_LIMIT = 1_000_000;
const STEP_LIMIT = 20_000_000;

type Laboratory = Parameters<Experiment>[0];
type Values = ReadonlyMap<number, Outcome>;

/** What came of running tests: by their keys, what was seen at each place that they passed once, which mutants' code they ran, and their names. */
interface Run {
  seen: Map<string, Values>;
  hits: Map<string, Record<string, number>>;
  names: Map<string, string>;
}

/** A mutant to look at. */
export interface Watched {
  /** Its place among those asked for. */
  mutant: number;
  id: string;
  isStatic: boolean;
}

/** Looks at the values in tests, with and without mutants. */
export class Sightings {
  readonly #lab: Laboratory;
  readonly #watcher: Watcher;

  constructor(laboratory: Laboratory, watcher: Watcher) {
    this.#lab = laboratory;
    this.#watcher = watcher;
  }

  /**
   * Runs tests and notes what is seen in them. Answers what failed, too.
   *
   * @param isIn told the key of each test that begins; nothing when it has ended, for what hooks do may come before its beginning
   */
  async run(only?: ReadonlySet<string>, isIn: (key: string) => void = () => {}): Promise<Run & { failed?: string }> {
    const run: Run = { seen: new Map(), hits: new Map(), names: new Map() };
    let failed: string | undefined;
    this.#watcher.take();
    const { error = failed } = await this.#lab.fresh({
      ...(only && { only }),
      oneByOne: true,
      begins: ({ key, name }) => {
        run.names.set(key, name);
        if (!only) run.hits.set(key, this.#lab.record());
        if (!only) this.#lab.beat('');
        this.#watcher.take();
        isIn(key);
      },
      ended: ({ key, state, name }) => {
        isIn('');
        if (state === 'failed') failed ??= `"${name}" fails by itself`;
        const seen = [...this.#watcher.take()].flatMap(([site, [one, another]]): [number, Outcome][] => (one && !another ? [[site, one]] : []));
        if (state === 'passed') run.seen.set(key, new Map(seen));
        return true;
      },
    });
    if (!only) this.#lab.record(false);
    const why = error ?? failed;
    return why === undefined ? run : { ...run, failed: why };
  }

  /**
   * Where values are others with mutants on, and the tests do not look at them closely enough. `first` is a run without any; `begins` is told of each.
   *
   * @param only full names of the tests to look in; all where missing
   */
  async of(mutants: readonly Watched[], first: Run, realm: Realm, begins: (mutant: number) => void, only?: readonly string[]): Promise<Sighting[]> {
    const values = steadyValues(first, await elsewhen(realm, () => this.run()));
    const sightings = new Map<number, Sighting>();
    const asked = only?.map(spaced);
    const isAsked = (key: string) => !asked || asked.includes(spaced(first.names.get(key) ?? ''));
    for (const { mutant, id, isStatic } of mutants) {
      const tests = [...values.keys()].filter(isAsked).filter((key) => isStatic || (first.hits.get(key)?.[id] ?? 0) > 0);
      if (tests.length === 0) continue;
      begins(mutant);
      this.#lab.beat(id);
      this.#lab.switches.on(id, HIT_LIMIT, STEP_LIMIT);
      const { seen } = await this.run(new Set(tests));
      this.#lab.switches.off();
      for (const key of tests) {
        for (const [site, outcome] of values.get(key) ?? []) {
          const mutated = seen.get(key)?.get(site);
          if (!mutated || sameOutcome(outcome, mutated)) continue;
          const sighting = sightings.get(site) ?? { kind: 'seen', site, test: first.names.get(key) ?? '', outcome, others: [] };
          sightings.set(site, sighting);
          sighting.others.push({ mutant, mutated });
        }
      }
    }
    return [...sightings.values()];
  }
}

/** Executors join the titles of suites and test with a blank, or as Vitest shows them. */
function spaced(name: string): string {
  return name.replaceAll(' > ', ' ');
}

/** What is seen at places that one test passes once, that is the same at another time and that may be written down. */
function steadyValues(first: Run, again: Run): Map<string, Values> {
  const tests = new Map<number, number>();
  for (const seen of first.seen.values()) for (const site of seen.keys()) tests.set(site, (tests.get(site) ?? 0) + 1);
  const names = [...first.names.values()];
  const values = new Map<string, Values>();
  for (const [key, seen] of first.seen) {
    const name = first.names.get(key);
    if (names.filter((one) => one === name).length > 1) continue;
    const steady = [...seen].filter(([site, outcome]) => {
      const other = again.seen.get(key)?.get(site);
      return tests.get(site) === 1 && other && sameOutcome(outcome, other) && isPresentable(outcome.value);
    });
    if (steady.length > 0) values.set(key, new Map(steady));
  }
  return values;
}
