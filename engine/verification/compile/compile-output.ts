import { existsSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type { Range } from '../../model/index.ts';
import { LONGEST_TEXT } from '../longest-text.ts';
import type { Problem } from '../model.ts';
import { type Lookup, Places, Whereabouts } from './places.ts';
import { Prefixes } from './prefixes.ts';
import { cargoLine } from './readers/cargo.ts';
import { READERS } from './readers/index.ts';
import type { Found, Reader } from './readers/reader.ts';

/** Asks the disk, and knows no members. */
const ON_DISK: Lookup = { exists: existsSync, members: [] };

/** Something found, with the directories that its path may be relative to. */
interface Heard {
  found: Found;
  directories: readonly string[];
}

/** Reads what a build writes, line by line as it comes: all tools at once, since a build may run any of them in any of its packages. */
export class CompileOutput {
  readonly #places: Places;
  readonly #prefixes: Prefixes;
  readonly #heard: Heard[] = [];
  /** Readers by stream and prefix, since messages of several lines may be mixed with those of others. */
  readonly #readers = new Map<string, Reader[]>();
  readonly #whereabouts = new Map<string, Whereabouts>();
  #directories: readonly string[] = [];

  /** `cwd` is where the build runs; `lookup` answers whether files exist and where the workspace's packages are. */
  constructor(cwd: string, lookup: Lookup = ON_DISK) {
    this.#places = new Places(cwd, lookup);
    this.#prefixes = new Prefixes(this.#places);
  }

  /** Hears a line, which is without its end, and answers with what the log shows for people; nothing where it is for machines alone. */
  push(stream: 'stdout' | 'stderr', line: string): string | undefined {
    const plain = lastShown(stripVTControlCharacters(line));
    const json = cargoLine(plain);
    if (json) {
      if (json.found) this.#heard.push({ found: json.found, directories: json.found.bases });
      return json.shown;
    }
    const { text, prefix, directory } = this.#prefixes.take(plain.slice(0, LONGEST_TEXT));
    const whereabouts = this.#whereabouts.get(prefix) ?? new Whereabouts(this.#places);
    this.#whereabouts.set(prefix, whereabouts);
    whereabouts.hear(text);
    this.#directories = directory === undefined ? whereabouts.now : [directory];
    for (const reader of this.#readersOf(`${stream} ${prefix}`)) reader.hear(text);
    return line;
  }

  /** What was found so far, each thing once however many tools and targets told it, in the order of the log. */
  problems(): Problem[] {
    const byText = new Map<string, Problem>();
    for (const { found, directories } of this.#heard) {
      const problem = this.#problem(found, directories);
      const { file, range, severity, message } = problem;
      const key = [file ?? '', range?.start.line ?? '', range?.start.column ?? '', severity, message].join('\n');
      if (!byText.has(key)) byText.set(key, problem);
    }
    return [...byText.values()];
  }

  #readersOf(key: string): Reader[] {
    const known = this.#readers.get(key);
    if (known) return known;
    const made = READERS.map((of) => of((found) => this.#heard.push({ found, directories: this.#directories })));
    this.#readers.set(key, made);
    return made;
  }

  #problem({ path, line, column, end, ...found }: Found, directories: readonly string[]): Problem {
    if (path === undefined) return found;
    const file = this.#places.resolve(path, directories);
    // A link to a file that is not there would be wrong, so that its name goes into the message.
    if (file === undefined) return { ...found, message: `${path}${line === undefined ? '' : `:${line + 1}`}: ${found.message}` };
    return line === undefined ? { ...found, file } : { ...found, file, range: rangeOf(line, column, end) };
  }
}

/** What a terminal shows of a line in the end: a carriage return goes back to its beginning. */
function lastShown(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end -= 1;
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
}

function rangeOf(line: number, column: number | undefined, end: Found['end']): Range {
  if (column === undefined) return { start: { line, column: 0 }, end: end ?? { line, column: Number.MAX_SAFE_INTEGER } };
  return { start: { line, column }, end: end ?? { line, column } };
}
