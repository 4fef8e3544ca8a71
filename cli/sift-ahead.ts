import { type MutateEvent, type ResultBooks, Sifter, viewFile } from '../engine/mutation/index.ts';
import { NO_CONFIG, readProjectConfig, relativePosix } from '../engine/workspace/index.ts';

/** How long it works at a time, and how long it waits in between, milliseconds: little is taken from the tests that run meanwhile. */
const SLICE_MS = 100;
const PAUSE_MS = 300;

/**
 * Finds out which survivors are not worth a look while others are still judged: a hundred of a long function take seconds, for which a person would wait at
 * the end, when no test runs any more.
 */
export class SiftAhead {
  readonly #books: ResultBooks;
  readonly #sifters = new Map<string, ReturnType<typeof makeSifter>>();
  /** Files that results came for, absolute, with the directory of their package. */
  readonly #changed = new Map<string, string>();
  #restsUntil = 0;

  constructor(books: ResultBooks) {
    this.#books = books;
  }

  /** Hears what a run says. */
  hear({ package: { directory }, event }: MutateEvent): void {
    if (event.kind === 'verdict') this.#changed.set(event.verdict.file, directory);
    if (event.kind !== 'stored' || performance.now() < this.#restsUntil) return;
    this.#restsUntil = Number.POSITIVE_INFINITY;
    // What goes wrong shows when the results are read in the end.
    this.#sift()
      .catch(() => {})
      .finally(() => {
        this.#restsUntil = performance.now() + PAUSE_MS;
      });
  }

  /** The sifter of a package, which remembers what it found out, and what is wrong with the package's configuration. */
  sifterOf(directory: string): ReturnType<typeof makeSifter> {
    const known = this.#sifters.get(directory) ?? makeSifter(directory);
    this.#sifters.set(directory, known);
    return known;
  }

  async #sift(): Promise<void> {
    const deadline = performance.now() + SLICE_MS;
    for (const [file, directory] of [...this.#changed]) {
      if (performance.now() > deadline) return;
      this.#changed.delete(file);
      const { sifter } = await this.sifterOf(directory);
      const view = await viewFile(this.#books.of(directory), relativePosix(directory, file), sifter, deadline);
      if (view?.pending) this.#changed.set(file, directory);
    }
  }
}

async function makeSifter(directory: string) {
  const config = await readProjectConfig(directory);
  return { sifter: new Sifter(config.ok ? config.value : NO_CONFIG), failure: config.ok ? undefined : config.failure };
}
