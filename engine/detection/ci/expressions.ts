/** What `${{ … }}` can ask for: `matrix`, `env`, `inputs`… */
export type Contexts = Readonly<Record<string, unknown>>;

/** No value that is put together has more characters. */
const LONGEST = 64 * 1024;

/**
 * A text of a workflow with its expressions evaluated (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions), as far as that can be done
 * without running anything; what is not known is empty.
 */
export function evaluated(text: string, contexts: Contexts): string {
  let told = '';
  for (let at = 0; ; ) {
    const start = text.indexOf('${{', at);
    const end = start < 0 ? -1 : text.indexOf('}}', start + 3);
    if (end < 0) return told + text.slice(at);
    const value = evaluate(text.slice(start + 3, end), contexts);
    told += text.slice(at, start) + (value === undefined || value === null || typeof value === 'object' ? '' : String(value));
    at = end + 2;
  }
}

/** The value of an expression; undefined where it is not known. */
export function evaluate(expression: string, contexts: Contexts): unknown {
  const tokens = expression.match(/'(?:[^']|'')*'|&&|\|\||[=!<>]=|[()!<>,[\]]|-?\d+(?:\.\d+)?(?![\w.])|[\w.*-]+/g) ?? [];
  return new Reader(tokens, contexts).either();
}

/** Reads tokens by descent: or, and, comparison, value. */
class Reader {
  readonly #tokens: readonly string[];
  readonly #contexts: Contexts;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[], contexts: Contexts) {
    this.#tokens = tokens;
    this.#contexts = contexts;
  }

  either(): unknown {
    if (++this.#depth > 50) return undefined;
    let value = this.#both();
    while (this.#take('||')) {
      const other = this.#both();
      value = value || other;
    }
    this.#depth--;
    return value;
  }

  #both(): unknown {
    let value = this.#compared();
    while (this.#take('&&')) {
      const other = this.#compared();
      value = value && other;
    }
    return value;
  }

  #compared(): unknown {
    const value = this.#value();
    if (this.#take('==')) return value === undefined ? undefined : same(value, this.#value());
    if (this.#take('!=')) return value === undefined ? undefined : !same(value, this.#value());
    // Where one of them is no number, none of these holds.
    if (this.#take('<=')) return Number(value) <= Number(this.#value());
    if (this.#take('>=')) return Number(value) >= Number(this.#value());
    if (this.#take('<')) return Number(value) < Number(this.#value());
    if (this.#take('>')) return Number(value) > Number(this.#value());
    return value;
  }

  #value(): unknown {
    const token = this.#tokens[this.#at++];
    if (token === undefined) return undefined;
    if (token === '!') {
      let isNot = true;
      for (; this.#tokens[this.#at] === '!'; this.#at++) isNot = !isNot;
      const value = this.#value();
      return value === undefined ? undefined : Boolean(value) !== isNot;
    }
    if (token === '(') {
      const value = this.either();
      this.#take(')');
      return value;
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d/.test(token)) return Number(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (this.#take('(')) return this.#call(token);
    let value: unknown = token.split('.').reduce<unknown>((at, key) => inner(at, key), this.#contexts);
    while (this.#take('[')) {
      value = inner(value, String(this.either()));
      this.#take(']');
    }
    return value;
  }

  #call(name: string): unknown {
    const given: unknown[] = [];
    while (this.#at < this.#tokens.length && !this.#take(')')) {
      const before = this.#at;
      given.push(this.either());
      this.#take(',');
      if (this.#at === before) this.#at++;
    }
    const [first, ...rest] = given.map((one) => String(one ?? ''));
    switch (name.toLowerCase()) {
      case 'format':
        return formatted(first ?? '', rest);
      case 'contains':
        return Array.isArray(given[0]) ? given[0].some((one) => same(one, given[1])) : first?.toLowerCase().includes((rest[0] ?? '').toLowerCase());
      case 'startswith':
        return first?.toLowerCase().startsWith((rest[0] ?? '').toLowerCase());
      case 'endswith':
        return first?.toLowerCase().endsWith((rest[0] ?? '').toLowerCase());
      case 'fromjson':
        return parsed(first ?? '');
      default:
        return undefined;
    }
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

/** Undefined where it would be longer than a command can be: a format in a format in a format fills the memory. */
function formatted(format: string, values: readonly string[]): string | undefined {
  let told = '';
  let at = 0;
  for (const place of format.matchAll(/\{(\d+)\}/g)) {
    told += format.slice(at, place.index) + (values[Number(place[1])] ?? '');
    at = place.index + place[0].length;
    if (told.length > LONGEST) return undefined;
  }
  return told + format.slice(at);
}

function inner(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function same(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : String(a) === String(b);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
