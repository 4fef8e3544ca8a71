import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { now } from '../worker/clock.ts';

/** What Jest makes of a file: the code that runs, and where its source map is. */
export interface Transformed {
  code: string;
  originalCode: string;
  sourceMapPath: string | null;
}

/**
 * What files were transformed to, for all processes of a run. Jest has a cache of its own, but to find a file in it the transformer has to be started:
 * ts-jest reads the whole project first, in each process that takes the place of one that a mutant hung.
 */
export class RememberedTransforms {
  readonly #folder: string;
  /** How long it took to transform what was not remembered, milliseconds. */
  spentMs = 0;
  /** Hears when transforming begins, and when it ends. */
  listener: (begins: boolean) => void = () => {};

  /** @param folder absolute path; made when there is something to keep */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is remembered, else what `transform` makes; `of` is all that it depends on. */
  get(of: readonly unknown[], transform: () => Transformed): Transformed {
    const file = this.#fileOf(of);
    const known = read(file);
    if (known) return known;
    const end = this.#begin();
    try {
      return keep(file, transform());
    } finally {
      end();
    }
  }

  /** The same for what takes its time. */
  async getAsync(of: readonly unknown[], transform: () => Promise<Transformed>): Promise<Transformed> {
    const file = this.#fileOf(of);
    const known = read(file);
    if (known) return known;
    const end = this.#begin();
    try {
      return keep(file, await transform());
    } finally {
      end();
    }
  }

  #fileOf(of: readonly unknown[]): string {
    return path.join(this.#folder, hash('sha1', JSON.stringify(of)));
  }

  #begin(): () => void {
    const began = now();
    this.listener(true);
    return () => {
      this.listener(false);
      this.spentMs += now() - began;
    };
  }
}

function keep(file: string, made: Transformed): Transformed {
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(part, JSON.stringify(made));
    renameSync(part, file);
  } catch {
    // It is transformed again where it is needed again.
  }
  return made;
}

function read(file: string): Transformed | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Transformed;
  } catch {
    return undefined;
  }
}
