import { lstatSync } from 'node:fs';
import path from 'node:path';

/**
 * The first of some files and folders (their paths from `directory`, absolute) that is a symbolic link. Nothing of Assay's is a link: a repository that has one there would
 * have its target written to.
 */
export function linkIn(directory: string, names: readonly string[]): string | undefined {
  return names.map((name) => path.join(directory, name)).find((file) => lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink());
}
