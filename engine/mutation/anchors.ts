import { createHash } from 'node:crypto';
import type { Position, Range } from '../model/index.ts';
import { type Piece, pieces, type SyntaxTree } from '../syntax/index.ts';

/**
 * Mutants are tied to the text of the piece (function or statement) that they stand in, never to line numbers: wherever that text stands now, they stand.
 */

/** A piece as results remember it. Of pieces with the same name and text in one file, `ordinal` counts from 0. */
export interface PieceKey {
  name: string;
  kind: Piece['kind'];
  /** Of the piece's own text, without the pieces inside it. */
  hash: string;
  ordinal: number;
}

/** A piece in a text of today; its offsets count `\r\n` as one, so that they hold whatever line ends a text has. */
export interface AnchoredPiece extends PieceKey {
  piece: Piece;
}

/** The pieces of a text, and the way between places in the text and places in a piece's own text. */
export class Anchors {
  readonly all: AnchoredPiece[];
  readonly #lineStarts: number[];
  /** The first piece of each name and text, of each text, and of each name. */
  readonly #exact = new Map<string, AnchoredPiece>();
  readonly #byText = new Map<string, AnchoredPiece>();
  readonly #byName = new Map<string, AnchoredPiece[]>();

  constructor(tree: SyntaxTree) {
    const seen = new Map<string, number>();
    const text = tree.text.replaceAll('\r\n', '\n');
    const inFile = lineStarts(tree.text);
    this.#lineStarts = lineStarts(text);
    const toPlain = (offset: number) => {
      const line = lineAt(inFile, offset);
      return (this.#lineStarts[line] as number) + offset - (inFile[line] as number);
    };
    const found = pieces(tree.tree);
    this.all = (text === tree.text ? found : found.map((piece) => withOffsets(piece, toPlain))).map((piece) => {
      const hash = hashOf(piece.own.map(({ start, end }) => text.slice(start, end)));
      const key = `${piece.name}\0${hash}`;
      const ordinal = seen.get(key) ?? 0;
      seen.set(key, ordinal + 1);
      return { name: piece.name, kind: piece.kind, hash, ordinal, piece };
    });
    for (const one of this.all.toReversed()) {
      this.#exact.set(exactKey(one), one);
      this.#byText.set(textKey(one), one);
      this.#byName.set(nameKey(one), [one, ...(this.#byName.get(nameKey(one)) ?? [])]);
    }
  }

  /** The innermost piece that holds a range, and the range as offsets in the piece's own text. */
  anchor(range: Range): { at: AnchoredPiece; start: number; end: number } | undefined {
    const start = this.#offset(range.start);
    const end = this.#offset(range.end);
    const at = this.all.findLast(({ piece }) => piece.start <= start && end <= piece.end);
    return at && { at, start: toOwn(at.piece, start), end: toOwn(at.piece, end) };
  }

  /** Where offsets in a piece's own text stand in the whole text. */
  range(piece: Piece, start: number, end: number): Range {
    return { start: this.#position(fromOwn(piece, start, 'start')), end: this.#position(fromOwn(piece, end, 'end')) };
  }

  /** The piece of today for a remembered one: the same name and text, else the same text alone (it was renamed from outside). */
  find(key: PieceKey): AnchoredPiece | undefined {
    return this.#exact.get(exactKey(key)) ?? this.#byText.get(textKey(key));
  }

  /** The piece of today that has a remembered one's name, whatever its text has become; the first of several that is none of `except`. */
  findByName(key: PieceKey, except: ReadonlySet<AnchoredPiece> = new Set()): AnchoredPiece | undefined {
    return key.name === '' ? undefined : this.#byName.get(nameKey(key))?.find((one) => !except.has(one));
  }

  #offset(position: Position): number {
    return (this.#lineStarts[position.line] ?? Number.MAX_SAFE_INTEGER) + position.column;
  }

  #position(offset: number): Position {
    const line = lineAt(this.#lineStarts, offset);
    return { line, column: offset - (this.#lineStarts[line] as number) };
  }
}

/** The line that holds an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function withOffsets(piece: Piece, map: (offset: number) => number): Piece {
  return { ...piece, start: map(piece.start), end: map(piece.end), own: piece.own.map(({ start, end }) => ({ start: map(start), end: map(end) })) };
}

function exactKey({ name, hash, ordinal }: PieceKey): string {
  return `${name}\0${hash}\0${ordinal}`;
}

function textKey({ kind, hash, ordinal }: PieceKey): string {
  return `${kind}\0${hash}\0${ordinal}`;
}

function nameKey({ name, kind }: PieceKey): string {
  return `${kind}\0${name}`;
}

function toOwn(piece: Piece, offset: number): number {
  let before = 0;
  for (const { start, end } of piece.own) {
    if (offset <= end) return before + Math.max(0, offset - start);
    before += end - start;
  }
  return before;
}

/** A place between two stretches is both the end of the one and the beginning of the next: which is meant depends on the side. */
function fromOwn(piece: Piece, own: number, side: 'start' | 'end'): number {
  let before = 0;
  for (const { start, end } of piece.own) {
    const length = end - start;
    if (side === 'end' ? own <= before + length : own < before + length) return start + own - before;
    before += length;
  }
  return piece.end;
}

function hashOf(texts: string[]): string {
  const hash = createHash('sha1');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('base64url');
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
