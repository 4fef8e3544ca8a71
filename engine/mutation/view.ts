import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { Anchors } from './anchors.ts';
import type { ResultBook } from './book.ts';
import { withRemovedFunctions } from './removed.ts';
import { type ResolvedPiece, resolvePieces } from './resolve.ts';
import type { Sifter } from './selection/index.ts';

/** A file of a book with the text that its results were placed in. */
export interface FileView {
  /** Relative to the package. */
  path: string;
  text: string;
  pieces: ResolvedPiece[];
  /** Some mutants were not compared with each other for lack of time: asked again, it goes on. */
  pending: boolean;
}

/**
 * The results of a file (relative to the package), placed in the text that it has on the disk; undefined where it is gone or nothing is known of it.
 *
 * @param deadline when to stop looking for what is not worth a look, on the clock of `performance.now()`
 */
export async function viewFile(book: ResultBook, file: string, sifter: Sifter, deadline?: number): Promise<FileView | undefined> {
  const language = languageOf(file);
  if (book.pieces(file).length === 0 || !language) return undefined;
  const text = await readFile(path.join(book.directory, file), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const tree = await SyntaxTree.parse(language, text);
  const view = viewTree(book, file, tree, sifter, deadline);
  tree.dispose();
  return view;
}

/** The results of a file (relative to the package), placed in a parsed text, with what is not worth a look marked, as far as that is found out by the deadline. */
export function viewTree(book: ResultBook, file: string, tree: SyntaxTree, sifter: Sifter, deadline?: number): FileView {
  const pieces = withRemovedFunctions(resolvePieces(book.pieces(file), new Anchors(tree)), tree);
  return { path: file, text: tree.text, ...sifter.sift(file, tree, pieces, deadline) };
}
