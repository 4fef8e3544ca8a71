import { types } from 'node:util';
import { asWritten } from './lab-text.ts';

/**
 * A value as it can be written down in a test: what JSON can say stands for itself, everything else is an object with a `$`.
 * Of `instance` and `opaque` only what it is can be told, not how to make one.
 */
export type Literal =
  | null
  | boolean
  | number
  | string
  | { $: 'undefined' }
  | { $: 'number'; is: 'NaN' | '-0' | 'Infinity' | '-Infinity' }
  | { $: 'bigint'; digits: string }
  | { $: 'array'; items: Literal[] }
  | { $: 'object'; entries: [key: string, value: Literal][] }
  | { $: 'map'; entries: [key: Literal, value: Literal][] }
  | { $: 'set'; items: Literal[] }
  | { $: 'date'; time: number }
  | { $: 'regexp'; source: string; flags: string }
  | { $: 'url'; href: string }
  | { $: 'bytes'; type: string; items: number[] }
  | { $: 'error'; name: string; message: string; code?: string | number }
  /** A function, by its source: it speaks of nothing but what it is given and what is global. */
  | { $: 'function'; text: string }
  /** What an earlier step of a scenario came to, or a part of that, by the way to it, for example `.items[0]`. */
  | { $: 'step'; step: number; path?: string }
  /** An object of a class, with its own properties. */
  | { $: 'instance'; of: string; entries: [key: string, value: Literal][] }
  | { $: 'opaque'; what: string };

export const UNDEFINED: Literal = { $: 'undefined' };

/** What an object is of that has no constructor. */
export const NO_CLASS = 'Object.create(null)';

/** How large a value may be to be written down: a test that nobody can read is not worth having. */
export interface Bounds {
  /** Values inside of it, itself included. */
  nodes: number;
  depth: number;
  /** Characters of one string. */
  characters: number;
}

/** What arguments of calls may be. */
export const OF_ARGUMENTS: Bounds = { nodes: 120, depth: 7, characters: 400 };
/** What results may be, to be compared. */
export const OF_RESULTS: Bounds = { nodes: 1500, depth: 12, characters: 5000 };

/** Where a value comes from: an earlier step of a scenario, and the way to it from what that came to. */
export interface Origin {
  step: number;
  path?: string;
}

/**
 * Writes a value down. What cannot be, or is too large, becomes `opaque`.
 *
 * @param known tells values that an earlier step came to, and parts of these
 */
export function encode(value: unknown, bounds: Bounds, known: (value: object) => Origin | undefined = () => undefined): Literal {
  return new Encoder(bounds, known).encode(value, bounds.depth);
}

const UNWRITABLE = new Set(['opaque', 'instance', 'error']);

/** Whether a literal can be made again: nothing in it is opaque or of an unknown class. */
export function isWritable(literal: Literal): boolean {
  return !some(literal, (one) => typeof one === 'object' && one !== null && UNWRITABLE.has(one.$));
}

/** Whether what two values, or outcomes, say is the same: no assertion looks at the order of an object's properties, or of what is in a map or a set. */
export function sayTheSame(one: unknown, other: unknown): boolean {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  // Where only the order is another one, as many characters say it.
  return a === b || (a?.length === b?.length && JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder));
}

function inOrder(_: string, value: unknown): unknown {
  const { $, entries, items } = (value ?? {}) as { $?: unknown; entries?: unknown[]; items?: unknown[] };
  const sorted = (list: unknown[]) => [...list].sort((a, b) => (JSON.stringify(a, inOrder) < JSON.stringify(b, inOrder) ? -1 : 1));
  if (($ === 'object' || $ === 'instance' || $ === 'map') && entries) return { ...(value as object), entries: sorted(entries) };
  return $ === 'set' && items ? { ...(value as object), items: sorted(items) } : value;
}

/** Whether something holds for a literal or one inside of it. */
export function some(literal: Literal, holds: (one: Literal) => boolean): boolean {
  return holds(literal) || partsOf(literal).some((part) => some(part, holds));
}

/** Whether a value is compared by what it is, not by what is in it. */
export function isSimple(literal: Literal): boolean {
  return typeof literal !== 'object' || literal === null || literal.$ === 'undefined' || literal.$ === 'number' || literal.$ === 'bigint';
}

/** Whether something in a literal is what an earlier step came to, or some step. */
export function refersTo(literal: Literal, step?: number): boolean {
  return some(literal, (one) => typeof one === 'object' && one !== null && one.$ === 'step' && (step === undefined || one.step === step));
}

/** How many values it consists of. */
export function sizeOf(literal: Literal): number {
  return partsOf(literal).reduce<number>((sum, part) => sum + sizeOf(part), 1);
}

/** The literals directly inside of a literal. */
export function partsOf(literal: Literal): Literal[] {
  if (typeof literal !== 'object' || literal === null) return [];
  switch (literal.$) {
    case 'array':
    case 'set':
      return literal.items;
    case 'object':
    case 'instance':
      return literal.entries.map(([, value]) => value);
    case 'map':
      return literal.entries.flat();
    default:
      return [];
  }
}

/** A literal with other texts in it. `key` is that of the property that a text is the value of. */
export function mapTexts(literal: Literal, map: (text: string, key?: string) => string, key?: string): Literal {
  if (typeof literal === 'string') return map(literal, key);
  if (typeof literal !== 'object' || literal === null) return literal;
  const inner = (one: Literal) => mapTexts(one, map);
  switch (literal.$) {
    case 'array':
    case 'set':
      return { ...literal, items: literal.items.map(inner) };
    case 'object':
    case 'instance':
      return { ...literal, entries: literal.entries.map(([name, value]) => [name, mapTexts(value, map, name)]) };
    case 'map':
      return {
        ...literal,
        entries: literal.entries.map(([name, value]) => [inner(name), mapTexts(value, map, typeof name === 'string' ? name : undefined)]),
      };
    default:
      return literal;
  }
}

/** What makes values: the global object of the realm that they are for. */
export type Realm = typeof globalThis;

/**
 * Makes the value that a literal writes down, anew each time.
 *
 * @param steps what earlier steps came to
 */
export function decode(literal: Literal, realm: Realm, steps: readonly unknown[] = []): unknown {
  if (typeof literal !== 'object' || literal === null) return literal;
  const inner = (one: Literal) => decode(one, realm, steps);
  switch (literal.$) {
    case 'undefined':
      return undefined;
    case 'number':
      return literal.is === '-0' ? -0 : Number(literal.is);
    case 'bigint':
      return BigInt(literal.digits);
    case 'array':
      return realm.Array.from(literal.items, inner);
    case 'object': {
      const made = new realm.Object() as Record<string, unknown>;
      for (const [key, value] of literal.entries) {
        Object.defineProperty(made, key, { value: inner(value), configurable: true, enumerable: true, writable: true });
      }
      return made;
    }
    case 'map':
      return new realm.Map(literal.entries.map(([key, value]) => [inner(key), inner(value)]));
    case 'set':
      return new realm.Set(literal.items.map(inner));
    case 'date':
      return new realm.Date(literal.time);
    case 'regexp':
      return new realm.RegExp(literal.source, literal.flags);
    case 'url':
      return new realm.URL(literal.href);
    case 'bytes': {
      const type = (realm as unknown as Record<string, { from(items: number[]): unknown }>)[literal.type];
      return type?.from(literal.items);
    }
    case 'function':
      return (realm as unknown as { eval(text: string): unknown }).eval(`(${literal.text})`);
    case 'step':
      return follow(steps[literal.step], literal.path ?? '');
    default:
      return undefined;
  }
}

/** What a way like `.items[0]` leads to. Throws where there is nothing. */
function follow(value: unknown, path: string): unknown {
  let at = value;
  for (const [, name, index] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g))
    at = (at as Record<string, unknown> | null | undefined)?.[name ?? (index as string)];
  if (at === undefined && path !== '') throw new ReferenceError(`nothing is at ${path}`);
  return at;
}

const BYTES = new Set([
  'Uint8Array',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'Uint8ClampedArray',
  'Buffer',
]);

class Encoder {
  #left: number;
  readonly #bounds: Bounds;
  readonly #known: (value: object) => Origin | undefined;
  readonly #above: object[] = [];

  constructor(bounds: Bounds, known: (value: object) => Origin | undefined) {
    this.#left = bounds.nodes;
    this.#bounds = bounds;
    this.#known = known;
  }

  encode(value: unknown, depth: number): Literal {
    if (--this.#left < 0 || depth < 0) return { $: 'opaque', what: 'something large' };
    switch (typeof value) {
      case 'undefined':
        return UNDEFINED;
      case 'boolean':
        return value;
      case 'string':
        return value.length <= this.#bounds.characters ? value : { $: 'opaque', what: 'a long string' };
      case 'number':
        if (Object.is(value, -0)) return { $: 'number', is: '-0' };
        return Number.isFinite(value) ? value : { $: 'number', is: String(value) as 'NaN' };
      case 'bigint':
        return { $: 'bigint', digits: String(value) };
      case 'object':
        if (value === null) return null;
        break;
      case 'function':
        if (this.#known(value) === undefined) return functionLiteral(value as () => unknown);
        break;
      default:
        return { $: 'opaque', what: `a ${typeof value}` };
    }
    const origin = this.#known(value);
    if (origin) return { $: 'step', ...origin };
    if (this.#above.includes(value)) return { $: 'opaque', what: 'an object that holds itself' };
    this.#above.push(value);
    try {
      return this.#object(value, depth);
    } catch {
      return { $: 'opaque', what: 'an object that cannot be looked into' };
    } finally {
      this.#above.pop();
    }
  }

  #object(value: object, depth: number): Literal {
    const tag = Object.prototype.toString.call(value).slice(8, -1);
    const inner = (one: unknown) => this.encode(one, depth - 1);
    // What it answers may be anything else than what is in it.
    const name = types.isProxy(value) ? 'Proxy' : classOf(value);
    if (Array.isArray(value)) {
      if (name !== 'Array' || Object.keys(value).length !== value.length) return { $: 'opaque', what: 'an array with more than items, or fewer' };
      return { $: 'array', items: value.map(inner) };
    }
    if (tag === 'Map' && name === 'Map')
      return { $: 'map', entries: [...(value as Map<unknown, unknown>)].map(([key, one]) => [inner(key), inner(one)]) };
    if (tag === 'Set' && name === 'Set') return { $: 'set', items: [...(value as Set<unknown>)].map(inner) };
    if (tag === 'Date' && name === 'Date') {
      const time = (value as Date).getTime();
      return Number.isNaN(time) ? { $: 'opaque', what: 'an invalid date' } : { $: 'date', time };
    }
    if (tag === 'RegExp' && name === 'RegExp') return { $: 'regexp', source: (value as RegExp).source, flags: (value as RegExp).flags };
    if (tag === 'URL' && name === 'URL') return { $: 'url', href: (value as URL).href };
    if (name !== undefined && BYTES.has(name)) {
      const items = [...(value as Uint8Array)];
      this.#left -= items.length;
      return this.#left < 0 ? { $: 'opaque', what: 'something large' } : { $: 'bytes', type: name, items };
    }
    if (tag === 'Error') return errorLiteral(value as Error);
    if (Object.getOwnPropertySymbols(value).length > 0 && name === 'Object') return { $: 'opaque', what: 'an object with symbols' };
    const descriptors = Object.entries(Object.getOwnPropertyDescriptors(value)).filter(([, { enumerable }]) => enumerable);
    const entries = descriptors.map(([key, { value: one, get }]): [string, Literal] => [key, get ? { $: 'opaque', what: 'a getter' } : inner(one)]);
    if (name === 'Object') return { $: 'object', entries };
    return { $: 'instance', of: name ?? NO_CLASS, entries };
  }
}

function errorLiteral(error: Error & { code?: unknown }): Literal {
  const code = Object.getOwnPropertyDescriptor(error, 'code')?.value as unknown;
  const isPlain = typeof code === 'string' || (typeof code === 'number' && Number.isFinite(code));
  return { $: 'error', name: String(error.name), message: String(error.message), ...(isPlain && { code }) };
}

/** How long the source of a function may be to be written down, characters. */
const FUNCTION = 120;

/** A short function by its source. What it speaks of besides what it is given is not known: it may not work elsewhere, which shows when it is called. */
function functionLiteral(value: () => unknown): Literal {
  const text = asWritten(Function.prototype.toString.call(value));
  const isPlain =
    text !== undefined &&
    Object.keys(value).length === 0 &&
    !/\[native code\]|_9fa48|__vi|__cov_|\bthis\b|\bsuper\b|\n/.test(text) &&
    /^(async )?(function\b|\(|[\w$]+ *=>)/.test(text);
  return isPlain && text.length <= FUNCTION ? { $: 'function', text } : { $: 'opaque', what: 'a function' };
}

/** The name of the class that an object is of; undefined where it has none. Realms have classes of their own with the same names. */
function classOf(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name === 'string' ? name : undefined;
}
