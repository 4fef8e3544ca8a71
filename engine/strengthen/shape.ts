import { type Literal, partsOf } from './literals.ts';

/** What kind of value a literal is: same kinds, same text. Switches are kinds of their own, and so are objects with other properties. */
export function shapeOf(literal: Literal): unknown {
  if (typeof literal === 'boolean' || literal === null) return literal;
  if (typeof literal !== 'object') return typeof literal;
  if (literal.$ === 'object' || literal.$ === 'instance') return literal.entries.map(([key, value]) => [key, shapeOf(value)]);
  return [literal.$, ...new Set(partsOf(literal).map((part) => JSON.stringify(shapeOf(part))))];
}
