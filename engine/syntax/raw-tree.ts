import type { Language, Tree } from 'web-tree-sitter';
import { memory } from './languages.ts';

/** Is told the nodes of a tree. */
export interface RawVisitor<Parent> {
  /** A named node; `cell` is for {@link RawTree.children}. Offsets are UTF-16 units. */
  node(parent: Parent, cell: number, type: string, start: number, end: number, field: string | undefined): void;
}

/** Symbols that every grammar has. */
const ERROR = 0xffff;
const ERROR_REPEAT = 0xfffe;

/** Bits of a node that lies in the cell itself; those of one elsewhere are one lower. */
const INLINE = 1;
const VISIBLE = 2;
const NAMED = 4;
const EXTRA = 8;
/** The bytes of a node elsewhere, in words of 32 bits. */
const PADDING = 1;
const SIZE = 4;
const CHILD_COUNT = 9;
const SYMBOL = 10;
const FLAGS = 11;
const PRODUCTION = 16;

/** What a grammar says of the children of a rule, by their index among those that are no extras. */
interface Production {
  fields: readonly (string | undefined)[];
  /** Symbols that stand for the children's own; 0 where none does. */
  aliases: Uint16Array;
}

/**
 * A tree where tree-sitter has it in the memory of its WebAssembly, valid as long as that: asking for each node across the border takes three times as long.
 * The layout is that of web-tree-sitter 0.27.1 (`SubtreeInlineData`, `SubtreeHeapData` in lib/src/subtree.h, `TSLanguage` in lib/src/parser.h), which is
 * bundled; `raw-tree.test.ts` compares what is read with what its own cursor tells.
 */
export class RawTree<Parent> {
  readonly #words: Int32Array;
  readonly #grammar: Grammar;
  readonly #visitor: RawVisitor<Parent>;
  readonly #root: number;

  constructor(tree: Tree, visitor: RawVisitor<Parent>) {
    this.#words = new Int32Array(memory().buffer);
    this.#grammar = grammarOf(tree.language);
    this.#visitor = visitor;
    this.#root = addressOf(tree) >> 2;
  }

  /** Tells the root. */
  root(parent: Parent): void {
    const words = this.#words;
    const first = words[this.#root] as number;
    const isInline = (first & INLINE) !== 0;
    const symbol = isInline ? (first >> 8) & 0xff : (words[(first >> 2) + SYMBOL] as number) & 0xffff;
    const padding = isInline ? ((words[this.#root + 1] as number) >> 16) & 0xff : (words[(first >> 2) + PADDING] as number);
    const size = isInline ? (words[this.#root + 1] as number) >>> 24 : (words[(first >> 2) + SIZE] as number);
    this.#visitor.node(parent, this.#root, this.#grammar.name(symbol), padding >> 1, (padding + size) >> 1, undefined);
  }

  /** Tells the named children of a node that begins at an offset, in their order. */
  children(parent: Parent, cell: number, start: number): void {
    this.#children(parent, cell, start << 1, undefined);
  }

  #children(parent: Parent, cell: number, start: number, inherited: string | undefined): void {
    const words = this.#words;
    const own = words[cell] as number;
    if ((own & INLINE) !== 0) return;
    const node = own >> 2;
    const count = words[node + CHILD_COUNT] as number;
    if (count === 0) return;
    const production = this.#grammar.production((words[node + PRODUCTION] as number) >>> 16);
    let position = start;
    let index = 0;
    const first = node - count * 2;
    for (let child = first; child < node; child += 2) {
      const word = words[child] as number;
      let flags = word;
      let symbol: number;
      let padding: number;
      let size: number;
      if ((word & INLINE) !== 0) {
        const lengths = words[child + 1] as number;
        symbol = (word >> 8) & 0xff;
        padding = (lengths >> 16) & 0xff;
        size = lengths >>> 24;
      } else {
        const at = word >> 2;
        flags = (words[at + FLAGS] as number) << 1;
        symbol = (words[at + SYMBOL] as number) & 0xffff;
        padding = words[at + PADDING] as number;
        size = words[at + SIZE] as number;
      }
      if (child !== first) position += padding;
      let alias = 0;
      let field: string | undefined;
      const isExtra = (flags & EXTRA) !== 0;
      if (!isExtra) {
        field = inherited;
        if (production) {
          alias = production.aliases[index] ?? 0;
          field = production.fields[index] ?? inherited;
        }
        index++;
      }
      if (alias !== 0) {
        if (this.#grammar.isNamed(alias)) this.#visitor.node(parent, child, this.#grammar.name(alias), position >> 1, (position + size) >> 1, field);
      } else if ((flags & VISIBLE) === 0) this.#children(parent, child, position, field);
      else if ((flags & NAMED) !== 0) this.#visitor.node(parent, child, this.#grammar.name(symbol), position >> 1, (position + size) >> 1, field);
      position += size;
    }
  }
}

/** Where a grammar's tables lie, in words of 32 bits from its beginning. */
const SYMBOLS = 1;
const FIELDS = 8;
const ALIASES_EACH = 9;
const FIELD_SLICES = 16;
const FIELD_ENTRIES = 17;
const METADATA = 18;
const PUBLIC_SYMBOLS = 19;
const ALIASES = 21;

/** What a grammar says of symbols and rules, each read once. */
class Grammar {
  readonly #language: Language;
  readonly #address: number;
  readonly #names: string[] = [];
  readonly #productions: Production[] = [];

  constructor(language: Language) {
    this.#language = language;
    this.#address = addressOf(language);
  }

  /** The type of nodes that have a symbol. */
  name(symbol: number): string {
    const known = this.#names[symbol];
    if (known !== undefined) return known;
    const read = this.#readName(symbol);
    this.#names[symbol] = read;
    return read;
  }

  isNamed(symbol: number): boolean {
    if (symbol >= ERROR_REPEAT) return symbol === ERROR;
    return new Uint8Array(memory().buffer)[this.#word(METADATA) + symbol * 3 + 1] === 1;
  }

  /** A rule; undefined for the first, which stands for all of which nothing is said. */
  production(id: number): Production | undefined {
    if (id !== 0) this.#productions[id] ??= this.#readProduction(id);
    return this.#productions[id];
  }

  #readName(symbol: number): string {
    const known = symbol < this.#word(SYMBOLS) ? this.#half(this.#word(PUBLIC_SYMBOLS), symbol) : symbol;
    return interned(this.#language.nodeTypeForId(known) ?? 'ERROR');
  }

  #readProduction(id: number): Production {
    const each = this.#word(ALIASES_EACH) & 0xffff;
    const aliases = new Uint16Array(memory().buffer, this.#word(ALIASES) + id * each * 2, each).slice();
    const fields: (string | undefined)[] = Array.from({ length: each });
    if (this.#word(FIELDS) > 0) {
      const first = this.#half(this.#word(FIELD_SLICES), id * 2);
      const length = this.#half(this.#word(FIELD_SLICES), id * 2 + 1);
      // The first that is said of a child counts.
      for (let entry = first + length - 1; entry >= first; entry--) {
        const child = this.#half(this.#word(FIELD_ENTRIES), entry * 2 + 1);
        const isInherited = child >> 8 !== 0;
        if (!isInherited) fields[child & 0xff] = interned(this.#language.fieldNameForId(this.#half(this.#word(FIELD_ENTRIES), entry * 2)) ?? '');
      }
    }
    return { fields, aliases };
  }

  #word(index: number): number {
    return new Int32Array(memory().buffer)[(this.#address >> 2) + index] as number;
  }

  #half(address: number, index: number): number {
    return new Uint16Array(memory().buffer)[(address >> 1) + index] as number;
  }
}

const grammars = new WeakMap<Language, Grammar>();

function grammarOf(language: Language): Grammar {
  let grammar = grammars.get(language);
  if (!grammar) {
    grammar = new Grammar(language);
    grammars.set(language, grammar);
  }
  return grammar;
}

/** Where something of tree-sitter's lies in its memory. */
function addressOf(thing: Tree | Language): number {
  return (thing as unknown as { 0: number })[0];
}

/** The same text as V8 has it for names in code: comparing the two compares no letters. */
function interned(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}
