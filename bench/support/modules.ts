import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** Fills `to` with a link to each package of the `node_modules` in `from`: new packages can be put beside them, and caches are not written through. */
export function linkModules(from: string, to: string): void {
  mkdirSync(path.join(to, 'node_modules'), { recursive: true });
  const modules = path.join(from, 'node_modules');
  for (const name of readdirSync(modules)) {
    if (name.startsWith('.') && name !== '.bin') continue;
    linkModule(path.join(modules, name), to, name);
  }
}

/** Makes the package (or scope) that lies in `directory` known by `name` in the `node_modules` of `to`. */
export function linkModule(directory: string, to: string, name: string): void {
  const target = path.join(to, 'node_modules', name);
  mkdirSync(path.dirname(target), { recursive: true });
  if (!existsSync(target)) symlinkSync(realpathSync(directory), target, 'junction');
}

/** Where the package `name` lies for what stands in `from`, symbolic links resolved; undefined where it is not installed. */
export function findModule(name: string, from: string): string | undefined {
  for (let at = realpathSync(from); ; at = path.dirname(at)) {
    const found = path.join(at, 'node_modules', name);
    if (existsSync(found)) return realpathSync(found);
    if (path.dirname(at) === at) return undefined;
  }
}

/** A package's manifest. */
export function manifest(directory: string): {
  version: string;
  repository?: string | { url?: string };
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
} {
  return JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
}
