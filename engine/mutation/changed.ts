import type { Range } from '../model/index.ts';
import type { SyntaxTree } from '../syntax/index.ts';
import { Anchors } from './anchors.ts';

/** The texts of a file's functions and statements, to say later which are others. */
export type PieceTexts = ReadonlySet<string>;

/** What a text's pieces say now. */
export function pieceTexts(tree: SyntaxTree): PieceTexts {
  return new Set(new Anchors(tree).all.map(keyOf));
}

/** Where pieces stand that a text did not have before. */
export function changedRanges(tree: SyntaxTree, before: PieceTexts): Range[] {
  return new Anchors(tree).all.filter((piece) => !before.has(keyOf(piece))).map(({ piece }) => piece.range);
}

function keyOf({ name, hash, ordinal }: { name: string; hash: string; ordinal: number }): string {
  return `${name}\0${hash}\0${ordinal}`;
}
