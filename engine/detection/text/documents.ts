import { parse as parseToml } from 'smol-toml';

/** A table, mapping or object of a file whose shape nothing vouches for. */
export type Table = Readonly<Record<string, unknown>>;

/** An object from JSON (comments and commas too many are borne with), or undefined where the text is none. */
export function readJsonText(text: string): Table | undefined {
  try {
    return asTable(JSON.parse(text));
  } catch {
    try {
      return asTable(JSON.parse(withoutComments(text)));
    } catch {
      return undefined;
    }
  }
}

const COMMENTS = [
  ['//', '\n'],
  ['/*', '*/'],
] as const;

/** Read once from front to back: a pattern would begin anew at each quote and each comment that does not end. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  /** Where in `kept` a comma stands that only white space has followed. */
  let comma = -1;
  for (let at = 0; at < text.length; ) {
    const end = endOfToken(text, at);
    const token = text.slice(at, end);
    at = end;
    if (token.startsWith('//') || token.startsWith('/*')) continue;
    if (comma >= 0 && (token === '}' || token === ']')) kept[comma] = '';
    if (token === ',') comma = kept.length;
    else if (token.trim()) comma = -1;
    kept.push(token);
  }
  return kept.join('');
}

/** Where a string or comment that begins at a place ends; else the place behind what stands there. */
function endOfToken(text: string, start: number): number {
  for (const [opening, closing] of COMMENTS) {
    if (!text.startsWith(opening, start)) continue;
    const found = text.indexOf(closing, start + 2);
    return found < 0 ? text.length : found + closing.length;
  }
  if (text[start] !== '"') return start + 1;
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end + 1;
}

/** A table from TOML, or undefined where the text is none. */
export function readTomlText(text: string): Table | undefined {
  try {
    return asTable(parseToml(text));
  } catch {
    return undefined;
  }
}

/** The one-based line of a key in a JSON text, found by the keys that lead to it; that of the last that is found. */
export function jsonLine(text: string, keys: readonly string[]): number {
  let at = 0;
  let found = 0;
  for (const key of keys) {
    const match = new RegExp(`${escaped(JSON.stringify(key))}\\s*:`, 'g');
    match.lastIndex = at;
    const hit = match.exec(text);
    if (!hit) break;
    found = hit.index;
    at = match.lastIndex;
  }
  return lineAt(text, found);
}

/** The one-based line of a table's header in a TOML text, or of a key in it; 1 where there is none. */
export function tomlLine(text: string, table: string, key?: string): number {
  const lines = text.split('\n');
  const header = (line: string) => /^\s*\[\[?([^\]]+)\]/.exec(line)?.[1]?.replaceAll(/["'\s]/g, '');
  const at = lines.findIndex((line) => header(line) === table || (key === undefined && header(line)?.startsWith(`${table}.`)));
  if (at < 0 && table !== '') {
    const inner = table.lastIndexOf('.');
    return key === undefined && inner > 0 ? tomlLine(text, table.slice(0, inner), table.slice(inner + 1)) : 1;
  }
  if (key === undefined) return at + 1;
  for (let i = at + 1; i < lines.length && header(lines[i] as string) === undefined; i++) {
    if (new RegExp(`^\\s*["']?${escaped(key)}["']?\\s*[=.]`).test(lines[i] as string)) return i + 1;
  }
  return Math.max(1, at + 1);
}

/** The one-based line on which a pattern first matches; 1 where it does nowhere. */
export function lineOfMatch(text: string, pattern: RegExp): number {
  return lineAt(text, Math.max(0, text.search(pattern)));
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The value where it is an object, else undefined. */
export function asTable(value: unknown): Table | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : undefined;
}

/** What the keys lead to in a table. */
export function dig(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((at, key) => asTable(at)?.[key], value);
}

/** The strings among the entries of a table. */
export function stringsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(asTable(value) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The strings of a list; a single string is a list of one. */
export function listOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
