/**
 * The functions that the texts of modules were compiled to. A module that is loaded anew runs its function anew, so that all in it is made anew but what
 * V8 learnt of its code: it need not be compiled again, nor found slow again.
 */
export class KeptFunctions<Compiled> {
  readonly #kept = new Map<string, { text: string; compiled: Compiled }>();

  /**
   * What a text was compiled to.
   *
   * @param name what stands in stack traces for it
   * @param compile called for a text that is not known under this name
   */
  get(name: string, text: string, compile: () => Compiled): Compiled {
    const before = this.#kept.get(name);
    if (before?.text === text) return before.compiled;
    const compiled = compile();
    this.#kept.set(name, { text, compiled });
    return compiled;
  }
}

/** The same for each of several contexts, and as long as there is the context. */
export class KeptInContexts<Compiled> {
  readonly #kept = new WeakMap<object, KeptFunctions<Compiled>>();

  of(context: object): KeptFunctions<Compiled> {
    const kept = this.#kept.get(context) ?? new KeptFunctions();
    this.#kept.set(context, kept);
    return kept;
  }
}
