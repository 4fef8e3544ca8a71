import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { now } from './clock.ts';

/** What compilers made of files, kept in a folder for other processes. */
export class Remembered<Made> {
  readonly #folder: string;
  /** How long it took to make what was not remembered, milliseconds. */
  spentMs = 0;
  /** Hears when making begins, and when it ends. */
  listener: (begins: boolean) => void = () => {};

  /** @param folder absolute path; made when there is something to keep */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is remembered, else what `make` makes, which JSON can hold; `of` is all that it depends on. */
  get(of: readonly unknown[], make: () => Made): Made {
    const file = this.#fileOf(of);
    const known = read<Made>(file);
    if (known) return known;
    const end = this.#begin();
    try {
      return keep(file, make());
    } finally {
      end();
    }
  }

  /** The same for what takes its time. */
  async getAsync(of: readonly unknown[], make: () => Promise<Made>): Promise<Made> {
    const file = this.#fileOf(of);
    const known = read<Made>(file);
    if (known) return known;
    const end = this.#begin();
    try {
      return keep(file, await make());
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

function keep<Made>(file: string, made: Made): Made {
  const part = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(part, JSON.stringify(made));
    renameSync(part, file);
  } catch {
    // It is made again where it is needed again.
  }
  return made;
}

function read<Made>(file: string): Made | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Made;
  } catch {
    return undefined;
  }
}
