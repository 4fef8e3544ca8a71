import type { Check, Suggestion } from '../../model.ts';
import { type Chain, stringOf } from '../chain.ts';
import type { Script } from '../script.ts';
import { expectOf } from './expect-of.ts';

/** Modules whose `expect` takes a part of the message for `toThrow`. */
const MODULES = /^(vitest|@jest\/globals|bun:test|expect|@playwright\/test|chai)$/;
/** Modules of Node whose `throws` takes an object with a message. */
const ASSERT = /^(?:node:)?assert(?:\/strict)?$/;

/** What stands for the message that nobody has seen yet. */
const BLANK = 'message';
/** Longer messages are no good to read in a test, in UTF-16 units. */
const LONGEST = 120;
/** What may be another thing the next time or on another machine, or is nobody else's to know: paths, numbers of digits or durations, identifiers, keys, addresses. */
const ELSEWHERE = /[\\/][\w.-]+[\\/]|\d{4,}|\d\s?m?s\b|\b(?=[\w-]*\d)[\w-]{20,}|\b(?=[a-f]*\d)[a-f\d]{8,}\b|\w@\w|:\d+:\d+|\p{Cc}/iu;

/**
 * The message of the error, for an assertion that any error satisfies: the one that its code was seen to throw when the test ran, else a blank for a person to
 * fill in.
 */
export function nameError(check: Check, { root, links }: Chain, script: Script, seen: string | undefined): Suggestion | undefined {
  if (check.fact !== 'any-error' || check.flaw) return undefined;
  const message = seen !== undefined && isLasting(seen) ? seen : undefined;
  const text = quoted(message ?? BLANK, script);
  const title = message === undefined ? 'Say which error: its message' : `Say which error: ${text}`;
  const suggestion = (start: number, end: number, text: string, needsJest: boolean): Suggestion => ({
    at: check,
    rule: 'broad-throws',
    needsJest,
    fix: { title, edits: [{ start, end, text }], ...(message === undefined && { blank: BLANK }) },
  });
  const link = links.find(({ name }) => /^(toThrow|toThrowError|throws?|Throw)$/.test(name ?? ''));
  const args = link?.args && link.node.get('arguments');
  const [first] = links;
  if (first?.name === undefined && first?.args && link && args) {
    const module = expectOf(root, script);
    if (link.args?.length !== 0 || (module !== 'global' && !MODULES.test(module))) return undefined;
    // What is written with words is Chai's own.
    return suggestion(args.start, args.end, `(${text})`, module === 'global' && (link.name ?? '').startsWith('to'));
  }
  const [only] = links;
  const [subject, ...others] = only?.args ?? [];
  const isNode = ASSERT.test(script.imports.get(root.text)?.module ?? '') && /^(throws|rejects)$/.test(only?.name ?? '');
  if (!isNode || !subject || others.length > 0 || links.length !== 1) return undefined;
  return suggestion(subject.end, subject.end, `, { message: ${text} }`, false);
}

function isLasting(message: string): boolean {
  return message !== '' && message.length <= LONGEST && !ELSEWHERE.test(message);
}

/** A string literal, with the quotes that the file has. */
function quoted(text: string, { root }: Script): string {
  const first = root.filter((node) => node.type === 'string').find((node) => stringOf(node) !== '');
  const quote = first?.text[0] === '"' ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}
