import type { Bare } from '../../syntax/index.ts';
import type { Span, TestState } from '../model.ts';
import { type Chain, chainOf, isFunctionValue, squeezed } from './chain.ts';
import { declares, functionIn, innerTests, skipsItself, stateOf, titleOf } from './declarations.ts';
import { isFunctionLike, parameterNames, type Script } from './script.ts';
import { rowsOf, rowsOfEach, tableRows } from './tables.ts';

/** A test where it is written, with what is needed to read it. */
export interface WrittenTest {
  title: string[];
  call: Bare;
  head: Span;
  state: TestState;
  rows: number;
  /** The function that is run; undefined where it is not written in this file, or there is none. */
  fn?: Bare;
  /** Whether a table gives it its arguments. */
  isTable: boolean;
  /** Whether the suite around it is not run, which is said there. */
  inSkipped: boolean;
  /** What the tests around it were given, which it may assert with. */
  contexts: readonly string[];
  /** Whether it declares tests of its own, and may be no more than a suite. */
  declares: boolean;
  /** What stands in the place of a function that cannot be read. */
  unread?: Bare;
}

/** Told of each test, and of what stands outside of tests. */
export interface Visitor {
  test(test: WrittenTest): void;
  /** A suite that is not run, or keeps tests outside of it from being run. */
  suite(state: 'skipped' | 'focused', head: Span, call: Bare): void;
  /** A statement of a suite or of the file that declares no test. */
  other(statement: Bare, inSuite: boolean): void;
}

interface Around {
  suites: readonly string[];
  state: TestState;
  rows: number;
  inSuite: boolean;
  contexts: readonly string[];
}

/** Finds the tests of a file: also in loops, conditions and functions that declare some. */
export function findTests(script: Script, visitor: Visitor): void {
  visitStatements(script.root, { suites: [], state: 'run', rows: 1, inSuite: false, contexts: [] }, script, visitor);
}

/** What is looked through for tests. */
const PASSED = new Set([
  'expression_statement',
  'statement_block',
  'if_statement',
  'else_clause',
  'for_statement',
  'while_statement',
  'do_statement',
  'try_statement',
  'catch_clause',
  'switch_statement',
  'switch_body',
  'switch_case',
  'switch_default',
  'lexical_declaration',
  'variable_declaration',
  'variable_declarator',
  'export_statement',
  'await_expression',
  'parenthesized_expression',
  'labeled_statement',
  'program',
  'finally_clause',
  'ternary_expression',
  'assignment_expression',
  'object',
  'pair',
  'array',
]);

function visitStatements(block: Bare, around: Around, script: Script, visitor: Visitor): void {
  for (const statement of block.children) visit(statement, around, script, visitor);
}

function visit(node: Bare, around: Around, script: Script, visitor: Visitor): void {
  if (node.type === 'call_expression') {
    const chain = chainOf(node);
    const what = declares(chain, script);
    if (what) {
      declared(what, chain, around, script, visitor);
      return;
    }
    const table = tableRows(chain, script);
    // A function that is given to a call runs when that says so; one for each element of a table runs now.
    const isNow = chain.links.at(-1)?.name === 'forEach' || chain.links.at(-1)?.name === 'map';
    const inner = { ...around, rows: around.rows * (table ?? 1), inSuite: around.inSuite && isNow };
    for (const arg of chain.links.flatMap(({ args = [] }) => args)) {
      if (isFunctionValue(arg)) visitBody(arg, inner, script, visitor);
      else if (arg.type === 'object') visit(arg, around, script, visitor);
    }
    if (around.inSuite || node.parent?.parent?.type === 'program') visitor.other(node, around.inSuite);
    return;
  }
  if (node.type === 'for_in_statement') {
    const rows = rowsOf(node.get('right'), script);
    const body = node.get('body');
    if (body) visit(body, rows === undefined ? around : { ...around, rows: around.rows * rows }, script, visitor);
    return;
  }
  if (isFunctionLike(node)) {
    // A function that declares tests when it is called: its own helpers are read where they are called.
    visitBody(node, { ...around, inSuite: false }, script, visitor);
    return;
  }
  if (PASSED.has(node.type)) visitStatements(node, around, script, visitor);
}

function visitBody(fn: Bare, around: Around, script: Script, visitor: Visitor): void {
  const body = fn.get('body');
  if (body) visit(body, around, script, visitor);
}

function declared(what: 'test' | 'suite', chain: Chain, around: Around, script: Script, visitor: Visitor): void {
  const args = chain.links.at(-1)?.args ?? [];
  const title = [...around.suites, titleOf(args[0]) ?? (args[0] ? squeezed(args[0]).slice(0, 80) : '')];
  const told = stateOf(chain, args, around.state);
  // `it.only(name, …)` in a function focuses what that is called for.
  const state = told === 'focused' && what === 'test' && titleOf(args[0]) === undefined && args.length > 0 ? 'run' : told;
  const rows = around.rows * (rowsOfEach(chain, script) ?? 1);
  if (args.length === 0) {
    // A table without tests keeps others from being run all the same.
    if (state === 'focused') visitor.suite(state, headOf(chain), chain.node);
    return;
  }
  const fn = functionIn(args, script);
  if (what === 'suite') {
    if (state === 'focused' || (state === 'skipped' && around.state !== 'skipped')) visitor.suite(state, headOf(chain), chain.node);
    if (fn) visitBody(fn, { suites: title, state, rows, inSuite: true, contexts: around.contexts }, script, visitor);
    return;
  }
  const tests = fn ? innerTests(fn, script) : [];
  const unread = fn ? undefined : args.slice(1).find(({ type }) => /^(identifier|member_expression|call_expression)$/.test(type));
  const isPending = !fn && !unread;
  visitor.test({
    title,
    call: chain.node,
    head: headOf(chain),
    isTable: chain.links.some(({ name }) => name === 'each' || name === 'for' || name === 'prop'),
    inSkipped: around.state === 'skipped',
    state: state !== 'focused' && (isPending || (fn && skipsItself(fn))) ? 'skipped' : state,
    rows,
    declares: tests.length > 0,
    contexts: around.contexts,
    ...(fn && { fn }),
    ...(unread && { unread }),
  });
  const own = fn ? parameterNames(fn).slice(0, 1) : [];
  for (const inner of tests)
    declared('test', inner, { suites: title, state, rows: 1, inSuite: true, contexts: [...around.contexts, ...own] }, script, visitor);
}

function headOf({ node, links }: Chain): Span {
  return { start: node.start, end: links.at(-1)?.args?.[0]?.end ?? node.end };
}
