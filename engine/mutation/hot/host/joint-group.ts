import { loadingTime } from './combined.ts';
import type { Coverage, FileRun, Track } from './tracks.ts';

/** How many times as long it has to take to judge mutants one by one: what is recorded meanwhile makes one run for all of them slower. */
const WORTH = 2;
/** Which part of what a mutant takes by itself it may add to the run. */
const ADDED = 0.5;

/** Mutants to be judged in one run of tests. */
export interface JointGroup {
  tracks: readonly Track[];
  /** The files in which one of them is still to be judged, with the tests there that reach one. */
  tests: ReadonlyMap<FileRun, ReadonlySet<string>>;
}

/**
 * Finds mutants that can be judged in one run: each changes something in some of the tests that reach it, in none of which another one does. Those that are
 * in no group that is worth while are marked, and not looked at again.
 *
 * @param waiting what waits for fresh modules
 */
export function jointGroup(waiting: readonly Track[]): JointGroup | undefined {
  const costs = new Map(waiting.filter(mayJoin).map((one) => [one, added(one, new Map())]));
  const candidates = [...costs.keys()].sort((a, b) => (costs.get(b) as number) - (costs.get(a) as number));
  for (const lead of candidates) {
    const tracks = [lead];
    const tests = new Map<FileRun, Set<string>>();
    const own = new Map<FileRun, Set<string>>();
    let ms = added(lead, tests);
    let apartMs = ms;
    join(lead, tests, own);
    for (const one of candidates) {
      const oneMs = costs.get(one) as number;
      if (one === lead || one.fresh.some(({ file, infected }) => infected.some((key) => own.get(file)?.has(key)))) continue;
      const moreMs = added(one, tests);
      if (moreMs > ADDED * oneMs) continue;
      tracks.push(one);
      join(one, tests, own);
      ms += moreMs;
      apartMs += oneMs;
    }
    if (apartMs >= WORTH * ms) return { tracks, tests };
    lead.alone = true;
  }
  return undefined;
}

/** Whether it is known of a mutant where it changes something, and all is still to be judged, in files that may be loaded at once and again. */
function mayJoin({ alone, apart, newProcess, late, id, fresh, judgedIn }: Track): boolean {
  if (alone || apart || newProcess || late || fresh.length !== judgedIn.length) return false;
  return fresh.every(
    ({ file, tests, infectedAtLoad }) =>
      file.reloaded &&
      file.ownProcess === undefined &&
      file.cold === undefined &&
      !infectedAtLoad &&
      !tests.some((key) => file.infecting.get(key)?.includes(id)),
  );
}

/** How much longer a run takes with what a mutant needs, milliseconds. */
function added({ fresh }: Track, known: ReadonlyMap<FileRun, ReadonlySet<string>>): number {
  let ms = 0;
  for (const { file, tests } of fresh) {
    const there = known.get(file);
    if (!there) ms += loadingTime(file);
    for (const key of tests) if (!there?.has(key)) ms += file.durations.get(key) ?? 0;
  }
  return ms;
}

function join({ fresh }: Track, tests: Map<FileRun, Set<string>>, own: Map<FileRun, Set<string>>): void {
  const add = (to: Map<FileRun, Set<string>>, file: FileRun, keys: Coverage['tests']) => {
    const known = to.get(file) ?? new Set();
    to.set(file, known);
    for (const key of keys) known.add(key);
  };
  for (const { file, tests: reaching, infected } of fresh) {
    add(tests, file, reaching);
    add(own, file, infected);
  }
}
