import { isSecretName } from '../process/index.ts';

/** What stands in the place of a secret. */
export const REDACTED = '•••';

/** Shorter values are words of everyday logs. */
const SHORTEST_VALUE = 6;
/** Longer texts do not come twice, UTF-16 units. */
const LONGEST_KNOWN = 300;

/**
 * Secrets by their look, in the spelling of those who issue them; a capture that stays is group 1.
 * https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns has most of these prefixes.
 */
const PATTERNS: readonly RegExp[] = [
  /\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36,}\b/g,
  /\bgithub_pat_[A-Za-z0-9_]{50,}\b/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /\bpypi-[A-Za-z0-9_-]{50,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}\b/g,
  /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,200}:)[^\s/@]+(?=@)/gi,
  /(\b(?:authorization|proxy-authorization)["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  /((?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)["']?\s*[:=]\s*["']?)(?!["'\s])[^\s"',;]{6,}/gi,
];
const KEY_BEGINS = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** To its end, or to that of what there is. */
const WHOLE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----|[\w+/=\s]*$|.*)/g;
const KEY_ENDS = /-----END [A-Z ]*PRIVATE KEY-----/;
/** One word (base64), a header, or nothing: whatever else comes, the key was cut off before. */
const KEY_LINE = /^\W*[\w+/=]*\W*$|^[\w-]+: /;
/** How many lines a key has at most: 16,384 bits of RSA have 205 in PEM. */
const KEY_LINES = 250;

/** Takes secrets out of what a command says, line by line: what has the look of one, and the values of variables that have the name of one. */
export class Redactor {
  readonly #values: string[];
  /** How many lines of a private key there may be still. */
  #keyLines = 0;

  /** @param env the variables that the command could know: its own, and those of the process that started it */
  constructor(...env: readonly NodeJS.ProcessEnv[]) {
    const values = env.flatMap((one) => Object.entries(one)).flatMap(([name, value]) => (value && isSecretName(name) ? value.split(/\r?\n/) : []));
    this.#values = [...new Set(values)].filter((value) => value.length >= SHORTEST_VALUE).sort((a, b) => b.length - a.length);
  }

  /** The line without its secrets. */
  line(text: string): string {
    if (this.#keyLines > 0 && (KEY_ENDS.test(text) || KEY_LINE.test(text))) {
      this.#keyLines = KEY_ENDS.test(text) ? 0 : this.#keyLines - 1;
      return REDACTED;
    }
    this.#keyLines = KEY_BEGINS.test(text) && !KEY_ENDS.test(text) ? KEY_LINES : 0;
    return this.text(text);
  }

  /** The same with secrets taken out of every text in it; the names of properties stay. */
  deep<T>(value: T): T {
    // Thousands of tests have few files and suites.
    const known = new Map<string, string>();
    const text = (one: string) => {
      const clean = known.get(one) ?? this.text(one);
      if (one.length <= LONGEST_KNOWN) known.set(one, clean);
      return clean;
    };
    const inside = (one: unknown): unknown => {
      if (typeof one === 'string') return text(one);
      if (Array.isArray(one)) return one.map(inside);
      if (typeof one !== 'object' || one === null) return one;
      return Object.fromEntries(Object.entries(one).map(([name, part]) => [name, inside(part)]));
    };
    return inside(value) as T;
  }

  /** A text of any number of lines. */
  text(text: string): string {
    if (text.length < SHORTEST_VALUE) return text;
    let clean = text.replace(WHOLE_KEY, REDACTED);
    for (const value of this.#values) clean = clean.replaceAll(value, REDACTED);
    for (const pattern of PATTERNS) clean = clean.replace(pattern, (_, kept) => `${typeof kept === 'string' ? kept : ''}${REDACTED}`);
    return clean;
  }
}
