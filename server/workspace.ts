import path from 'node:path';
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type FileView, type ResultBook, ResultBooks, viewFile } from '../engine/mutation/index.ts';
import { findResultFolders, isInside, readText, relativePosix, upwards } from '../engine/workspace/index.ts';
import { toPath, toUri } from './convert.ts';

/** A file's results with the book that they come from. */
export interface JudgedFile extends FileView {
  uri: string;
  book: ResultBook;
}

/** The open folders and documents, and the results that belong to their files. It caches; the stores and the texts are the truth. */
export class Workspace {
  /** Absolute paths. */
  folders: string[] = [];
  readonly books = new ResultBooks();
  readonly #documents: TextDocuments<TextDocument>;
  readonly #views = new Map<string, { text: string; revision: number; view: JudgedFile | undefined }>();
  #revision = 0;

  constructor(documents: TextDocuments<TextDocument>) {
    this.#documents = documents;
  }

  /** Says that results changed: what was placed in texts is placed anew when it is next asked for. */
  invalidate(): void {
    this.#revision++;
  }

  /** The open folder that holds a file, the innermost where several do. */
  folderOf(file: string): string | undefined {
    return this.folders.filter((folder) => isInside(folder, file)).sort((a, b) => b.length - a.length)[0];
  }

  /** The text of a document as it is in the editor; undefined where it is not open. */
  openText(uri: string): string | undefined {
    return this.#documents.get(uri)?.getText();
  }

  /** The results of a file, placed in its text of now. */
  async judged(uri: string): Promise<JudgedFile | undefined> {
    const file = toPath(uri);
    if (file === undefined) return undefined;
    const text = this.openText(uri) ?? (await readText(file));
    if (text === undefined) return undefined;
    const known = this.#views.get(uri);
    if (known && known.text === text && known.revision === this.#revision) return known.view;
    const revision = this.#revision;
    const book = this.#bookOf(file);
    const view = book && (await viewFile(book, relativePosix(book.directory, file), text));
    const judged = view && book ? { ...view, uri, book } : undefined;
    if (judged || known) this.#views.set(uri, { text, revision, view: judged });
    return judged;
  }

  /** All files with results in the open folders. */
  async judgedFiles(): Promise<{ book: ResultBook; uri: string }[]> {
    const books = await this.openBooks();
    return books.flatMap((book) => book.files().map((file) => ({ book, uri: toUri(path.join(book.directory, file)) })));
  }

  /** The books of all packages in the open folders that have results. */
  async openBooks(): Promise<ResultBook[]> {
    const directories = (await Promise.all(this.folders.map(findResultFolders))).flat();
    const found = [...new Set(directories)].map((directory) => this.books.existing(directory)).filter((book) => book !== undefined);
    const inMemory = this.books.all().filter((book) => !found.includes(book) && this.folderOf(book.directory));
    return [...found, ...inMemory];
  }

  /** Texts of open documents that differ from what is on the disk, by path. */
  async unsaved(): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    for (const document of this.#documents.all()) {
      const file = toPath(document.uri);
      if (file === undefined || !this.folderOf(file)) continue;
      const onDisk = await readText(file);
      if (onDisk !== document.getText()) texts.set(file, document.getText());
    }
    return texts;
  }

  #bookOf(file: string): ResultBook | undefined {
    const folder = this.folderOf(file);
    if (!folder) return undefined;
    for (const directory of upwards(path.dirname(file), folder)) {
      const book = this.books.existing(directory);
      if (book && book.pieces(relativePosix(directory, file)).length > 0) return book;
    }
    return undefined;
  }
}
