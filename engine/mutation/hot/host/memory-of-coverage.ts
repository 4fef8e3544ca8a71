import type { Range } from '../../../model/index.ts';
import type { InstrumentedMutant } from './instrument.ts';
import type { FileRun } from './tracks.ts';

/** A file that is mutated: its text, and the stretches of it that are judged (all of it where missing). */
export interface MutatedText {
  file: string;
  text: string;
  ranges?: Range[];
}

/** Lines of code and the tests that reach them, by test file. */
interface Reach {
  first: number;
  last: number;
  tests: Map<string, string[]>;
}

/**
 * Remembers which tests reach which code from one run to the next. When nothing changed but what stands in a function, the tests that reach it
 * are those that reached it before: what leads to it does not depend on what stands in it.
 */
export class CoverageMemory {
  readonly #files = new Map<string, { text: string; reaches: Reach[] }>();

  /** The tests that can reach what is to be judged, by test file; undefined where that cannot be known from before. */
  narrow(targets: readonly MutatedText[]): Map<string, string[]> | undefined {
    const wanted = new Map<string, Set<string>>();
    for (const { file, text, ranges } of targets) {
      const known = this.#files.get(file);
      if (!known || !ranges?.length) return undefined;
      const change = changedLines(known.text, text);
      for (const range of ranges) {
        const old = oldLines(range, change);
        const reaches = old ? known.reaches.filter(({ first, last }) => first >= old.first && last <= old.last) : [];
        // Code that no test reached, or none stood in, may be reached now.
        if (!reaches.some(({ tests }) => tests.size > 0)) return undefined;
        for (const { tests } of reaches) {
          for (const [testFile, keys] of tests) wanted.set(testFile, new Set([...(wanted.get(testFile) ?? []), ...keys]));
        }
      }
    }
    return new Map([...wanted].map(([file, keys]) => [file, [...keys]]));
  }

  /** Takes what a run showed. What it did not judge keeps its place when lines before it come or go. */
  learn(targets: readonly MutatedText[], mutants: readonly InstrumentedMutant[], runs: readonly FileRun[]): void {
    for (const { file, text, ranges } of targets) {
      const known = this.#files.get(file);
      const kept = known && ranges ? keep(known.reaches, ranges, changedLines(known.text, text)) : [];
      const judged = mutants.filter(({ fileName }) => fileName === file).map((mutant) => reach(mutant, runs));
      this.#files.set(file, { text, reaches: [...kept, ...judged] });
    }
  }

  /** Forgets everything: something else changed. */
  clear(): void {
    this.#files.clear();
  }
}

function reach({ id, location }: InstrumentedMutant, runs: readonly FileRun[]): Reach {
  const tests = new Map<string, string[]>();
  for (const { file, atLoad, perTest } of runs) {
    // Code that runs while a file loads may matter to each of its tests.
    const keys = Object.keys(perTest).filter((key) => id in atLoad || id in (perTest[key] ?? {}));
    if (keys.length > 0) tests.set(file, keys);
  }
  return { first: location.start.line, last: location.end.line, tests };
}

function keep(reaches: readonly Reach[], ranges: readonly Range[], change: Change): Reach[] {
  const olds = ranges.map((range) => oldLines(range, change));
  return reaches
    .filter(({ first, last }) => !olds.some((old) => old && first >= old.first && last <= old.last))
    .map(({ first, last, tests }) => ({ first: moved(first, change), last: moved(last, change), tests }));
}

/** Lines [first, end) of the old text that are others in the new one, and how many more lines there are. */
interface Change {
  first: number;
  end: number;
  added: number;
}

function changedLines(before: string, after: string): Change {
  const old = before.split('\n');
  const now = after.split('\n');
  let first = 0;
  while (first < old.length && first < now.length && old[first] === now[first]) first++;
  let same = 0;
  while (same < old.length - first && same < now.length - first && old[old.length - 1 - same] === now[now.length - 1 - same]) same++;
  return { first, end: old.length - same, added: now.length - old.length };
}

/** Where a line of the old text is in the new one: behind the changed lines at most, if it is one of them. */
function moved(line: number, { end, added }: Change): number {
  return line >= end ? line + added : Math.min(line, end + added);
}

/** The lines on which a stretch of the new text stood in the old one; undefined when something changed outside of it. */
function oldLines({ start, end }: Range, { first, end: changedEnd, added }: Change): { first: number; last: number } | undefined {
  const last = end.line - added;
  const nothing = first >= changedEnd && added === 0;
  return nothing || (start.line <= first && changedEnd - 1 <= last) ? { first: start.line, last } : undefined;
}
