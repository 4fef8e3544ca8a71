import type { SyntaxTree } from '../../syntax/index.ts';
import { bindingsIn } from './bindings.ts';
import { changed, inOrder, type TextChange } from './changes.ts';
import type { Draft } from './draft.ts';
import { type Place, placeAfter } from './place.ts';
import { importsOf, pathTo, usesImport } from './reaching.ts';
import { type Site, sitesIn } from './sites.ts';
import type { Skeleton } from './skeleton.ts';
import { type Style, styleOf } from './style.ts';

/** A test file that is not there yet. */
export interface Fresh {
  /** Absolute path of where it will stand. */
  path: string;
  /** The one that it is like, in whose place it runs until then. */
  model: SyntaxTree;
  /** The file that it tests. */
  file: string;
  skeleton: Skeleton;
}

/** A test file as it is, and how it becomes another with drafts: where tests are put in it, and what it imports for them. */
export class Sheet {
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly fresh: Fresh | undefined;
  /** The file whose ways of writing are followed. */
  readonly model: SyntaxTree;
  readonly isModule: boolean;
  /** How its tests are written; undefined where it is not known how they assert. */
  readonly style: Style | undefined;

  /** `fresh` says of a file that is not there what it is like; the tree is that of its beginning then. */
  constructor(tree: SyntaxTree, fresh?: Fresh) {
    this.model = fresh?.model ?? tree;
    this.tree = tree;
    this.fresh = fresh;
    this.text = tree.text;
    this.isModule = usesImport(this.model.tree);
    this.style = styleOf(this.model.tree, this.model.text);
  }

  /** How a file that is not there yet writes the path of what it tests, standing in some place. */
  pathFrom(testFile: string): string {
    const { model, file } = this.fresh as Fresh;
    const froms = bindingsIn(model.tree).flatMap(({ from }) => (from.startsWith('.') ? [from] : []));
    return pathTo(file, testFile, froms);
  }

  /** The values in its tests that may come to be asserted. */
  get sites(): readonly Site[] {
    return this.style ? sitesIn(this.tree.tree, this.text, this.style.assertions) : [];
  }

  /** Where a test is written that stands behind another one. */
  placeFor(test: string): Place | undefined {
    return this.fresh?.skeleton.place ?? placeAfter(this.tree.tree, this.text, test);
  }

  /** The first test of a file, or of its suite, stands right at the beginning. */
  setOff(drafts: readonly Draft[]): void {
    if (!this.fresh || !this.style) return;
    const { indent, suites } = this.fresh.skeleton.place;
    const { lineEnd } = this.style;
    for (const [i, { changes }] of drafts.entries()) {
      const gap = i === 0 && suites.length > 0 ? lineEnd : lineEnd + lineEnd;
      for (const change of changes) change.text = gap + indent + change.text.trimStart();
    }
  }

  /**
   * What the file has to import for drafts.
   *
   * @param from where to import from, where that is another place than it is while tests run
   */
  importsFor(drafts: readonly Draft[], from?: string): TextChange[] {
    const wanted = drafts.flatMap(({ imports }) => imports.map((one) => ({ ...one, ...(from !== undefined && { from }) })));
    return this.style ? importsOf(this.tree.tree, this.text, wanted, { ...this.style, isModule: this.isModule }) : [];
  }

  /** The whole text of a file that is not there yet, as an insertion into nothing. */
  whole(drafts: readonly Draft[], { path }: Fresh): TextChange {
    const imports = this.importsFor(drafts, this.pathFrom(path));
    return { start: 0, end: 0, text: changed(this.text, inOrder([...imports, ...drafts.flatMap(({ changes }) => changes)])) };
  }
}
