import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of a file that ships with Assay, given from the folder that holds its package.json: the same from the sources and from the bundles. */
export function shippedFile(...segments: string[]): string {
  return path.join(root(), ...segments);
}

let known: string | undefined;

function root(): string {
  if (known) return known;
  const here = path.dirname(fileURLToPath(import.meta.url));
  let folder = here;
  while (!existsSync(path.join(folder, 'package.json'))) {
    if (folder === path.dirname(folder)) throw new Error(`Assay's package.json is missing above ${here}: install Assay again.`);
    folder = path.dirname(folder);
  }
  known = folder;
  return folder;
}
