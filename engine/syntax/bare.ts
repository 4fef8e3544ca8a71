import type { Tree } from 'web-tree-sitter';
import { RawTree, type RawVisitor } from './raw-tree.ts';

/** A stretch of a file's text that nodes are taken from, and where it begins in the file. */
interface Sheet {
  readonly text: string;
  offset: number;
}

/**
 * A node of a syntax tree as a plain object: reading it crosses no border to WebAssembly, so that looking at it many times is cheap. Only named nodes are
 * there, without comments; what stands between them (operators, keywords) is in the text. Offsets are UTF-16 units from the beginning of the file.
 */
export class Bare {
  readonly type: string;
  /** The name of the field that its parent has it in. */
  readonly field: string | undefined;
  children: readonly Bare[] = NONE;
  parent: Bare | undefined;
  readonly #start: number;
  readonly #end: number;
  readonly #sheet: Sheet;
  /** Kept, because looking a name up costs most the first time that a string is looked for. */
  #text: string | undefined;

  constructor(type: string, start: number, end: number, field: string | undefined, sheet: Sheet) {
    this.type = type;
    this.field = field;
    this.#start = start - sheet.offset;
    this.#end = end - sheet.offset;
    this.#sheet = sheet;
  }

  get start(): number {
    return this.#start + this.#sheet.offset;
  }

  get end(): number {
    return this.#end + this.#sheet.offset;
  }

  get text(): string {
    this.#text ??= this.#sheet.text.slice(this.#start, this.#end);
    return this.#text;
  }

  /** The text between two offsets that lie in it. */
  between(start: number, end: number): string {
    return this.#sheet.text.slice(start - this.#sheet.offset, end - this.#sheet.offset);
  }

  /** The first child in a field. */
  get(field: string): Bare | undefined {
    for (const child of this.children) if (child.field === field) return child;
    return undefined;
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

  /** Moves all that was taken from the same stretch of text. */
  moveBy(units: number): void {
    this.#sheet.offset += units;
  }
}

/** What most nodes have: one for all. */
const NONE: readonly Bare[] = [];

/** Statements from this length are kept for when their text is met again, in UTF-16 units. */
const KEPT = 150;
/** Below this depth nothing is copied: only generated code nests so deep. */
const DEEPEST = 400;

/** Copies trees of one file, again and again: what a statement was copied to is used again where its text is still there. */
export class BareCopier {
  readonly #statements = new Statements();

  /** The whole tree of a text as plain objects. What was copied before must no longer be used. */
  copy(tree: Tree, text: string): Bare {
    this.#statements.begin();
    return new Copy(tree, text, this.#statements).root;
  }
}

/** A whole tree as plain objects. */
export function bare(tree: Tree, text: string): Bare {
  return new Copy(tree, text).root;
}

/** One copy of a tree. */
class Copy implements RawVisitor<Bare | undefined> {
  readonly #text: string;
  readonly #raw: RawTree<Bare | undefined>;
  readonly #statements: Statements | undefined;
  #sheet: Sheet;
  #depth = 0;
  #root: Bare | undefined;

  constructor(tree: Tree, text: string, statements?: Statements) {
    this.#text = text;
    this.#sheet = { text, offset: 0 };
    this.#statements = statements;
    this.#raw = new RawTree(tree, this);
    this.#raw.root(undefined);
  }

  get root(): Bare {
    return this.#root as Bare;
  }

  node(parent: Bare | undefined, cell: number, type: string, start: number, end: number, field: string | undefined): void {
    if (COMMENTS.has(type)) return;
    const around = this.#sheet;
    let node: Bare | undefined;
    if (this.#statements && end - start >= KEPT && KEPT_TYPES.has(type)) {
      const text = this.#text.slice(start, end);
      node = this.#statements.again(text, start, parent);
      if (!node) {
        this.#sheet = { text, offset: start };
        node = new Bare(type, start, end, field, this.#sheet);
        this.#statements.keep(text, node, parent);
        this.#below(node, cell, start);
      }
    } else {
      node = new Bare(type, start, end, field, around);
      node.parent = parent;
      this.#below(node, cell, start);
    }
    this.#sheet = around;
    if (!parent) this.#root = node;
    else if (parent.children === NONE) parent.children = [node];
    else (parent.children as Bare[]).push(node);
  }

  #below(node: Bare, cell: number, start: number): void {
    if (this.#depth > DEEPEST || LEAVES.has(node.type)) return;
    this.#depth++;
    this.#raw.children(node, cell, start);
    this.#depth--;
  }
}

/** What statements were copied to, by their texts. */
class Statements {
  #before = new Map<string, Bare[]>();
  #kept = new Map<string, Bare[]>();
  /** What this copy has used already, each with what is kept inside of it. */
  readonly #taken = new Set<Bare>();

  /** Says that another copy begins. */
  begin(): void {
    this.#before = this.#kept;
    this.#kept = new Map();
    this.#taken.clear();
  }

  /** What a statement was copied to before, moved to where it stands now; undefined where it is new. */
  again(text: string, start: number, parent: Bare | undefined): Bare | undefined {
    const known = this.#free(this.#before.get(text));
    if (!known) return undefined;
    const units = start - known.start;
    known.moveBy(units);
    this.keep(text, known, parent);
    this.#keepInner(known, units);
    return known;
  }

  /** Keeps a statement for the next copy. */
  keep(text: string, node: Bare, parent: Bare | undefined): void {
    node.parent = parent;
    this.#taken.add(node);
    const same = this.#kept.get(text);
    if (same) same.push(node);
    else this.#kept.set(text, [node]);
  }

  /** The first of some nodes of which nothing is in use: a statement inside of it may have gone to where its text was met before. */
  #free(candidates: Bare[] | undefined): Bare | undefined {
    for (let one = candidates?.shift(); one; one = candidates?.shift()) if (!this.#isTaken(one)) return one;
    return undefined;
  }

  #isTaken(node: Bare): boolean {
    return this.#taken.has(node) || node.children.some((child) => child.end - child.start >= KEPT && this.#isTaken(child));
  }

  /** Statements inside of one that is used again are kept, too, and move with it. */
  #keepInner(node: Bare, units: number): void {
    for (const child of node.children) {
      if (child.end - child.start < KEPT) continue;
      if (KEPT_TYPES.has(child.type)) {
        child.moveBy(units);
        this.keep(child.text, child, node);
      }
      this.#keepInner(child, units);
    }
  }
}

/** What has nothing below it, or nothing that anybody asks for: asking each would take as long as all the rest. */
const LEAVES = new Set([
  'identifier',
  'property_identifier',
  'shorthand_property_identifier',
  'field_identifier',
  'package_identifier',
  'type_identifier',
  'predefined_type',
  'number',
  'integer',
  'float',
  'int_literal',
  'integer_literal',
  'string',
  'string_fragment',
  'string_literal',
  'interpreted_string_literal',
  'raw_string_literal',
  'regex',
  'true',
  'false',
  'null',
  'none',
  'undefined',
  'this',
  'type_annotation',
  'interface_declaration',
  'jsx_text',
]);

const KEPT_TYPES = new Set([
  'expression_statement',
  'lexical_declaration',
  'function_declaration',
  'function_definition',
  'decorated_definition',
  'function_item',
]);

const COMMENTS = new Set(['comment', 'line_comment', 'block_comment', 'html_comment']);
