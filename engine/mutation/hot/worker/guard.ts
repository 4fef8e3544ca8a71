import { types } from 'node:util';
import { isPure } from './pure-calls.ts';

/** Thrown where an expression cannot be evaluated further without doing anything. No error: it is thrown often, and needs no stack. */
export class Stop {
  readonly stop: number;

  constructor(stop: number) {
    this.stop = stop;
  }
}

/** What a chain of members comes to that ended at `?.`. */
const ENDED = Symbol('ended');

type Key = string | number | symbol;
type Primitive = string | number | bigint | boolean | symbol | null | undefined;

/** The parts of an expression that may run code of the program: getters, proxies, what turns objects into numbers and text. They stop it where they would. */
export const GUARD = {
  /** A part that is not evaluated. */
  stop(site: number): never {
    throw new Stop(site);
  },

  /** `object[key]` */
  get(object: unknown, key: unknown, site: number): unknown {
    if (object === ENDED) return ENDED;
    if (isObject(key)) throw new Stop(site);
    if (object === null || object === undefined) throw new TypeError('Nothing has no properties.');
    if (typeof object === 'string' && (key === 'length' || typeof key === 'number')) return (object as unknown as Record<Key, unknown>)[key];
    for (let holder: unknown = isObject(object) ? object : Object.getPrototypeOf(object); isObject(holder); holder = Object.getPrototypeOf(holder)) {
      if (types.isProxy(holder)) throw new Stop(site);
      const property = Object.getOwnPropertyDescriptor(holder, key as Key);
      if (!property) continue;
      if ('value' in property) return property.value;
      if (property.get && isBuiltIn(property.get, 'get ')) return Reflect.get(holder, key as Key, object);
      throw new Stop(site);
    }
    return undefined;
  },

  /** `object?.[key]` */
  getAny(object: unknown, key: () => unknown, site: number): unknown {
    return object === null || object === undefined || object === ENDED ? ENDED : GUARD.get(object, key(), site);
  },

  /** What a chain with `?.` in it comes to. */
  end(value: unknown): unknown {
    return value === ENDED ? undefined : value;
  },

  unary(operator: string, value: unknown, site: number): unknown {
    if (isObject(value)) throw new Stop(site);
    return UNARY[operator]?.(value as number);
  },

  binary(operator: string, left: unknown, right: unknown, site: number): unknown {
    if (operator === 'instanceof' || operator === 'in') return relation(operator, left, right, site);
    const converts =
      operator === '==' || operator === '!='
        ? isObject(left) !== isObject(right) && isSome(left) && isSome(right)
        : isObject(left) || isObject(right);
    if (converts) throw new Stop(site);
    return BINARY[operator]?.(left as number, right as number);
  },

  /** `called(…values)` */
  call(called: unknown, values: readonly unknown[], site: number): unknown {
    if (!isPure(called, undefined, values)) throw new Stop(site);
    return (called as (...values: readonly unknown[]) => unknown)(...values);
  },

  /** `object[name](…values)` */
  method(object: unknown, name: string, values: readonly unknown[], site: number): unknown {
    const called = GUARD.get(object, name, site);
    if (!isPure(called, object, values)) throw new Stop(site);
    return Reflect.apply(called as () => unknown, object, values);
  },

  /** `text${value}…` */
  text(texts: readonly string[], values: readonly unknown[], site: number): string {
    if (values.some(isObject)) throw new Stop(site);
    return texts.map((text, i) => (i === 0 ? text : `${values[i - 1] as Primitive as string}${text}`)).join('');
  },
};

/** Also what the generated code may ask for. */
export type Guard = typeof GUARD;

const UNARY: Record<string, (value: number) => unknown> = { '-': (value) => -value, '+': (value) => +value, '~': (value) => ~value };

/** Operators of which operands that are no objects run no code. */
const BINARY: Record<string, (left: number, right: number) => unknown> = {
  // biome-ignore lint/suspicious/noDoubleEquals: it is the operator that stands there
  '==': (left, right) => left == right,
  // biome-ignore lint/suspicious/noDoubleEquals: it is the operator that stands there
  '!=': (left, right) => left != right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '**': (left, right) => left ** right,
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '<<': (left, right) => left << right,
  '>>': (left, right) => left >> right,
  '>>>': (left, right) => left >>> right,
};

function relation(operator: 'instanceof' | 'in', left: unknown, right: unknown, site: number): boolean {
  if (hasProxy(operator === 'in' ? right : left)) throw new Stop(site);
  if (operator === 'in') {
    if (isObject(left)) throw new Stop(site);
    return (left as Key) in (right as object);
  }
  const asks: unknown = isObject(right) ? GUARD.get(right, Symbol.hasInstance, site) : undefined;
  const isOwn = typeof asks === 'function' && !isBuiltIn(asks, '[Symbol.hasInstance]');
  if (isOwn || hasProxy(right)) throw new Stop(site);
  return left instanceof (right as () => unknown);
}

/** Whether an object is a proxy, or inherits from one. */
function hasProxy(one: unknown): boolean {
  for (let holder = one; isObject(holder); holder = Object.getPrototypeOf(holder)) if (types.isProxy(holder)) return true;
  return false;
}

/** Whether a function is one of the language's own, by the start of its name: bound functions are `bound …`. */
function isBuiltIn(one: object, start: string): boolean {
  return String((one as { name?: unknown }).name).startsWith(start) && /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(one));
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isSome(value: unknown): boolean {
  return value !== null && value !== undefined;
}
