import { types } from 'node:util';
import { encode, isWritable, type Literal, OF_ARGUMENTS, type Origin, type Realm, some } from '../literals.ts';
import { withoutSecrets } from '../presentable.ts';
import { keyOf, type Observed, type Scenario, type Step } from '../scenario.ts';

/** How many calls of one test file are noted, and of one test. */
const MOST_CALLS = 8000;
const MOST_OF_TEST = 500;
/** How many steps a scenario may have: a test that is longer is none that anyone wants to be given. */
const MOST_STEPS = 12;

/** How many of those that are asked for are calls without all that was called before. */
const SHORT = 0.7;

/** How many objects inside of what a call came to are known, how many of all calls, and of how many items of a list. */
const MOST_PARTS = 300;
const MOST_OF_ALL = 20_000;
const MOST_ITEMS = 20;
/** What follows a dot, or stands in brackets as a number. */
const NAME = /^(?:[\p{ID_Start}$][\p{ID_Continue}$]*|\d{1,4})$/u;

type Callable = (...args: unknown[]) => unknown;
type Constructor = new (...args: unknown[]) => object;

/** A call that tests made. Steps that it refers to are other calls, by their places. */
interface Call extends Step {
  test: string;
  usable: boolean;
  /** Its arguments, where some are, or hold, what other calls came to and could be written down by itself too. */
  derived?: Literal[];
}

/**
 * What the text of an observed test file tells its calls to (`writing/observed-text.ts`): what is called, with what, and which objects come of it. What is
 * called runs as if nobody looked.
 */
export class Recorder {
  /** The names that the test file knows imported things by, with what they stand for now. */
  scope: Record<string, () => unknown> = {};
  /** The global object of the realm that the tests run in. */
  realm: Realm = globalThis;
  /** The key of the test that runs; empty outside of all. */
  test = '';
  readonly #calls: Call[] = [];
  /** How many of them each test made. */
  readonly #callsOf = new Map<string, number>();
  /** What calls came to that cannot be written down; all objects that they came to, with those inside of them. */
  readonly #made = new WeakMap<object, Origin>();
  readonly #parts = new WeakMap<object, Origin>();
  #partsKnown = 0;
  #quiet = false;
  #ways: Record<string, (() => unknown)[]> = {};
  readonly #added: Recorder['scope'] = {};

  /** Told by the test file once it is loaded. */
  readonly s = (scope: Recorder['scope'], realm: Realm): void => {
    this.scope = { ...this.#added, ...scope };
    this.realm = realm;
  };

  /** Told by the test file once it is loaded: ways to functions that it does not use. */
  readonly u = (ways: Record<string, (() => unknown)[]>): void => {
    this.#ways = ways;
  };

  /** A function that is called by its own name. */
  readonly f = (path: string, callee: unknown): unknown => this.#watched(callee, undefined, { kind: 'function', path });

  /** What a member expression names, where its object is imported, is a function like any other; else a method of something that is known, or nothing to us. */
  readonly m = (object: unknown, name: string, path?: string): unknown => {
    const callee = (object as Record<string, unknown> | null | undefined)?.[name];
    const of = isObject(object) ? this.#made.get(object)?.step : undefined;
    if (of !== undefined) return this.#watched(callee, object, { kind: 'method', of, name });
    return path === undefined ? this.#bound(callee, object) : this.#watched(callee, object, { kind: 'function', path });
  };

  /** A class of which an object is made. */
  readonly n = (path: string, made: unknown): unknown => {
    if (typeof made !== 'function' || this.#quiet) return made;
    const note = (args: unknown[]) => this.#note({ kind: 'new', path }, args);
    return new Proxy(made as Constructor, {
      construct: (target, args) => {
        const place = note(args);
        const object = Reflect.construct(target, args) as object;
        this.#know(object, place);
        return object;
      },
    });
  };

  /**
   * The first way that leads to a function which the test file does not use, as its place among those told.
   *
   * @param paths what each of the ways calls it by
   */
  wayTo(name: string, paths: readonly string[]): number | undefined {
    const ways = this.#ways[name] ?? [];
    const found = ways.findIndex((way) => {
      try {
        return typeof way() === 'function';
      } catch {
        return false;
      }
    });
    if (found < 0) return undefined;
    // Where it needs an import, its name means nothing in the file yet.
    if (paths[found] === name) this.#added[name] = () => this.#ways[name]?.[found]?.();
    Object.assign(this.scope, this.#added);
    return found;
  }

  /** Notes nothing from now on. */
  quiet(): void {
    this.#quiet = true;
  }

  /**
   * The scenarios that were observed, each once, the shortest first: calls on what others came to, and these with all that was called on that between.
   *
   * @param most how many; where there are more, seven in ten are of the former
   */
  observed(most = Number.POSITIVE_INFINITY): Observed[] {
    const found = new Map<string, Observed>();
    const [short, whole] = [false, true].map((withAll) => {
      const before = found.size;
      for (const [place, call] of this.#calls.entries()) {
        for (const args of [call.args, call.derived]) {
          const scenario = args && this.#scenarioOf(place, { ...call, args }, withAll);
          if (!scenario) continue;
          const key = keyOf(scenario);
          if (!found.has(key)) found.set(key, { scenario, test: call.test });
        }
      }
      return [...found.values()].slice(before).sort(byLength);
    }) as [Observed[], Observed[]];
    const room = Math.max(most * SHORT, most - whole.length);
    return [...short.slice(0, room), ...whole.slice(0, most - Math.min(room, short.length))].sort(byLength);
  }

  #watched(callee: unknown, object: unknown, call: Step['call']): unknown {
    if (typeof callee !== 'function' || this.#quiet || !this.#isImported(callee, call)) return this.#bound(callee, object);
    return (...args: unknown[]) => {
      const place = this.#note(call, args);
      const result = Reflect.apply(callee as Callable, object, args);
      this.#know(result, place);
      if (isObject(result) && typeof (result as { then?: unknown }).then === 'function') {
        (result as PromiseLike<unknown>).then(
          (value) => this.#know(value, place),
          () => {},
        );
      }
      return result;
    };
  }

  /** A name may stand for something else where it is used. What is called while the file loads cannot be asked yet. */
  #isImported(callee: unknown, call: Step['call']): boolean {
    if ('of' in call) return true;
    const [root = '', ...way] = call.path.split('.');
    const known = this.scope[root];
    return !known || way.reduce<unknown>((object, name) => (object as Record<string, unknown> | null | undefined)?.[name], known()) === callee;
  }

  #bound(callee: unknown, object: unknown): unknown {
    return typeof callee === 'function' && object !== undefined ? (...args: unknown[]) => Reflect.apply(callee as Callable, object, args) : callee;
  }

  #note(call: Step['call'], args: unknown[]): number | undefined {
    const ofTest = this.#callsOf.get(this.test) ?? 0;
    if (this.#calls.length >= MOST_CALLS || ofTest >= MOST_OF_TEST) return undefined;
    this.#callsOf.set(this.test, ofTest + 1);
    const written = args.map((arg) => withoutSecrets(encode(arg, OF_ARGUMENTS, (value) => this.#made.get(value))));
    const derived = args.map((arg) => (isObject(arg) ? withoutSecrets(encode(arg, OF_ARGUMENTS, (value) => this.#parts.get(value))) : undefined));
    // What can be written down by itself is, and the other way too.
    const literals = written.map((one, i) => (isWritable(one) ? one : (derived[i] ?? one)));
    const others = literals.map((one, i) => derived[i] ?? one);
    const isOther = others.every(isWritable) && JSON.stringify(others) !== JSON.stringify(literals);
    const noted = { call, args: literals, test: this.test, usable: literals.every(isWritable), ...(isOther && { derived: others }) };
    return this.#calls.push(noted) - 1;
  }

  /** Objects that can be written down need not be made by calls. What is kept for later calls, in a cache, comes of another call in each test. */
  #know(value: unknown, place: number | undefined): void {
    if (place === undefined || !isObject(value) || typeof (value as { then?: unknown }).then === 'function') return;
    const { test } = this.#calls[place] as Call;
    const isHere = (origin: Origin | undefined) => origin !== undefined && ['', test].includes((this.#calls[origin.step] as Call).test);
    if (isHere(this.#made.get(value))) return;
    if (typeof value === 'function' || !isWritable(encode(value, OF_ARGUMENTS))) this.#made.set(value, { step: place });
    if (this.#partsKnown > MOST_OF_ALL) return;
    for (const [part, path] of partsOf(value)) {
      if (isHere(this.#parts.get(part))) continue;
      this.#parts.set(part, { step: place, ...(path !== '' && { path }) });
      this.#partsKnown++;
    }
  }

  /**
   * What has to be called for a call: what its arguments and its object come from.
   *
   * @param withAll whether with all that was called on these before it, which may have changed them
   */
  #scenarioOf(place: number, last: Call, withAll: boolean): Scenario | undefined {
    const { test } = last;
    const at = (one: number) => (one === place ? last : (this.#calls[one] as Call));
    const needed = new Set<number>();
    const need = (one: number): boolean => {
      if (needed.has(one)) return true;
      if (needed.size >= MOST_STEPS) return false;
      needed.add(one);
      const call = at(one);
      if (!call.usable || (call.test !== test && call.test !== '')) return false;
      for (const source of sourcesOf(call)) {
        if (!need(source)) return false;
        for (let i = source + 1; withAll && i < one; i++) {
          const between = this.#calls[i] as Call;
          const isMethod = 'of' in between.call && between.call.of === source;
          // What a function was given it may have changed, too.
          const isGiven = !isMethod && between.usable && sourcesOf(between).includes(source);
          if ((isMethod || isGiven) && !need(i)) return false;
        }
      }
      return true;
    };
    if (!need(place)) return undefined;
    const order = [...needed].sort((a, b) => a - b);
    if (order.at(-1) !== place) return undefined;
    const steps = new Map(order.map((one, i) => [one, i]));
    return { steps: order.map((one) => renumbered(at(one), steps)) };
  }
}

function byLength(a: Observed, b: Observed): number {
  return a.scenario.steps.length - b.scenario.steps.length;
}

/** An object and those inside of it that an expression can name, the nearest first, with the ways to them. */
function partsOf(value: object): [part: object, path: string][] {
  const found: [object, string][] = [[value, '']];
  const seen = new Set([value]);
  for (const [part, path] of found) {
    if (typeof part === 'function' || types.isProxy(part) || ArrayBuffer.isView(part)) continue;
    const keys = Array.isArray(part) ? [...part.slice(0, MOST_ITEMS).keys()].map(String) : Object.keys(part);
    for (const key of keys) {
      if (found.length >= MOST_PARTS) return found;
      // What a getter would do is not asked.
      const inner: unknown = Object.getOwnPropertyDescriptor(part, key)?.value;
      if (typeof inner !== 'object' || inner === null || seen.has(inner) || !NAME.test(key)) continue;
      seen.add(inner);
      found.push([inner, path + (/^\d/.test(key) ? `[${key}]` : `.${key}`)]);
    }
  }
  return found;
}

function sourcesOf({ call, args }: Step): number[] {
  const sources = 'of' in call ? [call.of] : [];
  for (const arg of args) {
    some(arg, (one) => {
      if (typeof one === 'object' && one !== null && one.$ === 'step') sources.push(one.step);
      return false;
    });
  }
  return sources;
}

function renumbered({ call, args }: Step, steps: ReadonlyMap<number, number>): Step {
  const text = JSON.stringify(args, (_, value: unknown) => {
    const reference = value as { $?: unknown; step: number } | null;
    return typeof reference === 'object' && reference?.$ === 'step' ? { ...reference, step: steps.get(reference.step) } : value;
  });
  return { call: 'of' in call ? { ...call, of: steps.get(call.of) as number } : call, args: JSON.parse(text) as Literal[] };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
