import { decode, encode, isSimple, isWritable, type Literal, OF_RESULTS, refersTo } from '../literals.ts';
import { type Outcome, type Scenario, type Step, sameOutcome } from '../scenario.ts';
import type { Recorder } from './recorder.ts';
import { Late, withTimeLimit } from './time-limit.ts';

/** How long what is called may let us wait, milliseconds. */
const WAIT_MS = 250;
/** How many values of an iterator are looked at. */
const MOST_VALUES = 200;

// Tests may put others in their place.
const { setTimeout: later, clearTimeout: never } = globalThis;

/** Why a scenario says nothing: it cannot be called, or does not end. */
export interface Mute {
  kind: 'mute';
  why: string;
}

type Callable = (...args: unknown[]) => unknown;

/** Plays scenarios: makes their calls with new values each time. */
export class Player {
  readonly #recorder: Recorder;
  /** The steps of the scenario played last that were waited for, but for its last one. */
  readonly awaited = new Set<number>();
  readonly #limited: <T>(call: () => T) => T;

  /** @param isHasty whether calls that do not come to an end are broken off */
  constructor(recorder: Recorder, isHasty = false) {
    this.#recorder = recorder;
    this.#limited = isHasty ? withTimeLimit : (call) => call();
  }

  /** Of errors only the message matters; to note where each was made takes more time than many calls do. */
  #inTime<T>(call: () => T): T {
    const { Error: errors } = this.#recorder.realm;
    const { stackTraceLimit } = errors;
    errors.stackTraceLimit = 1;
    try {
      return this.#limited(call);
    } finally {
      errors.stackTraceLimit = stackTraceLimit;
    }
  }

  /** Plays a scenario to its end. Never rejects. */
  async play({ steps }: Scenario): Promise<Outcome | Mute> {
    const values: unknown[] = [];
    this.awaited.clear();
    try {
      for (const [i, step] of steps.slice(0, -1).entries()) {
        const result = this.#inTime(() => this.#call(step, this.#args(step, values), values));
        if (isPromise(result)) this.awaited.add(i);
        values.push(isPromise(result) ? await inTime(result) : result);
      }
    } catch (error) {
      return { kind: 'mute', why: `what comes before fails: ${String((error as Error)?.message ?? error)}` };
    }
    return this.#last(steps.at(-1) as Step, values);
  }

  async #last(step: Step, values: unknown[]): Promise<Outcome | Mute> {
    let args: unknown[];
    try {
      args = this.#args(step, values);
    } catch (error) {
      return { kind: 'mute', why: String((error as Error).message) };
    }
    const known = (value: object) => (values.includes(value) ? { step: values.indexOf(value) } : undefined);
    const literal = (value: unknown) => encode(value, OF_RESULTS, known);
    let outcome: Outcome;
    let awaits = false;
    try {
      const result = this.#inTime(() => this.#call(step, args, values));
      awaits = isPromise(result);
      const value = isPromise(result) ? await inTime(result) : result;
      if (isIterator(value)) outcome = { kind: 'iterates', value: literal(this.#inTime(() => Array.from(take(value)))) };
      else outcome = { kind: awaits ? 'resolves' : 'returns', value: literal(value) };
    } catch (error) {
      if (error instanceof Late) return { kind: 'mute', why: 'it does not come to an end in time' };
      if ((error as { name?: unknown } | null)?.name === 'ReferenceError') return { kind: 'mute', why: 'it speaks of what is not there' };
      outcome = { kind: awaits ? 'rejects' : 'throws', value: literal(error) };
    }
    const after = args.map((arg, i) => (isKept(step.args[i] as Literal) ? (step.args[i] as Literal) : literal(arg)));
    if (JSON.stringify(after) !== JSON.stringify(step.args)) outcome = { ...outcome, args: after };
    const sources = [...values.keys()].filter((one) => step.args.some((arg) => refersTo(arg, one)));
    return sources.length === 0 ? outcome : { ...outcome, around: sources.map((one) => ({ step: one, value: encode(values[one], OF_RESULTS) })) };
  }

  #args({ args }: Step, values: readonly unknown[]): unknown[] {
    return args.map((arg) => decode(arg, this.#recorder.realm, values));
  }

  #call({ call }: Step, args: unknown[], values: readonly unknown[]): unknown {
    if ('of' in call) {
      const object = values[call.of] as Record<string, unknown>;
      // What another value than the observed one is asked may not be there.
      if (!(call.name in Object(object))) throw new ReferenceError(`there is no ${call.name}`);
      const member = object[call.name];
      return call.kind === 'get' ? member : Reflect.apply(member as Callable, object, args);
    }
    const [root = '', ...way] = call.path.split('.');
    let object: unknown;
    let callee = this.#recorder.scope[root]?.();
    for (const name of way) {
      object = callee;
      callee = (callee as Record<string, unknown> | undefined)?.[name];
    }
    if (typeof callee !== 'function') throw new TypeError(`${call.path} is no function here`);
    return call.kind === 'new' ? Reflect.construct(callee, args) : Reflect.apply(callee, object, args);
  }
}

/** Whether an outcome says something that a test can hold against another time. */
export function isTelling(outcome: Outcome | Mute): outcome is Outcome {
  return outcome.kind !== 'mute';
}

/** Whether two outcomes are not the same, and the first one can be written into a test where they are not. */
export function differs(original: Outcome, mutated: Outcome | Mute): boolean {
  return isTelling(mutated) && !sameOutcome(original, mutated);
}

async function inTime<T>(promise: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = later(() => reject(new Late()), WAIT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    never(timer);
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

function isIterator(value: unknown): value is Iterable<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const { next, [Symbol.iterator]: iterator } = value as { next?: unknown; [Symbol.iterator]?: unknown };
  return typeof next === 'function' && typeof iterator === 'function';
}

function* take(values: Iterable<unknown>): Generator<unknown> {
  let count = 0;
  for (const value of values) {
    if (++count > MOST_VALUES) return;
    yield value;
  }
}

/** Whether a call cannot change it, or that is looked at elsewhere. */
function isKept(literal: Literal): boolean {
  return isSimple(literal) || !isWritable(literal) || (typeof literal === 'object' && literal?.$ === 'step');
}
