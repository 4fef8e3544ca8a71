import type { Track } from './tracks.ts';

/** Mutants that wait, by the test file that is tried next. */
export class Queues {
  readonly #waiting = new Map<string, Set<Track>>();

  /** The files for which some wait. */
  files(): Iterable<string> {
    return this.#waiting.keys();
  }

  /** Those that wait for a file, in their order. */
  of(file: string): readonly Track[] {
    return [...(this.#waiting.get(file) ?? [])];
  }

  put(file: string, one: Track): void {
    const queue = this.#waiting.get(file);
    if (queue) queue.add(one);
    else this.#waiting.set(file, new Set([one]));
  }

  /** Takes mutants out. */
  take(file: string, tracks: readonly Track[]): readonly Track[] {
    const queue = this.#waiting.get(file);
    for (const one of tracks) queue?.delete(one);
    if (queue?.size === 0) this.#waiting.delete(file);
    return tracks;
  }
}
