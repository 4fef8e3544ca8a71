import path from 'node:path';
import type { FileAudit } from '../engine/audit/index.ts';
import { type HashOfFile, hashesNow, type ReachedBy, Testimonies, type WitnessedFile, witnessed } from '../engine/witness/index.ts';
import { upwards } from '../engine/workspace/index.ts';
import { toUri } from './convert.ts';
import type { Workspace } from './workspace.ts';

/** What tests were seen to do when they ran, by the texts of now. */
export class Witnesses {
  readonly #workspace: Workspace;
  /** The stores of what is known of the files in a folder, the nearest first. */
  readonly #near = new Map<string, Testimonies[]>();
  /** What is known of source files, by the hashes of their texts. */
  readonly #reached = new Map<string, ReadonlyMap<string, ReachedBy[]>>();
  #hashOfFile: HashOfFile;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#hashOfFile = this.#hashes();
  }

  /** What is known of the tests of a file (absolute path); undefined where they were never run. */
  of(file: string, text: string, audit: FileAudit): WitnessedFile | undefined {
    const testimonies = this.#testimoniesOf(file);
    return testimonies && witnessed(testimonies, file, text, audit, this.#hashOfFile);
  }

  /** The functions of a source file (absolute path) that tests ran, in its text of now. The store is asked once, and not whenever something is typed. */
  reachedIn(file: string): ReachedBy[] {
    let known = this.#reached.get(file);
    if (!known) {
      known = new Map(this.#nearTo(file).flatMap((one) => [...one.reachedIn(file)]));
      this.#reached.set(file, known);
    }
    return known.size === 0 ? [] : (known.get(this.#hashOfFile(file)) ?? []);
  }

  /** Whether the tests of a file were run. */
  knows(file: string): boolean {
    return this.#testimoniesOf(file) !== undefined;
  }

  /** Says that files and stores may be others now. */
  lookAgain(): void {
    this.#near.clear();
    this.#reached.clear();
    this.#hashOfFile = this.#hashes();
  }

  #testimoniesOf(file: string): Testimonies | undefined {
    return this.#nearTo(file).find((one) => one.knows(file));
  }

  #nearTo(file: string): Testimonies[] {
    const folder = path.dirname(file);
    let near = this.#near.get(folder);
    if (!near) {
      near = [...upwards(folder, path.parse(file).root)].flatMap((directory) => {
        const book = this.#workspace.books.existing(directory);
        return book ? [new Testimonies(book.store, directory)] : [];
      });
      this.#near.set(folder, near);
    }
    return near;
  }

  #hashes(): HashOfFile {
    return hashesNow((file) => this.#workspace.openText(toUri(file)));
  }
}
