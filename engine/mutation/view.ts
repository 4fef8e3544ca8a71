import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { languageOf, SyntaxTree } from '../syntax/index.ts';
import { Anchors } from './anchors.ts';
import type { ResultBook } from './book.ts';
import { type ResolvedPiece, resolvePieces } from './resolve.ts';

/** A file of a book with the text that its results were placed in. */
export interface FileView {
  /** Relative to the package. */
  path: string;
  text: string;
  pieces: ResolvedPiece[];
}

/**
 * The results of a file, placed in the text that it has now; undefined where the file is gone or nothing is known of it.
 *
 * @param file relative to the package
 * @param text what is in the editor; what is on the disk where missing
 */
export async function viewFile(book: ResultBook, file: string, text?: string): Promise<FileView | undefined> {
  const stored = book.pieces(file);
  const language = languageOf(file);
  if (stored.length === 0 || !language) return undefined;
  const current = text ?? (await readFile(path.join(book.directory, file), 'utf8').catch(() => undefined));
  if (current === undefined) return undefined;
  const tree = await SyntaxTree.parse(language, current);
  const pieces = resolvePieces(stored, new Anchors(tree));
  tree.dispose();
  return { path: file, text: current, pieces };
}
