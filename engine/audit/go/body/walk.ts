import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { type FunctionFinder, Gathered, readInOrder, type Standing, type Stated, secure } from '../../reading/index.ts';
import { GoValues } from '../values.ts';
import { readCall } from './calls.ts';
import { mayLeave, readCases, readIf } from './conditions.ts';
import { awaitedUntil, isVerified, onlyPanics } from './goroutines.ts';
import { Look, returns, statementsIn } from './look.ts';
import { readFor } from './loops.ts';
import { Rows } from './rows.ts';
import { settled } from './settled.ts';

/** What the body of a test was found to do. */
interface Reading {
  checks: Check[];
  acts: boolean;
  /** Rows of the table that it goes through; 1 where there is none. */
  rows: number;
}

/** A walk through the body of one function, which gathers what it does. What stands in it is read by the other files of this folder. */
export class Walk {
  readonly find: FunctionFinder;
  /** The functions that are read now, each called in the one before. */
  readonly following: readonly Bare[];
  readonly gathered = new Gathered();
  readonly look: Look;
  readonly values: GoValues;
  readonly rows: Rows;
  /** Functions that have a name in the test. */
  readonly closures = new Map<string, Bare>();
  /** Where functions begin that answer requests. */
  readonly handlers = new Set<number>();
  /** Goroutines that nothing waits for, with the assertions that were read in each. */
  readonly lost: { goroutine: Bare; from: number; to: number }[] = [];
  /** The function that is read. */
  readonly fn: Bare;

  /** `tests` are the names of what a test fails with: `t`, and the receiver of a suite. */
  constructor(fn: Bare, find: FunctionFinder, tests: Iterable<string>, following: readonly Bare[] = []) {
    this.fn = fn;
    this.find = find;
    this.following = following;
    this.look = new Look(tests);
    this.values = new GoValues(fn, find);
    this.rows = new Rows(this.values, this.gathered.checks);
  }

  /** Reads the function. */
  read(): Reading {
    this.block(this.fn.get('body'), { certainty: 'always' });
    return { checks: settled(this), acts: this.gathered.acts, rows: this.rows.count };
  }

  /** The assertions of a helper that is called; `closure` is its name where it is one of this function, whose names it knows. */
  readHelper(fn: Bare, closure?: string): Check[] {
    const given = (fn.get('parameters')?.children ?? [])
      .filter((one) => /testing\.(T|B|TB)\b|TestingT|require\.|assert\./.test(one.text))
      .map((one) => one.get('name')?.text ?? 't');
    const walk = new Walk(fn, this.find, closure === undefined ? given : [...this.look.tests, ...given], [...this.following, fn]);
    for (const [name, value] of this.closures) if (name !== closure) walk.closures.set(name, value);
    return walk.read().checks;
  }

  /** Takes what an assertion states; `shown` is the place of findings about it. */
  add(stated: Stated, standing: Standing, shown: Bare): void {
    this.gathered.add(stated, standing, shown);
  }

  /** Reads the statements of a block, where there is one. */
  block(block: Bare | undefined, standing: Standing): void {
    readInOrder(statementsIn(block), standing, {
      gathered: this.gathered,
      read: (statement, after) => this.visit(statement, after),
      fails: (statement) => this.look.isFailing(statement),
      returns,
      mayLeave: (statement) => mayLeave(this, statement),
    });
  }

  /** Reads a statement or an expression. */
  visit(node: Bare, standing: Standing): void {
    switch (node.type) {
      case 'if_statement':
        readIf(this, node, standing);
        return;
      case 'for_statement':
        readFor(this, node, standing);
        return;
      case 'expression_switch_statement':
      case 'type_switch_statement':
      case 'select_statement':
        readCases(this, node, standing);
        return;
      case 'go_statement':
        this.#goroutine(node, standing);
        return;
      case 'short_var_declaration':
      case 'assignment_statement':
      case 'var_spec':
        if (this.#named(node)) return;
        break;
      case 'block':
        this.block(node, standing);
        return;
      case 'call_expression':
        readCall(this, node, standing);
        return;
      case 'func_literal':
        this.#literal(node, standing);
        return;
      default:
        break;
    }
    for (const child of node.children) this.visit(child, standing);
  }

  #goroutine(node: Bare, standing: Standing): void {
    const literal = node.children[0]?.get('function');
    if (literal?.type !== 'func_literal' || onlyPanics(literal, this.look)) return;
    const { checks } = this.gathered;
    const until = awaitedUntil(literal, this.fn);
    const from = checks.length;
    this.block(literal.get('body'), until === undefined ? { ...standing, flaw: standing.flaw ?? 'unawaited' } : standing);
    if (until === undefined) this.lost.push({ goroutine: literal, from, to: checks.length });
    else this.gathered.replace(from, checks.length, (check) => (check.start > until && !check.flaw ? { ...check, flaw: 'unawaited' } : check));
  }

  /** What is given a name. Answers whether it is a function, which is read where it is called. */
  #named(node: Bare): boolean {
    const name = node.get('left')?.children[0]?.text ?? node.get('name')?.text;
    const value = node.get('right')?.children[0] ?? node.get('value')?.children[0];
    if (!name || !value) return false;
    if (value.type === 'func_literal') this.closures.set(name, value);
    else if (/^(assert|require|is|must|qt|quicktest)\.New\(/.test(value.text)) this.look.tests.add(name);
    return value.type === 'func_literal';
  }

  /** A test of a table that is told what to look at, or a handler that may be called. */
  #literal(fn: Bare, standing: Standing): void {
    if (!this.look.asserts(fn)) return;
    const parameters = fn.get('parameters')?.text ?? '';
    if (/http\.ResponseWriter|\.Context\b/.test(parameters)) this.handlers.add(fn.start);
    const isCalled = /\*testing\.|assert\.|require\./.test(parameters) || this.#isCalledOfRow(fn) || isVerified(fn, this.fn);
    const until = isCalled ? undefined : awaitedUntil(fn, this.fn);
    const { checks } = this.gathered;
    const from = checks.length;
    this.block(fn.get('body'), isCalled ? standing : this.gathered.under(standing, 'callback', fn));
    // What gives a signal that the test waits for was called.
    if (until !== undefined) secure(checks, from, fn, standing, { start: until });
  }

  /** Whether a function stands in a table, and what the test does with the rows calls it. */
  #isCalledOfRow(fn: Bare): boolean {
    let at: Bare | undefined = fn;
    while (at?.parent && at.parent.type !== 'keyed_element' && /^(literal_element|parenthesized_expression)$/.test(at.parent.type)) at = at.parent;
    const key = at?.parent?.type === 'keyed_element' ? at.parent.children[0]?.text : undefined;
    return key !== undefined && new RegExp(`\\.${key}\\(`).test(this.fn.text);
  }
}
