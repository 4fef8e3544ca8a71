import path from 'node:path';
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Failure } from '../engine/model/index.ts';
import { bestSurvivors, type FileView, type ResultBook, ResultBooks, Sifter, viewTree } from '../engine/mutation/index.ts';
import { type LanguageName, languageOf, SyntaxTree } from '../engine/syntax/index.ts';
import {
  findResultFolders,
  isInside,
  NO_CONFIG,
  PROJECT_CONFIG,
  parseProjectConfig,
  readText,
  relativePosix,
  upwards,
} from '../engine/workspace/index.ts';
import { toPath, toUri } from './convert.ts';
import type { Settings } from './protocol.ts';

/** How long mutants of one file are compared with each other before other requests have their turn, milliseconds. */
const COMPARING_MS = 25;

/** A file's results with the book that they come from. */
export interface JudgedFile extends FileView {
  uri: string;
  book: ResultBook;
  /** Ids of the mutants that are shown, of those that no test noticed or reached. */
  shown: ReadonlySet<string>;
}

/** The open folders and documents, and the results that belong to their files. It caches; the stores and the texts are the truth. */
export class Workspace {
  /** Absolute paths. */
  folders: string[] = [];
  /** Which survivors are shown. */
  show: Settings['show'] = 'best';
  /** Told of a file whose mutants are not all compared yet: asked for again, its results are more nearly complete. */
  onPending: (uri: string) => void = () => {};
  readonly books = new ResultBooks();
  readonly #documents: TextDocuments<TextDocument>;
  readonly #views = new Map<string, { text: string; revision: string; sifter: Sifter; show: Settings['show']; view: JudgedFile }>();
  readonly #sifters = new Map<string, { text: string | undefined; sifter: Sifter }>();
  readonly #notices: Failure[] = [];
  /** Trees of open documents, so that a keystroke costs the parsing of what it changed. */
  readonly #trees = new Map<string, SyntaxTree>();
  #resultFolders: Promise<string[]> | undefined;

  constructor(documents: TextDocuments<TextDocument>) {
    this.#documents = documents;
    documents.onDidClose(({ document: { uri } }) => {
      this.#trees.get(uri)?.dispose();
      this.#trees.delete(uri);
    });
  }

  /** Says that packages may have come or gone: they are looked for anew when they are next asked for. */
  lookAgain(): void {
    this.#resultFolders = undefined;
  }

  /** The open folder that holds a file, the innermost where several do. */
  folderOf(file: string): string | undefined {
    return this.folders.filter((folder) => isInside(folder, file)).sort((a, b) => b.length - a.length)[0];
  }

  /** The text of a document as it is in the editor; undefined where it is not open. */
  openText(uri: string): string | undefined {
    return this.#documents.get(uri)?.getText();
  }

  /** The version of a document that is open; null where it is not. */
  version(uri: string): number | null {
    return this.#documents.get(uri)?.version ?? null;
  }

  /** The results of a file, placed in its text of now. */
  async judged(uri: string): Promise<JudgedFile | undefined> {
    const file = toPath(uri);
    const book = file === undefined ? undefined : this.#bookOf(file);
    const language = languageOf(uri);
    if (file === undefined || !book || !language) return undefined;
    const text = this.openText(uri) ?? (await readText(file));
    if (text === undefined) return undefined;
    const name = relativePosix(book.directory, file);
    const revision = book.revision(name);
    const sifter = await this.sifter(book.directory);
    const { show } = this;
    const known = this.#views.get(uri);
    const isCurrent = known?.text === text && known.revision === revision && known.sifter === sifter && known.show === show;
    if (known && isCurrent && known.view.book === book && !known.view.pending) return known.view;
    const tree = await this.#parse(uri, language, text);
    const found = viewTree(book, name, tree, sifter, performance.now() + COMPARING_MS);
    const view = { ...found, uri, book, shown: shownIds(found, show) };
    if (this.#trees.get(uri) !== tree) tree.dispose();
    this.#views.set(uri, { text, revision, sifter, show, view });
    if (view.pending) this.onPending(uri);
    return view;
  }

  /** What a package (absolute path) suppresses, by its configuration as it is in the editor, else on the disk; one that is not valid counts as empty. */
  async sifter(directory: string): Promise<Sifter> {
    const { file, text } = await this.configText(directory);
    const known = this.#sifters.get(directory);
    if (known && known.text === text) return known.sifter;
    const read = parseProjectConfig(text, file);
    if (!read.ok) this.#notices.push(read.failure);
    const sifter = new Sifter(read.ok ? read.value : NO_CONFIG);
    this.#sifters.set(directory, { text, sifter });
    return sifter;
  }

  /** Where the configuration of a package stands, and its text where there is one. */
  async configText(directory: string): Promise<{ file: string; text: string | undefined }> {
    const file = path.join(directory, PROJECT_CONFIG);
    return { file, text: this.openText(toUri(file)) ?? (await readText(file)) };
  }

  /** What a person should know about configurations; told once. */
  takeNotices(): Failure[] {
    return this.#notices.splice(0);
  }

  async #parse(uri: string, language: LanguageName, text: string): Promise<SyntaxTree> {
    const known = this.#trees.get(uri);
    if (known) {
      known.update(text);
      return known;
    }
    const tree = await SyntaxTree.parse(language, text);
    if (this.openText(uri) !== undefined && !this.#trees.has(uri)) this.#trees.set(uri, tree);
    return tree;
  }

  /** All files with results in the open folders. */
  async judgedFiles(): Promise<{ book: ResultBook; uri: string; revision: string }[]> {
    const books = await this.openBooks();
    const all = books.flatMap((book) => book.files().map((name) => ({ book, file: path.join(book.directory, name), revision: book.revision(name) })));
    return all.filter(({ file }) => this.folderOf(file)).map(({ book, file, revision }) => ({ book, uri: toUri(file), revision }));
  }

  /** The books of all packages in the open folders that have results. */
  async openBooks(): Promise<ResultBook[]> {
    this.#resultFolders ??= Promise.all(this.folders.map(findResultFolders)).then((found) => [...new Set(found.flat())]);
    const found = (await this.#resultFolders).map((directory) => this.books.existing(directory)).filter((book) => book !== undefined);
    const others = this.books.all().filter((book) => !found.includes(book));
    return [...found, ...others.filter((book) => this.folderOf(book.directory) || this.folders.some((folder) => isInside(book.directory, folder)))];
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
    // The package whose tests judge a file may lie above the open folder.
    for (const directory of upwards(path.dirname(file), path.parse(file).root)) {
      const book = this.books.existing(directory);
      if (book && book.pieces(relativePosix(directory, file)).length > 0) return book;
    }
    return undefined;
  }
}

function shownIds({ pieces }: FileView, show: Settings['show']): Set<string> {
  const open = pieces.filter(({ stale }) => !stale).flatMap(({ mutants }) => mutants);
  if (show === 'all') return new Set(open.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').map(({ id }) => id));
  const uncovered = open.filter(({ status, suppressed }) => status === 'NoCoverage' && !suppressed);
  return new Set([...bestSurvivors(pieces), ...uncovered.map(({ id }) => id)]);
}
