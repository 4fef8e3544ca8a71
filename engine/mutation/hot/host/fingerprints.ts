import { statSync } from 'node:fs';

/** Remembers files by size and time of change, to say later which are others. */
export class Fingerprints {
  readonly #known = new Map<string, string>();

  /** Takes the files as they are now. */
  take(files: Iterable<string>): void {
    for (const file of files) this.#known.set(file, fingerprint(file));
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
