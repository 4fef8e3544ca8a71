import { type Literal, UNDEFINED } from './literals.ts';

/** What a comment says of a parameter. */
export interface Documented {
  /** Values of its type; never none. */
  values: Literal[];
  isOptional: boolean;
}

const EMPTY: Literal = { $: 'object', entries: [] };
/** Values of the types that comments name (https://jsdoc.app/tags-type; JavaScript without types spells them as it likes). */
const NAMED: Record<string, Literal[]> = {
  string: ['a', ''],
  number: [1, 0],
  integer: [1, 0],
  int: [1, 0],
  boolean: [true, false],
  bool: [true, false],
  bigint: [{ $: 'bigint', digits: '1' }],
  null: [null],
  undefined: [UNDEFINED],
  object: [EMPTY],
  array: [
    { $: 'array', items: ['a'] },
    { $: 'array', items: [] },
    { $: 'array', items: [1] },
  ],
  function: [{ $: 'function', text: '() => undefined' }],
  date: [{ $: 'date', time: 0 }],
  regexp: [{ $: 'regexp', source: 'a', flags: '' }],
  url: [{ $: 'url', href: 'https://example.com/' }],
};

/** The parameters that a JSDoc comment gives types to that are known, by their names: `@param {string} [name]`. */
export function documentedTypes(comment: string): Map<string, Documented> {
  const found = new Map<string, Documented>();
  if (!comment.startsWith('/**')) return found;
  for (const [, type = '', bracket, name = ''] of comment.matchAll(/@(?:param|arg|argument)\s+\{([^{}]+)\}\s+(\[)?\s*([\w$]+)(?![\w$.[])/g)) {
    const values = valuesOf(type);
    if (values.length > 0) found.set(name, { values, isOptional: bracket !== undefined || /=\s*$/.test(type) });
  }
  return found;
}

/** Values of a type as comments write it; none where it is not known. */
function valuesOf(type: string): Literal[] {
  const text = type
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^[?!]|=$/g, '')
    .trim();
  const members = text.split('|');
  if (members.length > 1 && !/[<(]/.test(text)) return members.flatMap(valuesOf);
  const [, item] = /^(.*)\[\]$/.exec(text) ?? /^Array\s*\.?\s*<(.*)>$/i.exec(text) ?? [];
  if (item !== undefined) return listsOf(valuesOf(item));
  if (/^(?:'[^']*'|"[^"]*")$/.test(text)) return [text.slice(1, -1)];
  if (/^-?\d+(\.\d+)?$/.test(text)) return [Number(text)];
  if (text === 'true' || text === 'false') return [text === 'true'];
  return NAMED[text.toLowerCase()] ?? [];
}

function listsOf([first, second]: Literal[]): Literal[] {
  const list = (...items: Literal[]): Literal => ({ $: 'array', items });
  return first === undefined ? [] : [list(first), list(), list(first, second ?? first)];
}
