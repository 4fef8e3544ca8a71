import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readTextNow, upwards } from '../../../workspace/index.ts';
import type { ToldPlace } from '../events.ts';

interface Package {
  name: string;
  directory: string;
}

/** How deep below the root of a workspace its packages lie at most. */
const DEEPEST = 4;
const NOT_LOOKED_INTO = new Set(['target', 'node_modules', '.git', '.assay']);

/** Finds in the sources what cargo tells by names of tests, and by paths from the root of the workspace. */
export class CargoPlaces {
  readonly #cwd: string;
  readonly #texts = new Map<string, string | undefined>();
  #packages: Package[] | undefined;
  /** Whose tests ran last. */
  #current: Package | undefined;

  /** @param cwd absolute path of the folder that cargo runs in */
  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** The absolute path of a file that a panic or the compiler names: from the folder that cargo runs in, or one above. */
  resolve(file: string): string {
    if (path.isAbsolute(file)) return file;
    const folder = foldersAbove(this.#cwd).find((one) => existsSync(path.join(one, file)));
    return path.join(folder ?? this.#cwd, file);
  }

  /**
   * The absolute path of the file that a binary of tests is made from. Cargo tells it from the root of its package, and the package only by the binary's name;
   * of a package, the unit tests run first.
   */
  source(file: string, binary: string): string {
    this.#packages ??= packagesBelow(workspaceRoot(this.#cwd));
    const name = path.basename(binary).replace(/-[0-9a-f]+(\.exe)?$/, '');
    const named = this.#packages.find((one) => one.name.replaceAll('-', '_') === name && existsSync(path.join(one.directory, file)));
    const holding = [named, this.#current, ...this.#packages].find((one) => one && existsSync(path.join(one.directory, file)));
    this.#current = holding;
    return holding ? path.join(holding.directory, file) : this.resolve(file);
  }

  /** The absolute path of the file that nextest's binary is made from, by the names of its package and its own; undefined where no such file is found. */
  sourceOf(name: string, binary: string): string | undefined {
    this.#packages ??= packagesBelow(workspaceRoot(this.#cwd));
    const directory = this.#packages.find((one) => one.name === name)?.directory;
    const files = [`tests/${binary}.rs`, `tests/${binary}/main.rs`, `src/bin/${binary}.rs`, 'src/lib.rs', 'src/main.rs'];
    return directory === undefined ? undefined : files.map((file) => path.join(directory, file)).find((file) => existsSync(file));
  }

  /** Where a test stands: in the file of its module, if that is a file, else in one of those around it. */
  test(root: string | undefined, name: string): { file?: string; place?: ToldPlace } {
    if (root === undefined) return {};
    const modules = name.split('::');
    const own = modules.pop() ?? '';
    for (const file of filesOf(root, modules)) {
      const at = this.#lineOf(file, own);
      if (at !== undefined) return { file, place: [at] };
    }
    return { file: root };
  }

  #lineOf(file: string, name: string): number | undefined {
    if (!this.#texts.has(file)) this.#texts.set(file, readTextNow(file));
    const text = this.#texts.get(file);
    const at = text?.search(new RegExp(`^[^/\\n]*\\bfn\\s+${name.replace(/[^\w]/g, '\\$&')}\\b`, 'm')) ?? -1;
    return text === undefined || at < 0 ? undefined : text.slice(0, at).split('\n').length;
  }
}

/** The files that may hold a module, from the nearest to it to that of the crate. */
function filesOf(root: string, modules: readonly string[]): string[] {
  const folder = path.dirname(root);
  const inside = modules.map((_, i) => path.join(folder, ...modules.slice(0, modules.length - i)));
  return [...inside.flatMap((module) => [`${module}.rs`, path.join(module, 'mod.rs')]), root];
}

function foldersAbove(cwd: string): string[] {
  return upwards(cwd, path.parse(cwd).root);
}

function workspaceRoot(cwd: string): string {
  const above = foldersAbove(cwd);
  const manifest = (folder: string) => readTextNow(path.join(folder, 'Cargo.toml'));
  return above.find((folder) => /^\[workspace\b/m.test(manifest(folder) ?? '')) ?? above.find((folder) => manifest(folder) !== undefined) ?? cwd;
}

function packagesBelow(folder: string, depth = 0): Package[] {
  const text = readTextNow(path.join(folder, 'Cargo.toml'));
  const name = text === undefined ? undefined : /^\[package\][^[]*?^name\s*=\s*"([^"]+)"/ms.exec(text)?.[1];
  const library = text === undefined ? undefined : /^\[lib\][^[]*?^name\s*=\s*"([^"]+)"/ms.exec(text)?.[1];
  const own = [name, library].flatMap((one) => (one === undefined ? [] : [{ name: one, directory: folder }]));
  return depth === DEEPEST ? own : [...own, ...foldersIn(folder).flatMap((one) => packagesBelow(path.join(folder, one), depth + 1))];
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((one) => one.isDirectory() && !NOT_LOOKED_INTO.has(one.name)).map(({ name }) => name);
  } catch {
    return [];
  }
}
