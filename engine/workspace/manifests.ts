import path from 'node:path';
import { kindOf, upwards } from './files.ts';

/** What declares a package in the languages whose tests are read. */
const MANIFESTS = ['package.json', 'pyproject.toml', 'setup.py', 'go.mod', 'Cargo.toml'];

/** Tells of many files which package each belongs to, whatever its language; each folder is looked at once. */
export class PackageFolders {
  readonly #known = new Map<string, Promise<boolean>>();

  /** The nearest directory at or above `directory` that declares a package, but not above `folder`; else `folder` itself. Both are absolute. */
  async of(directory: string, folder: string): Promise<string> {
    for (const one of upwards(directory, folder)) if (await this.#declares(one)) return one;
    return folder;
  }

  #declares(directory: string): Promise<boolean> {
    let known = this.#known.get(directory);
    if (!known) {
      known = hasManifest(directory);
      this.#known.set(directory, known);
    }
    return known;
  }
}

async function hasManifest(directory: string): Promise<boolean> {
  const kinds = await Promise.all(MANIFESTS.map((name) => kindOf(path.join(directory, name))));
  return kinds.includes('file');
}
