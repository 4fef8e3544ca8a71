import { isWritable, type Literal, partsOf, sayTheSame, some, UNDEFINED } from './literals.ts';
import type { Outcome } from './scenario.ts';

/** A part of a value that a test can assert, and what stands there in the mutant's. */
export interface Part {
  /** How it is reached, for example `.items[0]["an apple"]`; empty for the whole. */
  path: string;
  one: Literal;
  other: Literal;
}

/** How long a value may be, as JSON, to be asserted whole where a part of it says as much, characters. */
const WHOLE = 160;

/** The part of a value to assert where another one differs from it: the whole where it is small and can be written down; undefined where nothing can. */
export function telling(one: Literal, other: Literal): Part | undefined {
  // Frameworks and their versions do not agree on when two URLs are equal.
  const isHeld = isWritable(one) && !some(one, isUrl);
  const whole = isHeld ? { path: '', one, other } : undefined;
  if (whole && JSON.stringify(one).length <= WHOLE) return whole;
  const others = new Map(childrenOf(other));
  const differing = childrenOf(one).filter(([step, value]) => !sayTheSame(value, at(others, step)));
  // Where most of it differs, it is another thing.
  if (whole && differing.length !== 1) return whole;
  return nearest(one, other) ?? whole;
}

/** How many parts of two values are held against each other. */
const MOST_PARTS = 500;

/** What another outcome left in another state, of what calls before came to: the nearest part of it that can be asserted. */
export function changedAround(outcome: Outcome, mutated: Outcome): (Part & { step: number }) | undefined {
  for (const { step, value } of outcome.around ?? []) {
    const other = mutated.around?.find((one) => one.step === step)?.value;
    const part = other !== undefined && nearest(value, other);
    if (part) return { ...part, step };
  }
  return undefined;
}

/** The nearest one; one that is named like a private one only where there is no other. */
function nearest(one: Literal, other: Literal): Part | undefined {
  return nearestOf(one, other, (step) => !step.startsWith('._')) ?? nearestOf(one, other, () => true);
}

function nearestOf(one: Literal, other: Literal, isWanted: (step: string) => boolean): Part | undefined {
  const parts: Part[] = [{ path: '', one, other }];
  for (const part of parts) {
    if (sayTheSame(part.one, part.other)) continue;
    if (isWritable(part.one) && !some(part.one, isUrl) && JSON.stringify(part.one).length <= WHOLE) return part;
    const [length, otherLength] = [lengthOf(part.one), lengthOf(part.other)];
    if (length !== undefined && otherLength !== undefined && length !== otherLength)
      return { path: `${part.path}.length`, one: length, other: otherLength };
    const others = new Map(childrenOf(part.other));
    const own = new Map(childrenOf(part.one));
    // What only the other one has is missing here.
    const missing = length === undefined ? [...others.keys()].filter((step) => !own.has(step)).map((step) => [step, UNDEFINED] as const) : [];
    for (const [step, value] of [...own, ...missing]) {
      if (parts.length < MOST_PARTS && isWanted(step)) parts.push({ path: part.path + step, one: value, other: at(others, step) });
    }
  }
  return undefined;
}

/** What is not there is undefined; what is null is null. */
function at(values: ReadonlyMap<string, Literal>, step: string): Literal {
  const value = values.get(step);
  return value === undefined ? UNDEFINED : value;
}

function lengthOf(literal: Literal): number | undefined {
  return typeof literal === 'object' && literal?.$ === 'array' ? literal.items.length : undefined;
}

/** The values directly inside of another that an expression can name. */
function childrenOf(literal: Literal): [step: string, value: Literal][] {
  if (typeof literal !== 'object' || literal === null) return [];
  if (literal.$ === 'url') return [['.href', literal.href]];
  if (literal.$ === 'array') return partsOf(literal).map((item, i) => [`[${i}]`, item]);
  if (literal.$ !== 'object' && literal.$ !== 'instance') return [];
  return literal.entries.map(([key, value]) => [/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`, value]);
}

function isUrl(literal: Literal): boolean {
  return typeof literal === 'object' && literal !== null && literal.$ === 'url';
}
