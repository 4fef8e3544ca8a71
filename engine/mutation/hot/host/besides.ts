import path from 'node:path';

/** Which test files ran at the same time, and what each took of the machine. */
export class Besides {
  readonly #running = new Set<string>();
  readonly #besides = new Map<string, Set<string>>();
  readonly #claims = new Map<string, readonly string[]>();

  begins(file: string): void {
    const besides = this.#besides.get(file) ?? new Set();
    this.#besides.set(file, besides);
    for (const other of this.#running) {
      besides.add(other);
      this.#besides.get(other)?.add(file);
    }
    this.#running.add(file);
  }

  /** A file that runs takes something; answers whether another one that runs has it. */
  takes(file: string, claims: readonly string[]): boolean {
    this.#claims.set(file, [...(this.#claims.get(file) ?? []), ...claims]);
    return [...this.#running].some((other) => other !== file && this.#clash(file, other));
  }

  ended(file: string, claims: readonly string[]): void {
    this.#running.delete(file);
    this.#claims.set(file, [...(this.#claims.get(file) ?? []), ...claims]);
  }

  /** The files that took what another one took while it ran. */
  disturbed(): string[] {
    return [...this.#besides].flatMap(([file, others]) => ([...others].some((other) => this.#clash(file, other)) ? [file] : []));
  }

  #clash(one: string, other: string): boolean {
    const theirs = this.#claims.get(other) ?? [];
    return (this.#claims.get(one) ?? []).some((mine) => theirs.some((their) => mine === their || isWithin(mine, their) || isWithin(their, mine)));
  }
}

function isWithin(file: string, folder: string): boolean {
  return file.startsWith(folder + path.sep);
}
