import type { Range } from '../../engine/model/index.ts';
import type { MutantView } from '../../server/protocol.ts';

/** A piece of a line, and whether it is what the mutant changed. */
export interface DiffPart {
  text: string;
  changed: boolean;
}

/** A line of a diff; `number` is one-based and known where the range still fits the text. */
export type DiffLine = { kind: 'removed' | 'added'; number?: number; parts: DiffPart[] } | { kind: 'folded'; count: number };

/** What a mutant did to the lines that it stands in, without their common indentation; long stretches are folded to both ends. */
export function diffOf(lines: readonly string[], mutant: Pick<MutantView, 'range' | 'original' | 'replacement'>): DiffLine[] {
  const { range } = mutant;
  const [original, replacement] = [mutant.original, mutant.replacement].map(withUnixLineEnds) as [string, string];
  const fits = textIn(lines, range) === original;
  const head = fits ? (lines[range.start.line] ?? '').slice(0, range.start.column) : '';
  const tail = fits ? (lines[range.end.line] ?? '').slice(range.end.column) : '';
  const { start, end } = narrow(original, replacement);
  const before = marked(head + original + tail, head.length + start, head.length + original.length - end);
  const after = marked(head + replacement + tail, head.length + start, head.length + replacement.length - end);
  const removed = before.map((parts, index): DiffLine => ({ kind: 'removed', ...(fits ? { number: range.start.line + index + 1 } : {}), parts }));
  const added = after.map((parts): DiffLine => ({ kind: 'added', parts }));
  const common = commonEnds(before, after);
  const shown = [removed, added].map((side) => side.slice(common.leading, side.length - common.trailing));
  return dedent(shown.flatMap(fold));
}

/** A change in one short line. */
export interface Excerpt {
  /** What stands before and behind the change, as far as it fits. */
  head: string;
  tail: string;
  removed: string;
  added: string;
}

/** A mutant's change in one short line: what both sides share is told once. */
export function excerptOf(mutant: Pick<MutantView, 'original' | 'replacement'>): Excerpt {
  const { original, replacement } = mutant;
  const { start, end } = narrow(original, replacement);
  const head = original.slice(0, start).replace(/\s+/g, ' ').trimStart();
  const tail = original
    .slice(original.length - end)
    .replace(/\s+/g, ' ')
    .trimEnd();
  return {
    head: head.length > EXCERPT_SIDE ? `…${head.slice(1 - EXCERPT_SIDE)}` : head,
    tail: tail.length > EXCERPT_SIDE ? `${tail.slice(0, EXCERPT_SIDE - 1)}…` : tail,
    removed: shorten(original.slice(start, original.length - end)),
    added: shorten(replacement.slice(start, replacement.length - end)),
  };
}

const MOST_LINES = 8;
const LINES_AT_END = 3;
const EXCERPT_LENGTH = 60;
const EXCERPT_SIDE = 30;

/** Strings, words, operators, escapes of regular expressions, white space, and each other character by itself. */
const TOKENS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|[\w$]+|\s+|\\.|[=!<>]=?=?|&&=?|\|\|=?|\?\?=?|\?\.|\+\+|--|[-+*/%]=?|\.{3}|./gs;

function withUnixLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function textIn(lines: readonly string[], { start, end }: Range): string {
  if (start.line === end.line) return (lines[start.line] ?? '').slice(start.column, end.column);
  const first = (lines[start.line] ?? '').slice(start.column);
  const last = (lines[end.line] ?? '').slice(0, end.column);
  return [first, ...lines.slice(start.line + 1, end.line), last].join('\n');
}

/** How many characters both texts share at their start and at their end, by whole tokens. */
function narrow(original: string, replacement: string): { start: number; end: number } {
  const one = original.match(TOKENS) ?? [];
  const other = replacement.match(TOKENS) ?? [];
  const shortest = Math.min(one.length, other.length);
  let leading = 0;
  while (leading < shortest && one[leading] === other[leading]) leading++;
  let trailing = 0;
  while (trailing < shortest - leading && one.at(-1 - trailing) === other.at(-1 - trailing)) trailing++;
  // An emptied block shares its braces with the block: it is the block that changed, not what stood between them.
  if (leading + trailing === other.length && original.includes('\n')) return { start: 0, end: 0 };
  return { start: one.slice(0, leading).join('').length, end: one.slice(one.length - trailing).join('').length };
}

function marked(text: string, from: number, to: number): DiffPart[][] {
  let offset = 0;
  return text.split('\n').map((line) => {
    const start = clamp(from - offset, line.length);
    const end = clamp(to - offset, line.length);
    offset += line.length + 1;
    const parts = [
      { text: line.slice(0, start), changed: false },
      { text: line.slice(start, end), changed: true },
      { text: line.slice(end), changed: false },
    ];
    return parts.filter((part) => part.text !== '');
  });
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}

function commonEnds(before: DiffPart[][], after: DiffPart[][]): { leading: number; trailing: number } {
  const same = (one: DiffPart[] | undefined, other: DiffPart[] | undefined) => textOf(one) === textOf(other);
  const most = Math.min(before.length, after.length) - 1;
  let leading = 0;
  while (leading < most && same(before[leading], after[leading])) leading++;
  let trailing = 0;
  while (trailing < most - leading && same(before.at(-1 - trailing), after.at(-1 - trailing))) trailing++;
  return { leading, trailing };
}

function textOf(parts: DiffPart[] | undefined): string {
  return (parts ?? []).map((part) => part.text).join('');
}

function fold(side: DiffLine[]): DiffLine[] {
  if (side.length <= MOST_LINES) return side;
  return [...side.slice(0, LINES_AT_END), { kind: 'folded', count: side.length - 2 * LINES_AT_END }, ...side.slice(-LINES_AT_END)];
}

function dedent(diff: DiffLine[]): DiffLine[] {
  const texts = diff.flatMap((line) => (line.kind === 'folded' ? [] : [textOf(line.parts)])).filter((text) => text.trim() !== '');
  const indentation = commonPrefix(texts.map((text) => /^\s*/.exec(text)?.[0] ?? ''));
  return diff.map((line) => (line.kind === 'folded' ? line : { ...line, parts: withoutStart(line.parts, indentation.length) }));
}

function commonPrefix(texts: string[]): string {
  let prefix = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

function withoutStart(parts: DiffPart[], length: number): DiffPart[] {
  const [first, ...rest] = parts;
  return first === undefined ? [] : [{ ...first, text: first.text.slice(length) }, ...rest].filter((part) => part.text !== '');
}

function shorten(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const ends = lines.length > 2 ? `${lines[0]} … ${lines.at(-1)}` : lines.join(' ');
  return ends.length > EXCERPT_LENGTH ? `${ends.slice(0, EXCERPT_LENGTH - 1)}…` : ends;
}
