import path from 'node:path';
import { driveAsIn, pathTold } from '../drive.ts';

/** What reading a log needs to know of the disk. */
export interface Lookup {
  /** Whether there is such a file; the path is absolute. */
  exists(file: string): boolean;
  /** Parts of the workspace, where builds may run and name files by paths relative to themselves. */
  members: readonly { name: string; directory: string }[];
}

/** Makes the paths that tools tell absolute, by looking where such a file is. */
export class Places {
  readonly cwd: string;
  readonly #lookup: Lookup;

  constructor(cwd: string, lookup: Lookup) {
    this.cwd = cwd;
    this.#lookup = lookup;
  }

  /** The directory of a member of the workspace, by its name or by its path relative to `cwd`. */
  directoryOf(word: string): string | undefined {
    const directory = path.resolve(this.cwd, word);
    return this.#lookup.members.find((member) => member.name === word || member.directory === directory)?.directory;
  }

  /** The absolute path of the file that a tool told, looked for in `first`, `cwd`, the workspace's members and the directories above; nothing where there is none. */
  resolve(told: string, first: readonly string[]): string | undefined {
    const plain = driveAsIn(this.cwd, pathTold(told));
    if (path.isAbsolute(plain)) return this.#lookup.exists(path.normalize(plain)) ? path.normalize(plain) : undefined;
    const directories = [...first, this.cwd, ...this.#lookup.members.map(({ directory }) => directory), ...above(this.cwd)];
    const names = plain.includes('\\') ? [plain.replaceAll('\\', '/'), plain] : [plain];
    for (const directory of directories) {
      for (const name of names) {
        const file = path.resolve(directory, name);
        if (this.#lookup.exists(file)) return file;
      }
    }
    return undefined;
  }
}

/** Where a part of the log says that it runs: in the headings of npm, pnpm and Nx, and in Make's words. */
export class Whereabouts {
  readonly #places: Places;
  readonly #entered: string[] = [];
  #announced: string | undefined;

  constructor(places: Places) {
    this.#places = places;
  }

  hear(line: string): void {
    const [, name, where] = /^> (\S+?)(?:@\S*)? [\w:.-]+(?: (\/\S.*|[A-Za-z]:\\.*))?$/.exec(line) ?? [];
    if (name) this.#announced = where ?? this.#places.directoryOf(name);
    const task = /^> nx run (\S+?):/.exec(line)?.[1];
    if (task) this.#announced = this.#places.directoryOf(task);
    const [, way, directory = ''] = /^make(?:\[\d+\])?: (Entering|Leaving) directory [`'](.+)'$/.exec(line) ?? [];
    if (way === 'Entering') this.#entered.push(directory);
    else if (way === 'Leaving') this.#entered.pop();
  }

  /** The directories that paths are most likely relative to now. */
  get now(): readonly string[] {
    return [this.#entered.at(-1), this.#announced].filter((one) => one !== undefined);
  }
}

function above(directory: string): string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [] : [parent, ...above(parent)];
}
