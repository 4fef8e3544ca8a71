import type { Experiment } from '../../mutation/index.ts';
import { elsewhen } from '../explorer/elsewhen.ts';
import { mutantKey } from '../explorer/findings.ts';
import { isPresentable } from '../presentable.ts';
import { type Outcome, sameOutcome } from '../scenario.ts';
import type { Sighting, Watching } from './findings.ts';
import { Watcher } from './watcher.ts';

/** How often a mutant's own code may run in a test, and how many steps all code may take. */
const HIT_LIMIT = 1_000_000;
const STEP_LIMIT = 20_000_000;

type Laboratory = Parameters<Experiment>[0];
type Hits = Record<string, number>;

/** What came of running tests: by test, what was seen at each place that it passed once. */
interface Run {
  seen: Map<string, Map<number, Outcome>>;
  hits: Map<string, Hits>;
  names: Map<string, string>;
  error?: string;
}

/** Looks for values in tests that are others with mutants on, and that the tests do not look at closely enough. */
export const experiment: Experiment = async (laboratory: Laboratory, { mutants }: Watching) => {
  const watcher = new Watcher();
  laboratory.switches.lab = watcher;
  const tell = (sighting: Sighting) => laboratory.tell(sighting);
  const run = (only?: ReadonlySet<string>) => runTests(laboratory, watcher, only);
  const first = await run();
  if (first.error !== undefined) return tell({ kind: 'unusable', why: first.error });
  const again = await elsewhen(watcher.realm, () => run());
  const values = steadyValues(first, again);
  const ids = new Map(laboratory.mutants.map((one) => [mutantKey(one), one.id]));
  const sightings = new Map<number, Extract<Sighting, { kind: 'seen' }>>();
  for (const [mutant, asked] of mutants.entries()) {
    const id = ids.get(mutantKey(asked));
    if (id === undefined) continue;
    const tests = [...values.keys()].filter((key) => asked.isStatic || (first.hits.get(key)?.[id] ?? 0) > 0);
    if (tests.length === 0) continue;
    laboratory.beat(id);
    laboratory.switches.on(id, HIT_LIMIT, STEP_LIMIT);
    const mutated = await run(new Set(tests));
    laboratory.switches.off();
    for (const key of tests) {
      for (const [site, outcome] of values.get(key) ?? []) {
        const other = mutated.seen.get(key)?.get(site);
        if (!other || sameOutcome(outcome, other)) continue;
        const sighting = sightings.get(site) ?? { kind: 'seen', site, test: first.names.get(key) ?? '', outcome, others: [] };
        sightings.set(site, sighting);
        sighting.others.push({ mutant, mutated: other });
      }
    }
  }
  for (const sighting of sightings.values()) tell(sighting);
};

async function runTests(laboratory: Laboratory, watcher: Watcher, only?: ReadonlySet<string>): Promise<Run> {
  const run: Run = { seen: new Map(), hits: new Map(), names: new Map() };
  let failed: string | undefined;
  watcher.take();
  const { error = failed } = await laboratory.fresh({
    ...(only && { only }),
    oneByOne: true,
    begins: ({ key, name }) => {
      run.names.set(key, name);
      if (!only) {
        const hits: Hits = {};
        run.hits.set(key, hits);
        laboratory.switches.record({ hits, weighs: false } as Parameters<typeof laboratory.switches.record>[0]);
        laboratory.beat('');
      }
      watcher.take();
    },
    ended: ({ key, state, name }) => {
      if (state === 'failed') failed ??= `"${name}" fails by itself`;
      const seen = [...watcher.take()].flatMap(([site, [one, another]]): [number, Outcome][] => (one && !another ? [[site, one]] : []));
      if (state === 'passed') run.seen.set(key, new Map(seen));
      return true;
    },
  });
  if (!only) laboratory.switches.record(undefined);
  return error === undefined ? run : { ...run, error };
}

/** What is seen at places that one test passes once, and that is the same at another time. */
function steadyValues(first: Run, again: Run): Map<string, Map<number, Outcome>> {
  const tests = new Map<number, number>();
  for (const seen of first.seen.values()) for (const site of seen.keys()) tests.set(site, (tests.get(site) ?? 0) + 1);
  const names = [...first.names.values()];
  const values = new Map<string, Map<number, Outcome>>();
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
