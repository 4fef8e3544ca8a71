import { hash } from 'node:crypto';
import type { Node } from 'web-tree-sitter';
import type { Position, Range } from '../../model/index.ts';
import type { SyntaxTree } from '../../syntax/index.ts';
import { KnownParts } from './known-parts.ts';
import { normalForm } from './normal-form.ts';

/** A change to a text: what stands in `range` becomes `replacement`. */
export interface Change {
  /** The same for the same change to the same function, whatever stands around it. */
  id: string;
  range: Range;
  replacement: string;
}

/** What is known of changes that are really one, or none, by their ids. */
export interface Sameness {
  /** They leave the program as it is. */
  equivalent: Set<string>;
  /** They make the same program as the one that is named. */
  duplicates: Map<string, string>;
}

/** Longest function or statement that is compared, characters: to read one of a thousand lines costs some 20 ms for each of its mutants. */
const LONGEST = 40_000;
/** How many forms are remembered. */
const KEPT = 100_000;

/**
 * Trivial compiler equivalence: changes of one function (or statement outside of functions) whose normal forms are that of the original, or of each
 * other. Forms are remembered, so that edits elsewhere and results that come one by one cost nothing anew.
 */
export class SamenessFinder {
  readonly #forms = new Map<string, string | undefined>();
  /** What the function whose changes were read last is made of. */
  #original: Original | undefined;

  /**
   * @param tree the text as it stands
   * @param range of the function or statement that all the changes lie in
   * @param changes in the order of preference: of those that are one, the first stays
   * @param deadline when to stop, on the clock of `performance.now()`; what was found out by then is remembered, and the answer is undefined
   */
  compare(tree: SyntaxTree, range: Range, changes: readonly Change[], deadline = Number.POSITIVE_INFINITY): Sameness | undefined {
    const found: Sameness = { equivalent: new Set(), duplicates: new Map() };
    const unit = unitAt(tree, range);
    if (!unit || unit.text.length > LONGEST) return found;
    const key = digest(unit.text);
    const programs = new Programs(tree);
    const whole = () => this.#read(key, programs, unit);
    try {
      const original = this.#form(key, () => whole().form);
      const byForm = new Map<string, string>();
      for (const { id, ...change } of changes) {
        if (!this.#forms.has(`${key} ${id}`) && performance.now() > deadline) return undefined;
        const form = this.#form(`${key} ${id}`, () => {
          const { parts } = whole();
          return programs.form(unit.wrap(changed(unit, change)), parts);
        });
        if (form === undefined || original === undefined) continue;
        const first = byForm.get(form);
        if (form === original) found.equivalent.add(id);
        else if (first !== undefined) found.duplicates.set(id, first);
        else byForm.set(form, id);
      }
    } finally {
      programs.dispose();
    }
    return found;
  }

  #read(key: string, programs: Programs, unit: Unit): Original {
    if (this.#original?.key === key) return this.#original;
    const parts = new KnownParts();
    const form = programs.form(unit.wrap(unit.text), parts);
    parts.settle();
    this.#original = { key, form, parts };
    return this.#original;
  }

  #form(key: string, form: () => string | undefined): string | undefined {
    if (this.#forms.has(key)) return this.#forms.get(key);
    const [oldest] = this.#forms.keys();
    if (this.#forms.size >= KEPT && oldest !== undefined) this.#forms.delete(oldest);
    const found = form();
    this.#forms.set(key, found);
    return found;
  }
}

interface Original {
  key: string;
  form: string | undefined;
  parts: KnownParts;
}

/** Programs that have most of their text in common: only what differs from the one before is parsed. */
class Programs {
  readonly #language: SyntaxTree;
  #last: SyntaxTree | undefined;

  /** @param language a tree of any text in the language of the programs */
  constructor(language: SyntaxTree) {
    this.#language = language;
  }

  /** Digest of a program's normal form; undefined where it cannot be parsed. */
  form(text: string, parts: KnownParts): string | undefined {
    if (this.#last) this.#last.update(text);
    else this.#last = this.#language.parseAnother(text);
    const { rootNode } = this.#last.tree;
    return rootNode.hasError ? undefined : digest(normalForm(rootNode, parts));
  }

  dispose(): void {
    this.#last?.dispose();
  }
}

function digest(text: string): string {
  return hash('sha1', text, 'base64url');
}

/** A stretch of a text that can be parsed alone. */
interface Unit {
  text: string;
  start: Position;
  /** Offsets of its lines. */
  lines: number[];
  wrap(text: string): string;
}

function unitAt(tree: SyntaxTree, { start, end }: Range): Unit | undefined {
  const point = ({ line, column }: Position) => ({ row: line, column });
  let node: Node | null = tree.tree.rootNode.descendantForPosition(point(start), point(end));
  while (node?.parent?.parent && node.parent.startIndex === node.startIndex && node.parent.endIndex === node.endIndex) node = node.parent;
  if (!node) return undefined;
  const text = tree.text.slice(node.startIndex, node.endIndex);
  const lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const { row, column } = node.startPosition;
  return { text, lines, start: { line: row, column }, wrap: WRAPS[node.type] ?? ((alone) => alone) };
}

/** As an argument: an expression that nothing takes has no effect, and its form would be empty. */
const asArgument = (text: string) => `take(${text});`;
const WRAPS: Readonly<Record<string, (text: string) => string>> = {
  arrow_function: asArgument,
  function_expression: asArgument,
  generator_function: asArgument,
  method_definition: (text) => `take(class { ${text} });`,
};

function changed({ text, lines, start }: Unit, { range, replacement }: Omit<Change, 'id'>): string {
  const [from, to] = [range.start, range.end].map(
    ({ line, column }) => (lines[line - start.line] ?? text.length) + column - (line === start.line ? start.column : 0),
  );
  return `${text.slice(0, from)}${replacement}${text.slice(to)}`;
}
