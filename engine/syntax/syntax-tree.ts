import type { Parser, Tree } from 'web-tree-sitter';
import { type LanguageName, parserOf } from './languages.ts';

/** A parsed text that can be brought up to date at the cost of what changed in it. */
export class SyntaxTree {
  #text: string;
  #tree: Tree;
  readonly #parser: Parser;

  private constructor(parser: Parser, text: string, tree: Tree) {
    this.#parser = parser;
    this.#text = text;
    this.#tree = tree;
  }

  /** Parses a text. Text with syntax errors has a tree too, with error nodes in it. */
  static async parse(language: LanguageName, text: string): Promise<SyntaxTree> {
    const parser = await parserOf(language);
    return new SyntaxTree(parser, text, parseOrThrow(parser, text));
  }

  get text(): string {
    return this.#text;
  }

  /** The tree of the current text; valid until the next {@link update} or {@link dispose}. */
  get tree(): Tree {
    return this.#tree;
  }

  /** Parses another text of the same language, at once: the grammar is there. */
  parseAnother(text: string): SyntaxTree {
    return new SyntaxTree(this.#parser, text, parseOrThrow(this.#parser, text));
  }

  /** Takes a new text; only what lies between the first and the last change is parsed again. */
  update(text: string): void {
    if (text === this.#text) return;
    this.#tree.edit(singleEdit(this.#text, text) as Parameters<Tree['edit']>[0]);
    const next = parseOrThrow(this.#parser, text, this.#tree);
    this.#tree.delete();
    this.#tree = next;
    this.#text = text;
  }

  /** Frees the memory of the tree, which no garbage collector sees. */
  dispose(): void {
    this.#tree.delete();
  }
}

function parseOrThrow(parser: Parser, text: string, old?: Tree): Tree {
  const tree = parser.parse(text, old);
  if (!tree) throw new Error('the parser has no language');
  return tree;
}

/** The one replacement that turns `before` into `after`: what is left between their common beginning and their common end. */
export function singleEdit(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  const oldEnd = before.length - end;
  const newEnd = after.length - end;
  return {
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  };
}

function pointAt(text: string, index: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: index - lineStart };
}
