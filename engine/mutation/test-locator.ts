import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Position } from '../model/index.ts';
import { languageOf, locateTest, SyntaxTree } from '../syntax/index.ts';
import { readText } from '../workspace/index.ts';
import type { StoredTest } from './repository.ts';

/** How many parsed test files are kept. */
const KEPT = 8;

/** Finds where tests stand now: their titles are looked up in today's text, so that edits of a test file move its links along. */
export class TestLocator {
  readonly #trees = new Map<string, { modified: number; tree: SyntaxTree }>();

  /** Where a test stands; the start of its file where its title is made at run time, undefined where the framework did not tell the file. */
  async locate(test: StoredTest, packageDirectory: string): Promise<{ file: string; position: Position } | undefined> {
    if (!test.file) return undefined;
    const file = path.join(packageDirectory, test.file);
    const tree = await this.#tree(file);
    const position = (tree && locateTest(tree.tree, test.name)) ?? test.position ?? { line: 0, column: 0 };
    return { file, position };
  }

  async #tree(file: string): Promise<SyntaxTree | undefined> {
    const modified = (await stat(file).catch(() => undefined))?.mtimeMs;
    const language = languageOf(file);
    if (modified === undefined || !language) return undefined;
    const known = this.#trees.get(file);
    if (known?.modified === modified) return known.tree;
    const tree = await SyntaxTree.parse(language, (await readText(file)) ?? '');
    known?.tree.dispose();
    this.#trees.delete(file);
    this.#trees.set(file, { modified, tree });
    if (this.#trees.size > KEPT) {
      const [oldest, dropped] = [...this.#trees][0] as [string, { tree: SyntaxTree }];
      dropped.tree.dispose();
      this.#trees.delete(oldest);
    }
    return tree;
  }
}
