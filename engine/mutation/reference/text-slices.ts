import { readFileSync } from 'node:fs';
import type { Range } from '../../model/index.ts';

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

  /** What stands in front of `range` and behind it, each with the lines next to it where its own line holds nothing else. */
  around(file: string, { start, end }: Range): [before: string, after: string] {
    const lines = this.#linesOf(file);
    return [
      `${lines[start.line - 1] ?? ''}\n${(lines[start.line] ?? '').slice(0, start.column)}`,
      `${(lines[end.line] ?? '').slice(end.column)}\n${lines[end.line + 1] ?? ''}`,
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
