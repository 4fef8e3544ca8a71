import path from 'node:path';
import type { ResultBook } from '../mutation/index.ts';
import { hashesNow, type ReachedBy, Testimonies } from '../witness/index.ts';

/** The functions of some files (relative to the package) that tests were seen to run when they were proved, of files that are as they were then. */
export function seenIn(files: Iterable<string>, book: ResultBook | undefined, directory: string): Map<string, ReachedBy[]> {
  const found = new Map<string, ReachedBy[]>();
  if (!book) return found;
  const testimonies = new Testimonies(book.store, directory);
  const hashOf = hashesNow(() => undefined);
  for (const file of files) {
    const absolute = path.join(directory, file);
    const known = testimonies.reachedIn(absolute);
    const reached = known.size === 0 ? undefined : known.get(hashOf(absolute));
    if (reached) found.set(file, reached);
  }
  return found;
}
