import type { Bare } from '../../syntax/index.ts';

/** Asks of values, and of what they are made of in turn. A name may be set to what it meant before (`let rows = rows.iter()`): of what is being asked about already, nothing more is known. */
export class Unfolding {
  readonly #asked = new Set<Bare>();

  /** What `ask` says of a value; false where that asks about the same value again. */
  holds(node: Bare, ask: (node: Bare) => boolean): boolean {
    if (this.#asked.has(node)) return false;
    this.#asked.add(node);
    try {
      return ask(node);
    } finally {
      this.#asked.delete(node);
    }
  }
}
