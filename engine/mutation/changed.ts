import type { Range } from '../model/index.ts';
import type { SyntaxTree } from '../syntax/index.ts';
import { Anchors } from './anchors.ts';

/** The texts of a file's functions and statements, to say later which are others. */
export type PieceTexts = ReadonlySet<string>;

/** What a text's pieces say now, and where those stand that it did not have before. */
export function changedPieces(tree: SyntaxTree, before: PieceTexts = new Set()): { texts: PieceTexts; changed: Range[] } {
  const pieces = new Anchors(tree).all.map((one) => ({ key: keyOf(one), range: one.piece.range }));
  return { texts: new Set(pieces.map(({ key }) => key)), changed: pieces.filter(({ key }) => !before.has(key)).map(({ range }) => range) };
}

function keyOf({ name, hash, ordinal }: { name: string; hash: string; ordinal: number }): string {
  return `${name}\0${hash}\0${ordinal}`;
}
