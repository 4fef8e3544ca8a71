import type { Literal } from '../literals.ts';
import type { Style } from './style.ts';

/** How long a line may become, characters: what Prettier takes by itself. */
const WIDTH = 80;

/** Writes literals down as source. */
export class Printer {
  readonly #style: Pick<Style, 'quote' | 'indent' | 'trailingCommas'>;
  readonly #nameOf: (step: number) => string;

  /** @param nameOf what the text calls what an earlier step came to */
  constructor(style: Pick<Style, 'quote' | 'indent' | 'trailingCommas'>, nameOf: (step: number) => string = () => 'value') {
    this.#style = style;
    this.#nameOf = nameOf;
  }

  /** The source of a literal, on one line where it fits behind `column` characters. */
  print(literal: Literal, column = 0, indent = ''): string {
    const flat = this.#flat(literal);
    if (column + flat.length <= WIDTH || typeof literal !== 'object' || literal === null) return flat;
    if (literal.$ !== 'array' && literal.$ !== 'object') return flat;
    if ((literal.$ === 'array' ? literal.items : literal.entries).length === 0) return flat;
    const inner = indent + this.#style.indent;
    const lines =
      literal.$ === 'array'
        ? literal.items.map((item) => inner + this.print(item, inner.length + 1, inner))
        : literal.entries.map(([key, value]) => {
            const name = `${this.#key(key)}: `;
            return inner + name + this.print(value, inner.length + name.length + 1, inner);
          });
    const [open, close] = literal.$ === 'array' ? ['[', ']'] : ['{', '}'];
    return `${open}\n${lines.join(',\n')}${this.#style.trailingCommas ? ',' : ''}\n${indent}${close}`;
  }

  /** A way into a value, as parts of values have it (`Part.path`). */
  path(path: string): string {
    return path.replace(/\["(?:[^"\\]|\\.)*"\]/g, (step) => `[${this.string((JSON.parse(step) as [string])[0])}]`);
  }

  /** A string literal in the file's quotes; in the others where it holds these and not those. */
  string(text: string): string {
    const { quote } = this.#style;
    const other = quote === '"' ? "'" : '"';
    const used = text.includes(quote) && !text.includes(other) ? other : quote;
    let printed = '';
    for (const character of text) printed += escaped(character, used);
    return used + printed + used;
  }

  #flat(literal: Literal): string {
    if (typeof literal === 'string') return this.string(literal);
    if (typeof literal !== 'object' || literal === null) return String(literal);
    const list = (items: readonly Literal[]) => items.map((item) => this.#flat(item)).join(', ');
    switch (literal.$) {
      case 'undefined':
        return 'undefined';
      case 'number':
        return literal.is;
      case 'bigint':
        return `${literal.digits}n`;
      case 'array':
        return `[${list(literal.items)}]`;
      case 'object':
        if (literal.entries.length === 0) return '{}';
        return `{ ${literal.entries.map(([key, value]) => `${this.#key(key)}: ${this.#flat(value)}`).join(', ')} }`;
      case 'map':
        return `new Map(${literal.entries.length === 0 ? '' : `[${literal.entries.map((entry) => `[${list(entry)}]`).join(', ')}]`})`;
      case 'set':
        return `new Set(${literal.items.length === 0 ? '' : `[${list(literal.items)}]`})`;
      case 'date':
        return `new Date(${this.string(new Date(literal.time).toISOString())})`;
      case 'regexp':
        return `/${literal.source}/${literal.flags}`;
      case 'url':
        return `new URL(${this.string(literal.href)})`;
      case 'bytes':
        return literal.type === 'Buffer' ? `Buffer.from([${literal.items.join(', ')}])` : `new ${literal.type}([${literal.items.join(', ')}])`;
      case 'function':
        return literal.text.includes(this.#style.quote) ? literal.text : literal.text.replaceAll(/['"]/g, this.#style.quote);
      case 'step':
        return this.#nameOf(literal.step) + (literal.path ?? '');
      default:
        return 'undefined';
    }
  }

  #key(key: string): string {
    // As a key in a literal it would set the prototype.
    if (key === '__proto__') return `[${this.string(key)}]`;
    return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) || /^(0|[1-9]\d{0,8})$/.test(key) ? key : this.string(key);
  }
}

const ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\\': '\\\\' };

function escaped(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const known = ESCAPES[character];
  if (known) return known;
  // What cannot be seen, or is half a character, is written as what it is.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(character) || (/\p{Zs}/u.test(character) && character !== ' ')) {
    const code = character.codePointAt(0) as number;
    return code <= 0xff
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : code <= 0xffff
        ? `\\u${code.toString(16).padStart(4, '0')}`
        : `\\u{${code.toString(16)}}`;
  }
  return character;
}
