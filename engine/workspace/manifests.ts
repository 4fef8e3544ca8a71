import path from 'node:path';
import { kindOf, upwards } from './files.ts';
import { findPackage } from './package.ts';
import { isSource } from './sources.ts';

/** What declares a package in the languages whose tests are read. */
const MANIFESTS = ['package.json', 'pyproject.toml', 'setup.py', 'go.mod', 'Cargo.toml'];

/** Tells of many test files which package each belongs to, whatever its language; each folder is looked at once. */
export class PackageFolders {
  readonly #declaring = new Map<string, Promise<boolean>>();
  readonly #running = new Map<string, Promise<string | undefined>>();

  /**
   * The directory of the package that runs the tests of a file, where there is one: in a monorepo with one configuration at its root that is the root, where
   * results lie, too. Else the nearest at or above that declares a package, but not above `folder`; else `folder` itself. Both are absolute.
   */
  async of(file: string, folder: string): Promise<string> {
    const directory = path.dirname(file);
    const running = isSource(file) ? await this.#runs(directory, folder) : undefined;
    if (running !== undefined) return running;
    for (const one of upwards(directory, folder)) if (await this.#declares(one)) return one;
    return folder;
  }

  #runs(directory: string, folder: string): Promise<string | undefined> {
    let known = this.#running.get(directory);
    if (!known) {
      known = findPackage(directory, folder).then((found) => (found.ok ? found.value.directory : undefined));
      this.#running.set(directory, known);
    }
    return known;
  }

  #declares(directory: string): Promise<boolean> {
    let known = this.#declaring.get(directory);
    if (!known) {
      known = hasManifest(directory);
      this.#declaring.set(directory, known);
    }
    return known;
  }
}

async function hasManifest(directory: string): Promise<boolean> {
  const kinds = await Promise.all(MANIFESTS.map((name) => kindOf(path.join(directory, name))));
  return kinds.includes('file');
}
