import { readFileSync } from 'node:fs';
import type { Range } from '../model/index.ts';

/** How many lines on each side of a stretch are its surroundings: more than comments between two operators have. */
const NEAR = 20;

/** Reads stretches of files by line and column; each file is read once, and texts of unsaved documents come first. */
export class TextSlices {
  readonly #lines = new Map<string, string[]>();
  readonly #overlays: ReadonlyMap<string, string>;

  constructor(overlays: ReadonlyMap<string, string>) {
    this.#overlays = overlays;
  }

  /** The text that stands in `range` of `file` (absolute path); line ends come back as `\n`. */
  slice(file: string, { start, end }: Range): string {
    const lines = this.#linesOf(file);
    if (start.line === end.line) return (lines[start.line] ?? '').slice(start.column, end.column);
    return [
      (lines[start.line] ?? '').slice(start.column),
      ...lines.slice(start.line + 1, end.line),
      (lines[end.line] ?? '').slice(0, end.column),
    ].join('\n');
  }

  /** What stands in front of `range` and behind it, with as many lines of each side as hold what decides how a replacement is written. */
  around(file: string, { start, end }: Range): [before: string, after: string] {
    const lines = this.#linesOf(file);
    return [
      [...lines.slice(Math.max(0, start.line - NEAR), start.line), (lines[start.line] ?? '').slice(0, start.column)].join('\n'),
      [(lines[end.line] ?? '').slice(end.column), ...lines.slice(end.line + 1, end.line + 1 + NEAR)].join('\n'),
    ];
  }

  #linesOf(file: string): string[] {
    let lines = this.#lines.get(file);
    if (!lines) {
      lines = (this.#overlays.get(file) ?? readFileSync(file, 'utf8')).split(/\r\n|\n|\r/);
      this.#lines.set(file, lines);
    }
    return lines;
  }
}
