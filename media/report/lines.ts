import type { Position, Range } from '../../engine/model/index.ts';
import type { FileDetail, MutantView } from '../../server/protocol.ts';

/** A stretch of lines, zero-based; `to` is exclusive. */
export interface LineSpan {
  from: number;
  to: number;
}

/** A piece of the source: a line by itself, lines without anything to say of them, or lines that are folded away. */
export interface Block extends LineSpan {
  kind: 'line' | 'plain' | 'gap';
}

/** What decides which lines are drawn and how. */
export interface Layout {
  lineCount: number;
  /** Lines whose surroundings are drawn. */
  centres: Iterable<number>;
  /** Lines that are drawn by themselves wherever they are drawn. */
  single: ReadonlySet<number>;
  unfolded: readonly LineSpan[];
  wholeFile: boolean;
}

/** Blocks that are drawn, and left out while out of sight, together. */
export interface Chunk {
  /** The same for the same lines whatever the filters say. */
  key: number;
  blocks: Block[];
}

/** The lines of a file's text. */
export function linesOf(detail: FileDetail): readonly string[] {
  const known = splits.get(detail);
  if (known !== undefined) return known;
  const lines = detail.text.split(/\r\n|\r|\n/);
  splits.set(detail, lines);
  return lines;
}

/** Mutants by the line that they start in, in the order of the source. One that lies beyond the text stands in its last line. */
export function mutantsByLine(mutants: readonly MutantView[], lineCount: number): Map<number, MutantView[]> {
  const byLine = new Map<number, MutantView[]>();
  for (const mutant of mutants.toSorted(inOrder)) {
    const line = Math.min(mutant.range.start.line, lineCount - 1);
    const group = byLine.get(line);
    if (group === undefined) byLine.set(line, [mutant]);
    else group.push(mutant);
  }
  return byLine;
}

/** The source cut into blocks, from its first line to its last. */
export function blocksOf(layout: Layout): Block[] {
  const shown = layout.wholeFile ? new Uint8Array(layout.lineCount).fill(1) : shownLines(layout);
  const blocks: Block[] = [];
  for (let line = 0; line < layout.lineCount; line++) {
    const kind = shown[line] === 0 ? 'gap' : layout.single.has(line) ? 'line' : 'plain';
    const last = blocks.at(-1);
    const joins = last?.kind === kind && (kind === 'gap' || (kind === 'plain' && line % CHUNK_LINES !== 0));
    if (joins) last.to = line + 1;
    else blocks.push({ kind, from: line, to: line + 1 });
  }
  return blocks;
}

/** Key of the chunk that a line belongs to. */
export function chunkOf(line: number): number {
  return Math.floor(line / CHUNK_LINES);
}

/** Blocks in chunks of equally many lines of the source. */
export function chunksOf(blocks: readonly Block[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (const block of blocks) {
    const key = chunkOf(block.from);
    const last = chunks.at(-1);
    if (last?.key === key) last.blocks.push(block);
    else chunks.push({ key, blocks: [block] });
  }
  return chunks;
}

/** A line cut where a range begins and ends in it. */
export function cut(text: string, line: number, range: Range | undefined): [before: string, inside: string, after: string] {
  if (range === undefined || line < range.start.line || line > range.end.line) return [text, '', ''];
  const indentation = text.length - text.trimStart().length;
  const start = line === range.start.line ? range.start.column : indentation;
  const end = line === range.end.line ? range.end.column : text.length;
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
}

const CONTEXT = 3;
const CHUNK_LINES = 100;
/** A gap of fewer lines takes more room than its lines do. */
const SMALLEST_GAP = 3;

const splits = new WeakMap<FileDetail, readonly string[]>();

function inOrder(one: MutantView, other: MutantView): number {
  const order = (a: Position, b: Position) => a.line - b.line || a.column - b.column;
  return order(one.range.start, other.range.start) || order(one.range.end, other.range.end);
}

function shownLines({ lineCount, centres, unfolded }: Layout): Uint8Array {
  const shown = new Uint8Array(lineCount);
  for (const line of centres) shown.fill(1, Math.max(0, line - CONTEXT), line + CONTEXT + 1);
  for (const span of unfolded) shown.fill(1, span.from, span.to);
  let gap = 0;
  for (let line = 0; line <= lineCount; line++) {
    if (shown[line] === 0) gap++;
    else {
      if (gap < SMALLEST_GAP) shown.fill(1, line - gap, line);
      gap = 0;
    }
  }
  return shown;
}
