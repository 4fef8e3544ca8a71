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
 * The weights of the model: our judgement, not fitted to kills yet (bench/README.md says how far they agree with them). The scale follows from the bands: one
 * value that is asserted lies in "behaviour" by itself, two nearly make a test comprehensive, and what says less of its subject weighs less. Weak are those
 * that many defects of the subject leave as they are.
 */
export const FACTS = {
  value: { weight: 0.58, weak: false, name: 'a value', misses: 'other inputs' },
  structure: { weight: 0.6, weak: false, name: 'a whole structure', misses: 'other inputs' },
  boolean: { weight: 0.51, weak: false, name: 'true or false', misses: 'what leads to the same of two answers' },
  partial: { weight: 0.53, weak: false, name: 'a part of a structure', misses: 'the parts that are not named' },
  pattern: { weight: 0.52, weak: false, name: 'a pattern', misses: 'what the pattern leaves open' },
  approximate: { weight: 0.55, weak: false, name: 'a number, nearly', misses: 'other inputs' },
  error: { weight: 0.53, weak: false, name: 'a certain error', misses: 'what happens without the error' },
  calls: { weight: 0.53, weak: false, name: 'what something was called with', misses: 'what comes of the call' },
  property: { weight: 0.82, weak: false, name: 'a property of many inputs', misses: 'exact values' },
  snapshot: { weight: 0.56, weak: false, name: 'a snapshot that can be read', misses: 'whether what was recorded is right' },
  declared: { weight: 0.55, weak: false, name: 'what a helper asserts, as the project says', misses: 'what cannot be read here' },
  order: { weight: 0.3, weak: true, name: 'an order', misses: 'the value itself' },
  different: { weight: 0.25, weak: true, name: 'that it is another value', misses: 'the value itself' },
  count: { weight: 0.32, weak: true, name: 'a number of elements', misses: 'the elements' },
  called: { weight: 0.3, weak: true, name: 'that something was called', misses: 'what it was called with' },
  'large-snapshot': { weight: 0.4, weak: true, name: 'a snapshot in another file', misses: 'what nobody reads when it changes' },
  truth: { weight: 0.25, weak: true, name: 'only truthiness', misses: 'the value itself' },
  exists: { weight: 0.22, weak: true, name: 'only existence', misses: 'the value itself' },
  type: { weight: 0.24, weak: true, name: 'only a type', misses: 'the value itself' },
  'any-error': { weight: 0.26, weak: true, name: 'any error', misses: 'which error it is' },
  'no-error': { weight: 0.22, weak: true, name: 'that nothing is thrown', misses: 'what comes of it' },
  types: { weight: 0.3, weak: true, name: 'types, at compile time', misses: 'what happens at run time' },
  custom: { weight: 0.4, weak: true, name: 'what a helper checks that cannot be read', misses: 'what the helper leaves out' },
} as const satisfies Record<string, FactKind>;
