/** A kind of fact that an assertion states. */
export type Fact = keyof typeof FACTS;

interface FactKind {
  /** The share of defects in what it looks at that an assertion of this kind is taken to notice, 0 to 1. */
  weight: number;
  /** Weak facts alone never make more than the weak band. */
  weak: boolean;
  /** What it is called in explanations. */
  name: string;
  /** What it does not see. */
  misses: string;
}

/**
 * The weights of the model. Fitted on 2026-11-30 by `node bench/meaning.ts fit` to the kills of 1,487 tests of 22 public repositories (bench/README.md names
 * them): structure, nothing, boolean, partial, error, count, truth, exists, type, any-error and no-error, relative to that of a value, which sets the scale (one
 * lies in the middle of "behaviour", two are "comprehensive"). Of these only that of boolean came to be another one than it had been judged to be. The others
 * were seen in too few tests. Weak are those that many defects of the subject leave as they are; that is no matter of the fit.
 */
export const FACTS = {
  value: { weight: 0.4, weak: false, name: 'a value', misses: 'other inputs' },
  structure: { weight: 0.42, weak: false, name: 'a whole structure', misses: 'other inputs' },
  nothing: { weight: 0.3, weak: false, name: 'that there is nothing', misses: 'other ways to nothing' },
  boolean: { weight: 0.3, weak: false, name: 'true or false', misses: 'what leads to the same of two answers' },
  partial: { weight: 0.36, weak: false, name: 'a part of a structure', misses: 'the parts that are not named' },
  pattern: { weight: 0.35, weak: false, name: 'a pattern', misses: 'what the pattern leaves open' },
  approximate: { weight: 0.38, weak: false, name: 'a number, nearly', misses: 'other inputs' },
  error: { weight: 0.36, weak: false, name: 'a certain error', misses: 'what happens without the error' },
  calls: { weight: 0.36, weak: false, name: 'what something was called with', misses: 'what comes of the call' },
  property: { weight: 0.64, weak: false, name: 'a property of many inputs', misses: 'exact values' },
  snapshot: { weight: 0.38, weak: false, name: 'a snapshot that can be read', misses: 'whether what was recorded is right' },
  declared: { weight: 0.38, weak: false, name: 'what a helper asserts, as the project says', misses: 'what cannot be read here' },
  order: { weight: 0.19, weak: true, name: 'an order', misses: 'the value itself' },
  different: { weight: 0.16, weak: true, name: 'that it is another value', misses: 'the value itself' },
  count: { weight: 0.2, weak: true, name: 'a number of elements', misses: 'the elements' },
  called: { weight: 0.19, weak: true, name: 'that something was called', misses: 'what it was called with' },
  'large-snapshot': { weight: 0.26, weak: true, name: 'a snapshot in another file', misses: 'what nobody reads when it changes' },
  truth: { weight: 0.16, weak: true, name: 'only truthiness', misses: 'the value itself' },
  exists: { weight: 0.14, weak: true, name: 'only existence', misses: 'the value itself' },
  type: { weight: 0.15, weak: true, name: 'only a type', misses: 'the value itself' },
  'any-error': { weight: 0.16, weak: true, name: 'any error', misses: 'which error it is' },
  'no-error': { weight: 0.14, weak: true, name: 'that nothing is thrown', misses: 'what comes of it' },
  types: { weight: 0.19, weak: true, name: 'types, at compile time', misses: 'what happens at run time' },
  custom: { weight: 0.26, weak: true, name: 'what a helper checks that cannot be read', misses: 'what the helper leaves out' },
} as const satisfies Record<string, FactKind>;

/** All numbers of the model that can be fitted. */
export interface Weights {
  facts: Record<Fact, number>;
  /** How much more a fact counts for each doubling of the rows of its table, and of the values that it spells out: at most 1, as if they were other facts. */
  perRow: number;
  perDetail: number;
}

/** The weights of {@link FACTS}, with those that were fitted together with them. */
export const WEIGHTS: Weights = {
  facts: Object.fromEntries(Object.entries(FACTS).map(([fact, { weight }]) => [fact, weight])) as Record<Fact, number>,
  perRow: 1,
  perDetail: 0.15,
};
