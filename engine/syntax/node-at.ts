import type { Bare } from './bare.ts';

/** The outermost expression that stands in a place, by offsets; undefined where none begins and ends there. */
export function nodeAt(root: Bare, { start, end }: { start: number; end: number }): Bare | undefined {
  let at: Bare | undefined = root;
  while (at && !(at.start === start && at.end === end && at.type !== 'expression_statement' && at.type !== 'program')) {
    at = at.children.find((child) => child.start <= start && end <= child.end);
  }
  return at;
}
