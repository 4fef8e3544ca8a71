import { isSecretName } from '../process/index.ts';

/** What stands in the place of a secret. */
export const REDACTED = '•••';

/** Shorter values are words of everyday logs. */
const SHORTEST_VALUE = 6;

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
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)[^\s/@]+(?=@)/gi,
  /(\b(?:authorization|proxy-authorization)["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  /(\b[\w.-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)["']?\s*[:=]\s*["']?)(?!["'\s])[^\s"',;]{6,}/gi,
];
const KEY_BEGINS = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const KEY_ENDS = /-----END [A-Z ]*PRIVATE KEY-----/;

/** Takes secrets out of what a command says, line by line: what has the look of one, and the values of variables that have the name of one. */
export class Redactor {
  readonly #values: string[];
  #inKey = false;

  /** @param env the variables that the command could know: its own, and those of the process that started it */
  constructor(...env: readonly NodeJS.ProcessEnv[]) {
    const values = env.flatMap((one) => Object.entries(one)).flatMap(([name, value]) => (value && isSecretName(name) ? [value] : []));
    this.#values = [...new Set(values)].filter((value) => value.length >= SHORTEST_VALUE).sort((a, b) => b.length - a.length);
  }

  /** The line without its secrets. */
  line(text: string): string {
    if (this.#inKey) {
      this.#inKey = !KEY_ENDS.test(text);
      return REDACTED;
    }
    if (KEY_BEGINS.test(text)) {
      this.#inKey = !KEY_ENDS.test(text);
      return text.replace(/-----BEGIN.*/, REDACTED);
    }
    return this.text(text);
  }

  /** A text of any number of lines without secrets that do not go over lines. */
  text(text: string): string {
    let clean = text;
    for (const value of this.#values) clean = clean.replaceAll(value, REDACTED);
    for (const pattern of PATTERNS) clean = clean.replace(pattern, (_, kept) => `${typeof kept === 'string' ? kept : ''}${REDACTED}`);
    return clean;
  }
}
