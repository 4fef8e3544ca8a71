import { hasStore } from '../store/index.ts';
import { ResultBook } from './book.ts';

/** The result books of all packages in use, opened when first needed. */
export class ResultBooks {
  readonly #open = new Map<string, ResultBook>();

  /** The book of a package (absolute path); made where there is none. */
  of(packageDirectory: string): ResultBook {
    let book = this.#open.get(packageDirectory);
    if (book?.isGone()) {
      // Its folder was deleted: what is written into the file that was there would never be found again.
      book.close();
      book = undefined;
    }
    if (!book) {
      book = new ResultBook(packageDirectory);
      this.#open.set(packageDirectory, book);
    }
    return book;
  }

  /** The book of a package that has results; undefined where nothing was ever stored. */
  existing(packageDirectory: string): ResultBook | undefined {
    return this.#open.get(packageDirectory) ?? (hasStore(packageDirectory) ? this.of(packageDirectory) : undefined);
  }

  /** The books that are open. */
  all(): ResultBook[] {
    return [...this.#open.values()];
  }

  close(): void {
    for (const book of this.#open.values()) book.close();
    this.#open.clear();
  }
}
