import type { Node } from 'web-tree-sitter';

/**
 * Forms of parts that many programs have in common, such as those that a function becomes by one change each. Only what follows from the part alone is
 * kept, not what was found by a look at what stands around it.
 */
export class KnownParts {
  readonly #forms = new Map<string, string>();
  #looks = 0;
  #settled = false;

  /** The form of a part, `make` if it is not known; `kind` says which of its forms. */
  form(kind: string, { type, text }: Node, make: () => string): string {
    const key = `${kind} ${type} ${text}`;
    const known = this.#forms.get(key);
    if (known !== undefined) return known;
    if (this.#settled) return make();
    const looks = this.#looks;
    const form = make();
    if (this.#looks === looks) this.#forms.set(key, form);
    return form;
  }

  /** Learns nothing more: what the programs to come have of their own is in no other. */
  settle(): void {
    this.#settled = true;
  }

  /** Notes that something is asked of what stands around a part. */
  looksAround(): void {
    this.#looks++;
  }
}
