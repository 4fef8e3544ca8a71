import path from 'node:path';
import type { Evidence } from '../../model/index.ts';
import { readJsonText, readTomlText, type Table } from './documents.ts';
import { readYamlText, type YamlText } from './yaml.ts';

/** What a folder holds, by name. */
export interface Folder {
  files: ReadonlySet<string>;
  folders: ReadonlySet<string>;
}

/**
 * A workspace as detection sees it: the names in its folders, and the texts of the files that say how it is built. All paths are relative to `root`,
 * with forward slashes; the root itself is `''`.
 */
export class Tree {
  readonly root: string;
  readonly folders: ReadonlyMap<string, Folder>;
  /** Files that could not be read, or not be understood, and why. */
  readonly unread: Evidence[];
  readonly #texts: ReadonlyMap<string, string>;
  readonly #understood = new Map<string, unknown>();
  /** By the name of a file, the folders that have one. */
  readonly #holding = new Map<string, string[]>();

  constructor(root: string, folders: ReadonlyMap<string, Folder>, texts: ReadonlyMap<string, string>, unread: Evidence[] = []) {
    this.root = root;
    this.folders = folders;
    this.unread = unread;
    this.#texts = texts;
  }

  /** A workspace that is in memory alone: texts by path. */
  static of(root: string, texts: Readonly<Record<string, string>>): Tree {
    const folders = new Map<string, { files: Set<string>; folders: Set<string> }>([['', { files: new Set(), folders: new Set() }]]);
    const folder = (directory: string) => {
      let known = folders.get(directory);
      if (!known) {
        known = { files: new Set(), folders: new Set() };
        folders.set(directory, known);
        folder(parentOf(directory)).folders.add(path.posix.basename(directory));
      }
      return known;
    };
    for (const file of Object.keys(texts)) folder(parentOf(file)).files.add(path.posix.basename(file));
    return new Tree(root, folders, new Map(Object.entries(texts)));
  }

  /** The same without some of its files (by their paths), as if they were not there. */
  without(hidden: (file: string) => boolean): Tree {
    const folders = [...this.folders].filter(([directory]) => !hidden(directory));
    const kept = folders.map(([directory, { files, folders: inner }]): [string, Folder] => [
      directory,
      { files: new Set([...files].filter((name) => !hidden(below(directory, name)))), folders: inner },
    ]);
    const texts = [...this.#texts].filter(([file]) => !hidden(file));
    return new Tree(this.root, new Map(kept), new Map(texts), [...this.unread]);
  }

  /** Whether there is a file of that path. */
  has(file: string): boolean {
    return this.folders.get(parentOf(file))?.files.has(file.slice(file.lastIndexOf('/') + 1)) ?? false;
  }

  /** The folders that have a file of that name. */
  holding(name: string): readonly string[] {
    if (this.#holding.size === 0) {
      for (const [directory, { files }] of this.folders) {
        for (const file of files) {
          const known = this.#holding.get(file);
          if (known) known.push(directory);
          else this.#holding.set(file, [directory]);
        }
      }
    }
    return this.#holding.get(name) ?? [];
  }

  /** The names of the files in a folder. */
  files(directory: string): readonly string[] {
    return [...(this.folders.get(directory)?.files ?? [])];
  }

  /** The text of a file, where it is one that says how things are built. */
  text(file: string): string | undefined {
    return this.#texts.get(file);
  }

  json(file: string): Table | undefined {
    return this.#understand(file, readJsonText, 'JSON');
  }

  toml(file: string): Table | undefined {
    return this.#understand(file, readTomlText, 'TOML');
  }

  yaml(file: string): YamlText | undefined {
    return this.#understand(file, readYamlText, 'YAML');
  }

  #understand<T>(file: string, read: (text: string) => T | undefined, format: string): T | undefined {
    const text = this.text(file);
    if (text === undefined) return undefined;
    if (!this.#understood.has(file)) {
      const value = read(text);
      this.#understood.set(file, value);
      if (value === undefined && text.trim())
        this.unread.push(this.at(file, 1, `${path.posix.basename(file)} is not ${format} that can be understood`));
    }
    return this.#understood.get(file) as T | undefined;
  }

  /** Evidence at a line (one-based) of a file. */
  at(file: string, line: number, says: string): Evidence {
    return { file: this.absolute(file), line, says };
  }

  absolute(relative: string): string {
    return path.join(this.root, relative);
  }
}

/** Joins parts of paths that are relative to a root, whose own is `''`. */
export function below(directory: string, name: string): string {
  if (/^[\w@-][^/]*$/.test(name)) return directory === '' ? name : `${directory}/${name}`;
  const joined = path.posix.normalize(path.posix.join(directory, name)).replace(/\/$/, '');
  return joined === '.' ? '' : joined;
}

/** The folder that a file or folder lies in; that of the root is the root. */
export function parentOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}
