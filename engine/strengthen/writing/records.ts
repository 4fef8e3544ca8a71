import { type Literal, NO_CLASS } from '../literals.ts';
import type { Outcome } from '../scenario.ts';
import type { AssertionStyle } from './style.ts';

/** What comes of a call, as assertions of a style see it: to those that look at no prototypes, what has none is an object like others. */
export function seenBy(style: AssertionStyle, outcome: Outcome): Outcome {
  return looksAtPrototypes(style) ? outcome : { ...outcome, value: asRecords(outcome.value) };
}

function looksAtPrototypes(style: AssertionStyle): boolean {
  switch (style.kind) {
    case 'expect':
      return style.equal !== 'toEqual';
    case 'chai-expect':
    case 'chai-assert':
      return false;
    case 'node-assert':
      return style.strict || /strict/i.test(style.equal);
    default:
      return true;
  }
}

function asRecords(literal: Literal): Literal {
  if (typeof literal !== 'object' || literal === null) return literal;
  switch (literal.$) {
    case 'array':
    case 'set':
      return { ...literal, items: literal.items.map(asRecords) };
    case 'map':
      return { ...literal, entries: literal.entries.map(([key, value]) => [asRecords(key), asRecords(value)]) };
    case 'object':
    case 'instance': {
      const entries = literal.entries.map(([key, value]): [string, Literal] => [key, asRecords(value)]);
      return literal.$ === 'instance' && literal.of !== NO_CLASS ? { ...literal, entries } : { $: 'object', entries };
    }
    default:
      return literal;
  }
}
