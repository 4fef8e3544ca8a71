import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { holds } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { isConstant } from '../facts.ts';
import type { GoValues } from '../values.ts';

/** The most rows of a table that count. */
const MOST = 16;

/** What a test goes through: the rows of its tables, and what is known to have elements. */
export class Rows {
  /** Rows of the longest table that is asserted about; 1 where there is none. */
  count = 1;
  /** Names of rows, and of counters of loops that are written out. */
  readonly #names = new Set<string>();
  /** Tables that rows are taken from, by the names of the rows. */
  readonly #tables = new Map<string, Bare>();
  /** Whose lengths were compared. */
  readonly #measured = new Set<string>();
  readonly #values: GoValues;
  readonly #checks: readonly Check[];

  /** `checks` are the assertions that were read so far; they grow. */
  constructor(values: GoValues, checks: readonly Check[]) {
    this.#values = values;
    this.#checks = checks;
  }

  /** Remembers what a loop goes through: a table, where it is written out with so many rows. */
  goesThrough(over: Bare, rows: number, names: readonly Bare[], isAsserting: boolean): void {
    for (const { text } of names) this.#tables.set(text, over);
    if (!isAsserting) return;
    this.count = Math.max(this.count, Math.min(MOST, rows));
    for (const { text } of names) this.#names.add(text);
  }

  /** Remembers the counter of a loop that is written out. */
  counts(name: string): void {
    this.#names.add(name);
  }

  /** Remembers whose lengths are compared. */
  measure(node: Bare): void {
    for (const [, of] of squeezed(node).matchAll(/\blen\(([\w.]+)\)/g)) if (of) this.#measured.add(of);
  }

  /** Whether a loop over something, or up to it, runs at least once; `count` is how many elements it has, where that is known. */
  isSomething(node: Bare, count = this.#values.count(node)): boolean {
    return count !== undefined || isConstant(node) || this.#isLooked(node) || this.#values.of(node.text)?.type === 'int_literal';
  }

  /** Whether it is a field of a row that some row of the table fills. */
  isFilledField(node: Bare): boolean {
    return node.type === 'selector_expression' && this.#values.isFilledField(node, this.#tables.get(node.get('operand')?.text ?? ''));
  }

  /** Whether a condition asks only about a row of a table that is written out. */
  isAsked(condition: Bare | undefined): boolean {
    if (!condition) return false;
    const names = condition.filter(({ type, field }) => type === 'identifier' && field !== 'field');
    return (
      names.some(({ text }) => this.#isName(text)) &&
      names.every(({ text, parent }) => this.#isName(text) || parent?.type === 'call_expression' || /^(len|nil|true|false)$/.test(text))
    );
  }

  /** Whether a name is that of a row, or is set to what comes of rows alone. */
  #isName(name: string): boolean {
    if (this.#names.has(name)) return true;
    const value = this.#values.of(name);
    if (!value || value.some(({ type }) => type === 'call_expression' || type === 'func_literal')) return false;
    const inner = value.filter(({ type }) => type === 'identifier');
    return inner.length > 0 && inner.every(({ text }) => this.#names.has(text));
  }

  /** Whether the length of something was asserted before. */
  #isLooked(node: Bare): boolean {
    const subject = squeezed(node).replace(/^len\((.*)\)$/, '$1');
    if (this.#measured.has(subject)) return true;
    return this.#checks.some(
      (check) =>
        holds(check) && (check.subject === subject || check.subject === `len(${subject})`) && check.fact !== 'no-error' && check.fact !== 'exists',
    );
  }
}
