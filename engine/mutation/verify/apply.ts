import type { Mutant } from '../model.ts';

/** The text with the mutant written into it; undefined where the text at its place is not the one that was mutated. */
export function applyMutant(text: string, { range, original, replacement }: Pick<Mutant, 'range' | 'original' | 'replacement'>): string | undefined {
  const lines = lineStarts(text);
  const start = (lines[range.start.line] ?? text.length) + range.start.column;
  const end = (lines[range.end.line] ?? text.length) + range.end.column;
  if (text.slice(start, end).replace(/\r\n?/g, '\n') !== original) return undefined;
  return text.slice(0, start) + replacement + text.slice(end);
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ index, 0: end }) => index + end.length)];
}
