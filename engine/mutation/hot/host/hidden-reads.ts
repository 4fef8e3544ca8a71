import { createRequire } from 'node:module';
import path from 'node:path';

/** Packages by which tests get at variables that a file does not export, in code that stands in no file. */
const PACKAGES = ['rewire', 'babel-plugin-rewire'];

/** Whether tests of a package may read what its files do not export. */
export function hasHiddenReads(directory: string): boolean {
  const { resolve } = createRequire(path.join(directory, 'package.json'));
  return PACKAGES.some((name) => {
    try {
      return Boolean(resolve(name));
    } catch {
      return false;
    }
  });
}
