import { types } from 'node:util';

/** Functions of the language that only come to a value when they are called on, and with, what they are made for. */
const OF_TEXT = [
  ...['startsWith', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'charAt', 'charCodeAt', 'codePointAt', 'at', 'slice', 'substring', 'substr'],
  ...['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'padStart', 'padEnd', 'repeat', 'concat', 'localeCompare', 'normalize', 'split'],
];
const OF_LISTS = ['includes', 'indexOf', 'lastIndexOf', 'at'];
const OF_COLLECTIONS = ['has', 'get'];
const OF_NAMESPACES: Record<string, readonly string[]> = {
  Array: ['isArray'],
  Number: ['isNaN', 'isFinite', 'isInteger', 'isSafeInteger', 'parseFloat', 'parseInt'],
  Object: ['is', 'hasOwn', 'keys'],
  String: ['fromCharCode', 'fromCodePoint'],
  Math: ['abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'min', 'max', 'sqrt', 'pow', 'log', 'log2', 'log10'],
};
const GLOBAL = ['isNaN', 'isFinite', 'parseInt', 'parseFloat', 'String', 'Number', 'Boolean'];
/** Called on an object, or as `hasOwnProperty.call(object, name)`. */
const HAS = 'hasOwnProperty';

/** All their names, and what they may be called by. */
export const PURE: ReadonlySet<string> = new Set([
  ...[OF_TEXT, OF_LISTS, OF_COLLECTIONS, GLOBAL, ...Object.values(OF_NAMESPACES)].flat(),
  ...['test', HAS, 'call'],
]);

/** Whether calling a function like this comes to a value, and does nothing else: it is one of the language's own, and meets no code of the program. */
export function isPure(called: unknown, on: unknown, values: readonly unknown[]): boolean {
  const name = nameOfBuiltIn(called);
  if (name === undefined) return false;
  if (on === undefined) return GLOBAL.includes(name) && (name === 'Boolean' || values.every(isPrimitive));
  if (typeof on === 'string') return OF_TEXT.includes(name) && values.every(isPrimitive);
  if (types.isProxy(on)) return false;
  if (name === HAS) return isPrimitive(values[0]);
  if (name === 'call') return nameOfBuiltIn(on) === HAS && typeof values[0] === 'object' && isPure(on, values[0], values.slice(1));
  if (Array.isArray(on)) return OF_LISTS.includes(name);
  if (types.isMap(on) || types.isSet(on) || types.isWeakMap(on) || types.isWeakSet(on)) return OF_COLLECTIONS.includes(name);
  if (types.isRegExp(on)) return name === 'test' && isPlain(on) && values.every(isPrimitive);
  const namespace = typeof on === 'function' ? nameOfBuiltIn(on) : Object.getOwnPropertyDescriptor(on, Symbol.toStringTag)?.value;
  if (!OF_NAMESPACES[namespace ?? '']?.includes(name)) return false;
  return (
    name === 'isArray' || name === 'is' || (namespace === 'Object' ? !types.isProxy(values[0]) && isPrimitive(values[1]) : values.every(isPrimitive))
  );
}

/** Whether nothing of a regular expression is the program's own, and it does not remember where it was. */
function isPlain(one: RegExp): boolean {
  return !one.global && !one.sticky && !Object.hasOwn(one, 'exec') && nameOfBuiltIn(one.exec) === 'exec';
}

/** The name of a function of the language's own. Names of functions can be changed, and bound ones are called so. */
function nameOfBuiltIn(one: unknown): string | undefined {
  if (typeof one !== 'function') return undefined;
  const known = NAMES.get(one);
  if (known !== undefined) return known;
  const name = /^function ([\w$]+)\(\) \{\s*\[native code\]\s*\}$/.exec(Function.prototype.toString.call(one))?.[1] ?? '';
  NAMES.set(one, name);
  return name;
}

const NAMES = new WeakMap<object, string>();

function isPrimitive(value: unknown): boolean {
  return (typeof value !== 'object' || value === null) && typeof value !== 'function';
}
