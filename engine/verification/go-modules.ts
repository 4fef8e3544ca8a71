import path from 'node:path';
import type { ProjectCommand } from '../detection/index.ts';
import { readTextNow } from '../workspace/index.ts';

/** A module with the absolute path of its folder. */
export interface GoModule {
  name: string;
  directory: string;
}

/** The modules that go sees from a folder: that of the nearest go.mod, and those that a go.work uses; the longest names first. */
export function goModulesAround(cwd: string): GoModule[] {
  const found: GoModule[] = [];
  const add = (directory: string) => {
    const name = /^module\s+"?([^\s"]+)/m.exec(readTextNow(path.join(directory, 'go.mod')) ?? '')?.[1];
    if (name !== undefined && !found.some((one) => one.directory === directory)) found.push({ name, directory });
  };
  for (let at = cwd; ; at = path.dirname(at)) {
    add(at);
    const work = readTextNow(path.join(at, 'go.work'));
    for (const [, used = ''] of work?.matchAll(/^\s*(?:use\s+)?(\.\.?(?:\/\S*)?)\s*$/gm) ?? []) add(path.resolve(at, used));
    if (work !== undefined || at === path.dirname(at)) break;
  }
  return found.sort((a, b) => b.name.length - a.name.length);
}

/** The folder of a package, or of a file that is named by its package; undefined where it is of none of the modules. */
export function folderOfPackage(name: string, modules: readonly GoModule[]): string | undefined {
  const owner = modules.find((one) => name === one.name || name.startsWith(`${one.name}/`));
  return owner && path.join(owner.directory, name.slice(owner.name.length));
}

/** The folder that `go test` changes to before all else (`-C`), and which of its words is the first behind that. */
export function goTestFolder({ argv, cwd }: Pick<ProjectCommand, 'argv' | 'cwd'>): { folder: string; at: number } {
  const [, , first = '', second = ''] = argv;
  if (/^--?C$/.test(first)) return { folder: path.resolve(cwd, second), at: 4 };
  const folder = /^--?C=(.*)$/.exec(first)?.[1];
  return folder === undefined ? { folder: cwd, at: 2 } : { folder: path.resolve(cwd, folder), at: 3 };
}
