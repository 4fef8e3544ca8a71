import type { MissingName, Stretch } from './messages.ts';

/** A tool of the project's own, for one file. */
export interface Tool {
  readonly name: string;
  /** The text with a stretch of it as the tool would have it. */
  tidy?(text: string, stretch: Stretch): Promise<string>;
  /** What it has against a text, each with the offset that is meant. */
  check?(text: string): Promise<Complaint[]>;
  /** Stretches of a text as they would have to be written for it to have nothing against them; undefined for those of which that is not known. */
  mend?(text: string, stretches: readonly Stretch[]): Promise<(Mended | undefined)[]>;
}

/** A stretch written in another way, and what the file has to import for it. */
export interface Mended {
  text: string;
  names: MissingName[];
}

/** What a tool has against a text. */
export interface Complaint {
  offset: number;
  message: string;
}

/** Finds a tool for a file; undefined where the project does not use it, or not on this file. `text` is the file as it is, `project` what its package requires with. */
export type FindTool = (file: string, text: string, project: NodeJS.Require) => Promise<Tool | undefined>;

/** A package of the project; undefined where it has none of that name, or it cannot be loaded. */
export function load(project: NodeJS.Require, name: string): unknown {
  try {
    return project(name);
  } catch {
    return undefined;
  }
}

/** What a formatter has against a text that it would write in another way: where that begins. */
export function notFormatted(text: string, formatted: string): Complaint[] {
  if (formatted === text) return [];
  let offset = 0;
  while (offset < text.length && text[offset] === formatted[offset]) offset++;
  return [{ offset, message: 'It is not formatted.' }];
}

/** The offset of a one-based line and column. */
export function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return start + column - 1;
}
