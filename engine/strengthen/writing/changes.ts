import type { Range } from '../../model/index.ts';

/** A stretch of a text, as offsets, and what stands there instead: an insertion where the stretch is empty. */
export interface TextChange {
  start: number;
  end: number;
  text: string;
}

/** A change of a text, with the lines and columns of what it takes the place of. */
export interface PlacedChange extends TextChange {
  range: Range;
}

/** A text with changes at its own offsets. They are in order and do not overlap. */
export function changed(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const change of changes) {
    result += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return result + text.slice(at);
}

/** By how many characters changes make a text longer. */
export function grownBy(changes: readonly TextChange[]): number {
  return changes.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
}

/** Changes in the order of their places; those at the same place stay as they came. */
export function inOrder<T extends Pick<TextChange, 'start'>>(changes: readonly T[]): T[] {
  return [...changes].sort((a, b) => a.start - b.start);
}

/** Where each of some changes, in order, stands in the changed text. */
export function stretchesOf(changes: readonly TextChange[]): { start: number; end: number }[] {
  let shift = 0;
  return changes.map(({ start, end, text }) => {
    const stretch = { start: start + shift, end: start + shift + text.length };
    shift += grownBy([{ start, end, text }]);
    return stretch;
  });
}

/** The lines and columns of a stretch. */
export function rangeOf(text: string, { start, end }: Pick<TextChange, 'start' | 'end'>): Range {
  return { start: positionAt(text, start), end: positionAt(text, end) };
}

function positionAt(text: string, offset: number): Range['start'] {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, column: offset - (before.lastIndexOf('\n') + 1) };
}
