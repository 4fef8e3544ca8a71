import { keyIn } from '../jobs.ts';
import type { Driver } from './driver.ts';
import type { StageParts } from './stage-parts.ts';
import type { Coverage, FileRun, Track } from './tracks.ts';

/** How long the files of one unit take to load, milliseconds, each by itself: what is left behind by a mutant has all of them loaded anew. */
const LOADING_MS = 4000;

/**
 * Has tests of several files called while all of them are open, where the framework runs them in the same modules: whatever file the likeliest killer of
 * a mutant stands in, it comes first. Those that take something of the machine are open by themselves, for not every process may have them open.
 *
 * @returns the files and runs, with those of the units
 */
export function combineOpen(
  tracks: Iterable<Track>,
  { files, runs }: Pick<StageParts, 'files' | 'runs'>,
  combine: NonNullable<Driver['combine']>,
): Pick<StageParts, 'files' | 'runs'> {
  const withUnits = { files: new Map(files), runs: new Map(runs) };
  const all = [...tracks];
  const covering = new Set(all.flatMap(({ hot }) => hot.map(({ file }) => file)));
  const unitOf = new Map<FileRun, FileRun>();
  const ranked = [...covering].sort((a, b) => a.rank - b.rank);
  const isFree = ({ claims }: FileRun) => claims.length === 0;
  for (const parts of [...chunks(ranked.filter(isFree)), ...chunks(ranked.filter((run) => !isFree(run)))]) {
    if (parts.length < 2) continue;
    const test = combine(parts.map(({ file }) => file));
    const unit = asOne(test.file, parts);
    withUnits.files.set(test.file, test);
    withUnits.runs.set(test.file, unit);
    for (const part of parts) unitOf.set(part, unit);
  }
  for (const one of all) one.hot = byUnit(one.hot, unitOf);
  return withUnits;
}

/** Files that are opened together. */
function chunks(files: readonly FileRun[]): FileRun[][] {
  const found: FileRun[][] = [];
  let ms = Number.POSITIVE_INFINITY;
  for (const file of files) {
    const loadMs = loadingTime(file);
    if (ms + loadMs > LOADING_MS) {
      found.push([]);
      ms = 0;
    }
    found.at(-1)?.push(file);
    ms += loadMs;
  }
  return found;
}

/** How long it takes to load a file, milliseconds. */
export function loadingTime({ runMs, durations }: FileRun): number {
  let ms = runMs;
  for (const duration of durations.values()) ms -= duration;
  return Math.max(0, ms);
}

/** What the dry runs of several files showed, as if they were one. */
function asOne(name: string, parts: readonly FileRun[]): FileRun {
  const keyed = <T>(entries: (part: FileRun) => Iterable<[string, T]>) =>
    parts.flatMap((part) => [...entries(part)].map(([key, value]): [string, T] => [keyIn(part.file, key), value]));
  return {
    file: name,
    parts,
    durations: new Map(keyed(({ durations }) => durations)),
    indexes: new Map(keyed(({ indexes }) => indexes)),
    atLoad: {},
    inertAtLoad: [],
    perTest: Object.fromEntries(keyed(({ perTest }) => Object.entries(perTest))),
    inert: Object.fromEntries(keyed(({ inert }) => Object.entries(inert))),
    infecting: new Map(),
    loaded: [],
    claims: parts.flatMap(({ claims }) => claims),
    runMs: parts.reduce((sum, { runMs }) => sum + runMs, 0),
    probed: false,
    coldTests: new Map(),
    reloaded: false,
    rank: parts[0]?.rank ?? 0,
  };
}

function byUnit(hot: readonly Coverage[], unitOf: ReadonlyMap<FileRun, FileRun>): Coverage[] {
  const units = new Map<FileRun, Coverage>();
  for (const coverage of hot) {
    const { file, infected } = coverage;
    const unit = unitOf.get(file);
    const known = units.get(unit ?? file);
    if (!unit) units.set(file, coverage);
    else if (known) known.infected.push(...infected.map((key) => keyIn(file.file, key)));
    else units.set(unit, { ...coverage, file: unit, tests: [], infected: infected.map((key) => keyIn(file.file, key)) });
  }
  return [...units.values()];
}
