import { Lines } from '../../model/index.ts';
import type { FileAudit } from '../model.ts';
import { isTold } from '../rules.ts';

/**
 * A text with what an audit says of it: behind the first line of each test its strength, and below each finding its rule, under the characters that it is
 * about: `^^^` where it is told, `~~~` where it is only hinted at. `comment` begins a comment of the language.
 */
export function marked(text: string, { tests, findings }: FileAudit, comment: string): string {
  const places = new Lines(text);
  const lines = text.split('\n');
  const below = new Map<number, string[]>();
  for (const finding of findings) {
    const { start, end, rule } = finding;
    const from = places.positionAt(start);
    const to = places.positionAt(end);
    const line = lines[from.line] ?? '';
    const last = to.line === from.line ? to.column : line.length;
    const indent = ' '.repeat(Math.max(0, from.column - comment.length));
    const width = Math.max(1, last - Math.max(from.column, comment.length));
    below.set(from.line, [...(below.get(from.line) ?? []), `${comment}${indent}${(isTold(finding) ? '^' : '~').repeat(width)} ${rule}`]);
  }
  const strengths = new Map<number, string>();
  for (const test of tests) {
    const { line } = places.positionAt(test.start);
    strengths.set(line, `${strengths.has(line) ? `${strengths.get(line)}, ` : ''}${test.state === 'skipped' ? 'not run' : test.strength}`);
  }
  return lines.flatMap((line, i) => [strengths.has(i) ? `${line} ${comment} ${strengths.get(i)}` : line, ...(below.get(i) ?? [])]).join('\n');
}

/** A text without its marks. */
export function unmarked(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^(?:\/\/|#)\s*[\^~]+ [\w-]+$/.test(line))
    .map((line) => line.replace(/ (?:\/\/|#) (?:\d+|not run)(?:, (?:\d+|not run))*$/, ''))
    .join('\n');
}
