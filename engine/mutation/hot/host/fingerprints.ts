import { statSync } from 'node:fs';
import path from 'node:path';

/** Remembers files by size and time of change, to say later which are others. */
export class Fingerprints {
  readonly #known = new Map<string, string>();

  /**
   * Takes the files as they are now; one that was written after `loadedAt`, milliseconds since the epoch, may be another than the one that was
   * loaded. Names of modules that are no files, as bundlers invent them, are passed over.
   */
  take(files: Iterable<string>, loadedAt = Number.POSITIVE_INFINITY): void {
    for (const file of files) {
      if (!path.isAbsolute(file)) continue;
      this.#known.set(file, (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > loadedAt ? 'another' : fingerprint(file));
    }
  }

  /** The remembered files that are others now, or gone. */
  changed(): string[] {
    return [...this.#known].filter(([file, then]) => fingerprint(file) !== then).map(([file]) => file);
  }
}

function fingerprint(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.size}:${stats.mtimeMs}` : '';
}
