import type { Node, Tree } from 'web-tree-sitter';

/**
 * A node of a syntax tree as a plain object: reading it crosses no border to WebAssembly, so that looking at it many times is cheap. Only named nodes are
 * there, without comments; what stands between them (operators, keywords) is in the text. Offsets are UTF-16 units from the beginning of the text.
 */
export class Bare {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** The name of the field that its parent has it in. */
  readonly field: string | undefined;
  readonly children: Bare[] = [];
  readonly #source: { text: string; offset: number };
  parent: Bare | undefined;

  constructor(type: string, start: number, end: number, field: string | undefined, source: { text: string; offset: number }) {
    this.type = type;
    this.start = start;
    this.end = end;
    this.field = field;
    this.#source = source;
  }

  get text(): string {
    return this.#source.text.slice(this.start - this.#source.offset, this.end - this.#source.offset);
  }

  /** The text between two offsets in it. */
  between(start: number, end: number): string {
    return this.#source.text.slice(start - this.#source.offset, end - this.#source.offset);
  }

  /** The first child in a field. */
  get(field: string): Bare | undefined {
    return this.children.find((child) => child.field === field);
  }

  /** What stands before its first child: keywords such as `async`, `await` or `const`. */
  get head(): string {
    return this.between(this.start, this.children[0]?.start ?? this.end);
  }

  /** The text between its first two children: the operator of a binary expression. */
  get operator(): string {
    const [left, right] = this.children;
    return left && right ? this.between(left.end, right.start).trim() : '';
  }

  /** Whether something holds for it or a node below it. */
  some(holds: (node: Bare) => boolean): boolean {
    if (holds(this)) return true;
    for (const child of this.children) if (child.some(holds)) return true;
    return false;
  }

  /** All nodes below it and itself for which something holds, in the order of their beginnings. */
  filter(holds: (node: Bare) => boolean): Bare[] {
    const found: Bare[] = [];
    const look = (node: Bare) => {
      if (holds(node)) found.push(node);
      for (const child of node.children) look(child);
    };
    look(this);
    return found;
  }
}

/** A whole tree, or what stands below one of its nodes, as plain objects. */
export function bare(tree: Tree, text: string, from: Node = tree.rootNode): Bare {
  const cursor = from.walk();
  const { language } = tree;
  const source = { text, offset: 0 };
  const copy = (parent: Bare | undefined): Bare => {
    const field = parent ? (cursor.currentFieldId === 0 ? undefined : (language.fieldNameForId(cursor.currentFieldId) ?? undefined)) : undefined;
    const node = new Bare(nameOf(language, cursor.nodeTypeId), cursor.startIndex, cursor.endIndex, field, source);
    node.parent = parent;
    if (cursor.gotoFirstChild()) {
      do {
        if (cursor.nodeIsNamed && !isComment(nameOf(language, cursor.nodeTypeId))) node.children.push(copy(node));
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return node;
  };
  const root = copy(undefined);
  cursor.delete();
  return root;
}

const names = new WeakMap<object, string[]>();

/** The names of a language's types of nodes; asking the grammar each time would make a string each time. */
function nameOf(language: Tree['language'], id: number): string {
  let known = names.get(language);
  if (!known) {
    known = [];
    names.set(language, known);
  }
  known[id] ??= language.nodeTypeForId(id) ?? 'ERROR';
  return known[id];
}

function isComment(type: string): boolean {
  return type === 'comment' || type === 'line_comment' || type === 'block_comment' || type === 'html_comment';
}
