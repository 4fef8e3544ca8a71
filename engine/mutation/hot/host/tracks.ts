import { idOfCalls } from '../../calls.ts';
import type { Reached } from '../jobs.ts';

/** What a test file's dry run showed. */
export interface FileRun extends Reached {
  file: string;
  /** What it stands for, where it is several files that are opened together; their tests are known by `keyIn`. */
  parts?: readonly FileRun[];
  /** Its tests' durations by key, in their order, milliseconds. */
  durations: Map<string, number>;
  /** Index of each test by key, in the list of all tests. */
  indexes: Map<string, number>;
  /** Mutants that would have changed something when a test was called again, though not in the dry run, by its key. */
  infecting: Map<string, readonly string[]>;
  /** Files that were loaded for it, and maybe for others before it. */
  loaded: readonly string[];
  /** What it takes of the machine, where no other process may take it at the same time (`worker/claims.ts`). */
  claims: readonly string[];
  /** How long it took to load and run, without what is compiled once for all of the run, milliseconds. */
  runMs: number;
  /** Whether it is known which of its tests can be called again and again; {@link cold} says why none can, {@link coldTests} why single ones cannot, by key. */
  probed: boolean;
  cold?: string;
  coldTests: Map<string, string>;
  /** Whether it is known what fresh modules in a process that ran other tests before are worth; {@link ownProcess} says why it needs a process of its own. */
  reloaded: boolean;
  ownProcess?: string;
  /** Whether it was seen to do the same among what others leave behind in their process as by itself; undefined where that never was asked. */
  amongOthers?: boolean;
  /** Its place among the test files that are tried for a mutant. */
  rank: number;
}

/** Why a file may need a process of its own. */
export const USED_PROCESS = 'its tests do not do the same in a process that ran other tests before';

/** A mutant in one test file. */
export interface Coverage {
  file: FileRun;
  /** Keys of the tests that reach it, and of those that it would have changed something in: in the others all is the same with it as without. */
  tests: string[];
  infected: string[];
  /** Whether it is reached outside of all tests: while the file loads or in a hook for a whole suite; and whether it would have changed something there. */
  atLoad: boolean;
  infectedAtLoad: boolean;
}

/** A mutant on its way to a verdict. */
export interface Track {
  id: string;
  coverage: Coverage[];
  /** Where its code is called, of one whose code counts that. */
  calls?: Coverage[];
  /** Where it is judged: where it changes something. Elsewhere all is the same with it as without, as the dry run showed. */
  judgedIn: Coverage[];
  /** How often its code ran in the dry run. */
  hits: number;
  /** How often at most in one test. */
  hitsInTest: number;
  /** Files in which calling tests may kill it; then those in which it has to be judged in fresh modules. */
  hot: Coverage[];
  fresh: Coverage[];
  /** Whether it has come to fresh modules. */
  inFresh: boolean;
  /** Whether it is to be judged in a process that ran nothing before, by all tests of the file: what fails there fails because of it. */
  newProcess: boolean;
  /** Whether all tests of a file are run for it: what kills it came without some that stand before it. */
  inOrder: boolean;
  /** Whether its tests did not end in time once: it is judged again when nothing else runs, and gets more time. */
  late: boolean;
  /** How many tests ran for it. */
  ran: number;
  /** Whether a test ran that reached it in fresh modules and noticed nothing. */
  reached: boolean;
  /** How often a worker died of it in fresh modules. */
  deaths: number;
  /** Whether its test files have to be run one by one: together, something else came of them than that it survives. */
  apart: boolean;
  /** Whether it is not judged in one run with other mutants: something else came of that than that it survives, or it has not to be. */
  alone: boolean;
}

/**
 * How often a mutant's code may run before it is taken for a loop that does not end, in times of the dry run: StrykerJS's own factor
 * (HIT_LIMIT_FACTOR in packages/core/src/mutants/mutant-test-planner.ts).
 */
export const HIT_LIMIT_FACTOR = 100;

/** What is known of mutants and test files before any runs. */
export interface Known {
  /** Mutants whose code counts its calls. */
  counted?: ReadonlySet<string> | undefined;
  /** Mutants that change nothing where a variable is not read, with the id that its reads tell (`constants.ts`). */
  constants?: ReadonlyMap<string, string> | undefined;
  /** Whether test files share their modules: what a mutant changes in one may show in another. */
  shared?: boolean;
}

/** Sorts out which test files reach which mutant, and of those that count it, which call its code. Mutants that none reaches have no coverage. */
export function track(
  ids: readonly string[],
  runs: readonly FileRun[],
  { counted = new Set(), constants, shared = false }: Known = {},
): Map<string, Track> {
  const calls = new Map([...counted].map((id): [string, Coverage[]] => [idOfCalls(id), []]));
  const tracks = new Map<string, Track>();
  const unread = new Set<Coverage>();
  for (const id of ids)
    tracks.set(id, {
      id,
      coverage: [],
      judgedIn: [],
      ...(counted.has(id) && { calls: calls.get(idOfCalls(id)) as Coverage[] }),
      hits: 0,
      hitsInTest: 0,
      hot: [],
      fresh: [],
      inFresh: false,
      newProcess: false,
      inOrder: false,
      late: false,
      ran: 0,
      reached: false,
      deaths: 0,
      apart: false,
      alone: false,
    });
  for (const file of runs) {
    const tests = new Map<string, string[]>();
    const inert = new Map(Object.entries(file.inert).map(([key, keys]) => [key, new Set(keys)]));
    const inertAtLoad = new Set(file.inertAtLoad);
    for (const [key, hits] of Object.entries(file.perTest)) {
      for (const [id, count] of Object.entries(hits)) {
        const keys = tests.get(id);
        if (keys) keys.push(key);
        else tests.set(id, [key]);
        const one = tracks.get(id);
        if (!one) continue;
        one.hits += count;
        one.hitsInTest = Math.max(one.hitsInTest, count);
      }
    }
    for (const id of new Set([...tests.keys(), ...Object.keys(file.atLoad)])) {
      const keys = tests.get(id) ?? [];
      const atLoad = id in file.atLoad;
      const infected = keys.filter((key) => !inert.get(key)?.has(id));
      const read = constants?.get(id);
      // Once its value is made, which is no reading.
      const isRead = read === undefined || tests.has(read) || (file.atLoad[read] ?? 0) > 1;
      const coverage = { file, tests: keys, infected, atLoad, infectedAtLoad: atLoad && isRead && !inertAtLoad.has(id) };
      if (!isRead) unread.add(coverage);
      calls.get(id)?.push(coverage);
      const one = tracks.get(id);
      if (!one) continue;
      one.hits += file.atLoad[id] ?? 0;
      one.coverage.push(coverage);
    }
  }
  rank(tracks.values());
  const places = new Map(ids.map((id, place) => [id, place]));
  const reached = new Map(runs.map((run) => [run, placesReached(run, places)]));
  for (const one of tracks.values()) {
    // What is reached while a file loads is reached by all that load it: first those whose tests run code close to it, for they are about it.
    const far = ({ file, infectedAtLoad }: Coverage) => (infectedAtLoad ? distance(places.get(one.id) as number, reached.get(file) as number[]) : 0);
    const distances = new Map(one.coverage.map((coverage) => [coverage, far(coverage)]));
    one.coverage.sort((a, b) => (distances.get(a) as number) - (distances.get(b) as number) || a.file.rank - b.file.rank);
    one.hot = one.coverage.filter(isCallable);
    one.judgedIn =
      shared && one.coverage.some(isInfected) ? one.coverage.filter((coverage) => !unread.has(coverage)) : one.coverage.filter(isInfected);
  }
  return tracks;
}

/** Whether calling tests of a file may kill a mutant. */
export function isCallable({ infected, infectedAtLoad }: Coverage): boolean {
  return infected.length > 0 && !infectedAtLoad;
}

/** Whether anything in a file is another thing with a mutant than without. */
export function isInfected({ infected, infectedAtLoad }: Coverage): boolean {
  return infected.length > 0 || infectedAtLoad;
}

/**
 * Ranks test files: first those whose tests take the least time for a mutant. One order for all mutants, so that a file which was open need not be
 * opened again for what survives in another one.
 */
function rank(tracks: Iterable<Track>): void {
  const costs = new Map<FileRun, { sum: number; count: number }>();
  for (const coverage of [...tracks].flatMap((one) => one.coverage)) {
    const costsOfFile = costs.get(coverage.file) ?? { sum: 0, count: 0 };
    costs.set(coverage.file, costsOfFile);
    costsOfFile.sum += cost(coverage);
    costsOfFile.count++;
  }
  const mean = ({ sum, count }: { sum: number; count: number }) => sum / count;
  for (const [place, [file]] of [...costs].sort(([, a], [, b]) => mean(a) - mean(b)).entries()) file.rank = place;
}

/** The places, in the order of all mutants, of those that a file's tests reach, ascending. */
function placesReached({ perTest }: FileRun, places: ReadonlyMap<string, number>): number[] {
  const reached = new Set<number>();
  for (const hits of Object.values(perTest)) {
    for (const id of Object.keys(hits)) {
      const place = places.get(id);
      if (place !== undefined) reached.add(place);
    }
  }
  return [...reached].sort((a, b) => a - b);
}

/** How far from a mutant the next one is that is reached, as a power of two of mutants between them. */
function distance(place: number, reached: readonly number[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const other of reached) nearest = Math.min(nearest, Math.abs(other - place));
  return Math.floor(Math.log2(nearest + 1));
}

/** How long the tests take that may kill a mutant, milliseconds: all of a file's where it changes something at load. */
export function cost({ file, infected, infectedAtLoad }: Coverage): number {
  let sum = 0;
  for (const key of infectedAtLoad ? file.durations.keys() : infected) sum += file.durations.get(key) ?? 0;
  return sum;
}
