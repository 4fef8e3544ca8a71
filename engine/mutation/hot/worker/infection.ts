import { types } from 'node:util';
import type { Weighed } from './switchboard.ts';

/**
 * Whether a mutant _infects_ what is being evaluated (reachability, infection, propagation: Just, Ernst and Fraser, Efficient mutation analysis by
 * propagating and partitioning test executions, ISSTA 2014). An expression is evaluated once as it is and once with the mutant, up to its first part that
 * may do more than to come to a value. Where both come to the same, all that follows is the same too.
 *
 * @param asCondition whether only the truth of the value counts
 * @param wasAsked whether the mutant's own place was come to in the last evaluation
 */
export function infects(before: Outcome, after: Outcome, asCondition: boolean, wasAsked: boolean): boolean {
  if ('value' in before && 'value' in after) {
    return asCondition ? Boolean(before.value) !== Boolean(after.value) : !Object.is(before.value, after.value);
  }
  // At the same part, behind the mutant's place, with no value of before it in use.
  return !('stop' in before && 'stop' in after && before.stop === after.stop && before.stop > 0 && wasAsked);
}

/** What comes of an expression: a value, the number of the part that it stopped at (0 where values of before it are still in use), or an error. */
export type Outcome = { value: unknown } | { stop: number } | { error: unknown };

/** Evaluates an expression that is guarded. */
export function outcome(evaluate: Weighed, values: readonly unknown[]): Outcome {
  try {
    return { value: evaluate(GUARD, ...values) };
  } catch (error) {
    return error instanceof Stop ? error : { error };
  }
}

/** Thrown where an expression cannot be evaluated further without doing anything. No error: it is thrown often, and needs no stack. */
class Stop {
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
      if (property.get && isBuiltIn(property.get)) return Reflect.get(holder, key as Key, object);
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
    const converts =
      operator === '==' || operator === '!='
        ? isObject(left) !== isObject(right) && isSome(left) && isSome(right)
        : isObject(left) || isObject(right);
    if (converts) throw new Stop(site);
    return BINARY[operator]?.(left as number, right as number);
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

/** Whether a getter is one of the language's own, such as the size of a map. */
function isBuiltIn(getter: () => unknown): boolean {
  return getter.name.startsWith('get ') && /\{\s*\[native code\]\s*\}\s*$/.test(Function.prototype.toString.call(getter));
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isSome(value: unknown): boolean {
  return value !== null && value !== undefined;
}
