import { stat } from 'node:fs/promises';
import { readText } from '../workspace/index.ts';
import type { Proof, QuotedLine } from './model.ts';

/** Beyond this a file is no source that people read, bytes. */
const LARGEST = 4e6;

/** What a line needs so that it can be told from others without its neighbours: `}` stands everywhere. */
const TELLING = /\w/;

/** Finds lines that were quoted in a text of now. */
export class TextOfNow {
  readonly #lines: readonly string[];
  readonly #places = new Map<string, number[]>();

  constructor(text: string) {
    this.#lines = linesOf(text);
    this.#lines.forEach((line, at) => {
      const known = this.#places.get(line);
      if (known) known.push(at);
      else this.#places.set(line, [at]);
    });
  }

  /** Where a line that was at `line` (zero-based) stands now: where most of its neighbours are the same, and of those places the nearest; undefined where it is gone. */
  find(quote: QuotedLine, line: number): number | undefined {
    let best: { at: number; alike: number; distance: number } | undefined;
    for (const at of this.#places.get(quote.text) ?? []) {
      const alike = Number(this.#lines[at - 1] === quote.before) + Number(this.#lines[at + 1] === quote.after);
      const distance = Math.abs(at - line);
      if (!best || alike > best.alike || (alike === best.alike && distance < best.distance)) best = { at, alike, distance };
    }
    return best && (best.alike > 0 || TELLING.test(quote.text)) ? best.at : undefined;
  }
}

/** The lines that a proof speaks of, by file (absolute path) and line, as they are on the disk. Files that were written after it began may say something else than what was proved, and are left out. */
export async function quoteLines(proof: Pick<Proof, 'at' | 'problems' | 'tests'>): Promise<Proof['lines']> {
  const wanted = new Map<string, Set<number>>();
  for (const { file, line } of placesOf(proof)) wanted.set(file, (wanted.get(file) ?? new Set()).add(line));
  const quoted: Record<string, Record<number, QuotedLine>> = {};
  for (const [file, lines] of wanted) {
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile() || found.size > LARGEST || found.mtimeMs > proof.at) continue;
    const text = linesOf((await readText(file)) ?? '');
    const quotes: Record<number, QuotedLine> = {};
    for (const line of lines) {
      const [before, own, after] = [text[line - 1], text[line], text[line + 1]];
      if (own !== undefined) quotes[line] = { text: own, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    }
    quoted[file] = quotes;
  }
  return quoted;
}

function* placesOf({ problems, tests }: Pick<Proof, 'problems' | 'tests'>): Generator<{ file: string; line: number }> {
  for (const { file, range } of problems) if (file && range) yield { file, line: range.start.line };
  for (const { file, position } of tests?.broken ?? []) if (file && position) yield { file, line: position.line };
  for (const { state, file, position, failure } of tests?.tests ?? []) {
    if (state !== 'failed') continue;
    if (file && position) yield { file, line: position.line };
    if (failure?.file && failure.position) yield { file: failure.file, line: failure.position.line };
  }
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}
