import { createRequire, syncBuiltinESMExports } from 'node:module';

/** What the standard and Node make global, apart from what test environments and frameworks keep there for themselves. */
const NAMES = [
  ...[
    'Object',
    'Function',
    'Array',
    'String',
    'Number',
    'Boolean',
    'BigInt',
    'Symbol',
    'RegExp',
    'Date',
    'Promise',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
  ],
  ...[
    'WeakRef',
    'Error',
    'TypeError',
    'RangeError',
    'SyntaxError',
    'AggregateError',
    'ArrayBuffer',
    'DataView',
    'Uint8Array',
    'Proxy',
    'Math',
    'JSON',
  ],
  ...[
    'Reflect',
    'Intl',
    'parseInt',
    'parseFloat',
    'isNaN',
    'isFinite',
    'encodeURIComponent',
    'decodeURIComponent',
    'encodeURI',
    'decodeURI',
    'console',
  ],
  ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'queueMicrotask', 'structuredClone', 'fetch'],
  ...[
    'URL',
    'URLSearchParams',
    'Buffer',
    'TextEncoder',
    'TextDecoder',
    'AbortController',
    'AbortSignal',
    'Event',
    'EventTarget',
    'Headers',
    'Request',
  ],
  ...['Response', 'FormData', 'Blob', 'File', 'WebSocket', 'MessageChannel', 'performance', 'crypto', 'navigator', 'btoa', 'atob'],
];
/** The modules of Node whose functions tests replace. */
const MODULES = [
  ...[
    'fs',
    'fs/promises',
    'path',
    'os',
    'util',
    'url',
    'events',
    'timers',
    'timers/promises',
    'child_process',
    'crypto',
    'dns',
    'net',
    'http',
    'https',
  ],
];

const require = createRequire(import.meta.url);

/** An object as it is to be: its own properties by name, apart from those that are its own affair. */
interface Kept {
  object: object;
  names: Map<string, PropertyDescriptor>;
  /** Those that have a value, which is compared faster than descriptors, and the others. */
  values: [name: string, value: unknown][];
  accessors: [name: string, descriptor: PropertyDescriptor][];
  /** Whether properties that have come since are to go. */
  closed: boolean;
}

/**
 * What tests can change of their process that no module of theirs holds: global functions and objects of the standard and of Node, Node's modules, the
 * environment. A mutant that keeps a test from putting it back must not change what the tests of the next one see.
 */
export class Builtins {
  readonly #global: object;
  #kept: Kept[] = [];

  /** @param global the global object of the realm that tests run in */
  constructor(global: object = globalThis) {
    this.#global = global;
    this.keep();
  }

  /** Takes what there is now for what is to be: tests ran without a mutant. */
  keep(): void {
    this.#kept = [...this.#objects()].map((object) => look(object, () => true, true));
    this.#kept.push(look(this.#global, (name) => NAMES.includes(name), false));
  }

  /** Whether anything was changed since. */
  get changed(): boolean {
    return this.#kept.some((kept) => changes(kept, true).length > 0);
  }

  /** Puts back what was changed since. */
  restore(): void {
    let changed = false;
    for (const kept of this.#kept) {
      for (const name of changes(kept)) {
        const before = kept.names.get(name);
        changed = (before ? Reflect.defineProperty(kept.object, name, before) : Reflect.deleteProperty(kept.object, name)) || changed;
      }
    }
    if (changed) syncBuiltinESMExports();
  }

  *#objects(): Iterable<object> {
    for (const name of NAMES) {
      const value: unknown = Object.getOwnPropertyDescriptor(this.#global, name)?.value;
      if (!isObject(value)) continue;
      yield value;
      const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value;
      if (isObject(prototype)) yield prototype;
    }
    yield process;
    yield process.env;
    const loaded = new Set((process as unknown as { moduleLoadList?: string[] }).moduleLoadList);
    for (const name of MODULES) if (loaded.has(`NativeModule ${name}`)) yield require(`node:${name}`) as object;
  }
}

function look(object: object, wanted: (name: string) => boolean, closed: boolean): Kept {
  const kept: Kept = { object, names: new Map(), values: [], accessors: [], closed };
  for (const name of Object.getOwnPropertyNames(object)) {
    const descriptor = name.startsWith('_') || !wanted(name) ? undefined : Object.getOwnPropertyDescriptor(object, name);
    if (!descriptor) continue;
    kept.names.set(name, descriptor);
    if ('value' in descriptor) kept.values.push([name, descriptor.value]);
    else kept.accessors.push([name, descriptor]);
  }
  return kept;
}

/** The names of properties that are not what they were; `one` is enough where it is asked for. */
function changes({ object, values, accessors, names, closed }: Kept, one = false): string[] {
  const changed: string[] = [];
  for (const [name, value] of values) {
    if (Object.is((object as Record<string, unknown>)[name], value)) continue;
    changed.push(name);
    if (one) return changed;
  }
  for (const [name, { get, set }] of accessors) {
    const now = Object.getOwnPropertyDescriptor(object, name);
    if (!now || now.get !== get || now.set !== set) changed.push(name);
  }
  if (closed) for (const name of Object.keys(object)) if (!name.startsWith('_') && !names.has(name)) changed.push(name);
  return changed;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
