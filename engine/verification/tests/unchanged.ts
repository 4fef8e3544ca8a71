import { statSync } from 'node:fs';
import { shippedFile } from '../../installation/index.ts';

/**
 * Begins to watch whether what is loaded into the processes of tests stays what it is: Assay may be built or updated while they run, and what is not there for a
 * moment is not loaded, of which nobody says a word.
 *
 * @param file absolute path of one of the files that are written together
 * @returns asked at the end, whether it is the same still
 */
export function watchesHooks(file: string = shippedFile('dist', 'verify', 'preload.cjs')): () => boolean {
  const before = stampOf(file);
  return () => before !== undefined && stampOf(file) === before;
}

function stampOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`;
}
