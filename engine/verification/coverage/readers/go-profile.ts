import { containsRange, type Range } from '../../../model/index.ts';
import { countRun } from '../counting.ts';
import type { DeclaredFunction } from '../functions.ts';
import type { CoveredFile } from '../model.ts';

/** A run of statements without a branch in it, as `go test -coverprofile` tells it; columns are bytes here, from 0. */
export interface GoBlock {
  range: Range;
  statements: number;
  count: number;
}

const BLOCK = /^(.+):(\d+)\.(\d+),(\d+)\.(\d+) (\d+) (\d+)$/;

/** The blocks of profiles by the names of their files, which begin with their package. */
export function readGoProfile(text: string): Map<string, GoBlock[]> {
  const files = new Map<string, GoBlock[]>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, ...numbers] = BLOCK.exec(line) ?? [];
    if (name === undefined) continue;
    const [startLine = 0, startColumn = 0, endLine = 0, endColumn = 0, statements = 0, count = 0] = numbers.map(Number);
    const blocks = files.get(name) ?? [];
    files.set(name, blocks);
    const range = { start: { line: startLine - 1, column: startColumn - 1 }, end: { line: endLine - 1, column: endColumn - 1 } };
    blocks.push({ range, statements, count });
  }
  return new Map([...files].map(([name, blocks]) => [name, mergeBlocks(blocks)]));
}

/** Blocks of one file; one that several tell of, be it in other profiles, ran as often as in all of them together. */
export function mergeBlocks(blocks: readonly GoBlock[]): GoBlock[] {
  const merged = new Map<string, GoBlock>();
  for (const block of blocks) {
    const { start, end } = block.range;
    const key = [start.line, start.column, end.line, end.column].join(':');
    merged.set(key, { ...block, count: block.count + (merged.get(key)?.count ?? 0) });
  }
  return [...merged.values()];
}

/**
 * A file with its blocks as statements. Go counts statements, of which a block may hold several, and has no branches; a line ran where a block on it did, and a
 * function where one in it did.
 */
export function goFile(file: string, blocks: readonly GoBlock[], text: string, functions: readonly DeclaredFunction[]): CoveredFile {
  const lines = text.split('\n');
  const statements = blocks.map(({ range, count }) => ({ range: inCharacters(range, lines), count }));
  const declared = functions.flatMap(({ name, at, body }) => {
    const inside = blocks.filter(({ range }) => containsRange(body, range));
    return inside.length > 0 ? [{ name, range: at, count: Math.max(...inside.map(({ count }) => count)) }] : [];
  });
  const sum = (some: readonly GoBlock[]) => some.reduce((all, one) => all + one.statements, 0);
  const counts = {
    lines: countRun(linesOf(statements, lines)),
    statements: { covered: sum(blocks.filter(({ count }) => count > 0)), total: sum(blocks) },
    branches: null,
    functions: countRun(declared),
  };
  return { file, counts, statements, branches: [], functions: declared };
}

/** The lines that blocks lie on; one that has only the brace that ends a block is none of it. */
function linesOf(statements: CoveredFile['statements'], lines: readonly string[]): { count: number }[] {
  const found = new Map<number, number>();
  for (const { range, count } of statements) {
    for (let line = range.start.line; line <= range.end.line; line++) {
      const from = line === range.start.line ? range.start.column : 0;
      const to = line === range.end.line ? range.end.column : undefined;
      const own = (lines[line] ?? '').slice(from, to).trim();
      if (own !== '' && !/^[{}]+$|^\/\//.test(own)) found.set(line, Math.max(count, found.get(line) ?? 0));
    }
  }
  return [...found.values()].map((count) => ({ count }));
}

function inCharacters({ start, end }: Range, lines: readonly string[]): Range {
  const column = (line: number, bytes: number) => {
    const text = lines[line] ?? '';
    return /^[\0-\x7f]*$/.test(text) ? bytes : Buffer.from(text).subarray(0, bytes).toString().length;
  };
  return { start: { line: start.line, column: column(start.line, start.column) }, end: { line: end.line, column: column(end.line, end.column) } };
}
