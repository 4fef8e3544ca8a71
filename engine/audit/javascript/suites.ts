import type { Bare } from '../../syntax/index.ts';
import type { Span, TestState } from '../model.ts';
import { type Chain, chainOf, isFunctionValue, squeezed, stringOf, unwrap } from './chain.ts';
import { isFunctionLike, parameterNames, type Script } from './script.ts';

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

const TESTS = /^(?:[fx]?it|[fx]?test|x?specify|Deno\.test)$/;
const SUITES = /^(?:[fx]?describe|x?context|x?suite)$/;
const MODIFIERS = new Set(
  'only skip todo fixme fail fails failing concurrent sequential serial shuffle each for skipIf runIf extend prop cb slow parallel test it describe suite effect scoped live'.split(
    ' ',
  ),
);
/** Modules that export what declares tests. */
const TEST_MODULES =
  /^(ava|tape|tap|node:test|test|uvu|qunit|blue-tape|tape-promise.*|@playwright\/test|vitest|@jest\/globals|bun:test|zora|brittle|borp|lab|@effect\/vitest|@fast-check\/(?:vitest|jest|ava).*)$/;

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

/** Whether a call declares a test or a suite. */
export function declares(chain: Chain, script: Script): 'test' | 'suite' | undefined {
  const { root, links } = chain;
  const last = links.at(-1);
  if (!last?.args || last.node !== chain.node || (root.type !== 'identifier' && root.type !== 'ternary_expression')) return undefined;
  const imported = script.imports.get(root.text);
  const isModule = imported !== undefined && TEST_MODULES.test(imported.module);
  const names = links.flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (!names.every((name) => MODIFIERS.has(name))) return undefined;
  // `it_id('…')(it)('title', …)`: what wraps a test function is one.
  if (links.slice(0, -1).some(({ name, args = [] }) => name === undefined && args.length === 1 && TESTS.test(args[0]?.text ?? '')))
    return hasFunction(last.args) ? 'test' : undefined;
  const word = isModule && imported.name !== '*' && imported.name !== 'default' ? imported.name : root.text;
  if (SUITES.test(word) || names.includes('describe') || names.includes('suite')) return hasFunction(last.args) ? 'suite' : undefined;
  const isTest =
    TESTS.test(word) ||
    (isModule && (imported.name === 'default' || imported.name === '*')) ||
    isAlias(root, script) ||
    names.includes('test') ||
    names.includes('it');
  if (!isTest) return undefined;
  // `it.each([…])` alone and `test.skip(condition)` declare nothing.
  if (
    links.some(({ name }) => name === 'each' || name === 'for' || name === 'skipIf' || name === 'runIf' || name === 'prop' || name === 'extend') &&
    last.name !== undefined
  )
    return undefined;
  const title = last.args[0];
  if (!title) return links.some(({ name }) => name === 'each') && last.name === undefined ? 'test' : undefined;
  // `test.skip(({ browserName }) => …, 'why')` of Playwright is a condition.
  if (names.some((name) => /^(skip|fixme|fail|slow)$/.test(name)) && titleOf(title) === undefined) return undefined;
  return hasFunction(last.args) || (last.args.length === 1 && titleOf(title) !== undefined) || last.args.length > 1 ? 'test' : undefined;
}

function isAlias(root: Bare, script: Script): boolean {
  const value = root.type === 'ternary_expression' ? root : unwrap(script.declared(root.text, root)?.value);
  if (!value || isFunctionLike(value)) return false;
  if (value.type === 'ternary_expression') return value.children.slice(1).every((one) => TESTS.test(chainOf(one).root.text));
  const chain = chainOf(value);
  return (
    TESTS.test(chain.root.text) &&
    chain.links.every(({ name }) => name === undefined || MODIFIERS.has(name)) &&
    (chain.links.length > 0 || TESTS.test(value.text))
  );
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
  const state = stateOf(chain, args, around.state);
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

/** Tests that a test declares (`t.test(…)`), without those that they declare themselves. */
function innerTests(fn: Bare, script: Script): Chain[] {
  const found: Chain[] = [];
  if (!/\.(test|it)\b/.test(fn.text)) return found;
  const look = (node: Bare) => {
    if (node.type === 'call_expression') {
      const chain = chainOf(node);
      if (
        chain.links.some(({ name }) => name === 'test' || name === 'it') &&
        declares(chain, script) === 'test' &&
        hasFunction(chain.links.at(-1)?.args ?? [])
      ) {
        found.push(chain);
        return;
      }
    }
    node.children.forEach(look);
  };
  fn.children.forEach(look);
  return found;
}

function stateOf({ root, links }: Chain, args: readonly Bare[], around: TestState): TestState {
  const names = links.map(({ name }) => name);
  const options = args.find(({ type }) => type === 'object');
  const option = (name: string) =>
    options?.children.some((pair) => pair.get('key')?.text === name && /^(true|'|"|`)/.test(pair.get('value')?.text ?? ''));
  if (/^x/.test(root.text) || names.includes('skip') || names.includes('todo') || names.includes('fixme') || option('skip') || option('todo'))
    return 'skipped';
  if (around === 'skipped') return 'skipped';
  if (/^f(it|test|describe)$/.test(root.text) || names.includes('only') || option('only')) return 'focused';
  return around === 'focused' ? 'run' : around;
}

/** Whether the first thing a test does is to skip itself. */
export function skipsItself(fn: Bare): boolean {
  const first = fn.get('body')?.children[0];
  return (
    first?.type === 'expression_statement' &&
    /^(?:(?:this|t|ctx|context)\.(?:skip|todo)\(|test\.(?:skip|fixme)\(\s*\)|pending\(|skip\(\s*\))/.test(first.text)
  );
}

function functionIn(args: readonly Bare[], script: Script): Bare | undefined {
  const written = args.findLast((arg) => isFunctionValue(unwrap(arg) ?? arg));
  if (written) return unwrap(written);
  for (const arg of args.toReversed()) {
    const value = unwrap(arg);
    if (value?.type === 'identifier') {
      const found = script.functionOf(value.text, value);
      if (found) return found;
    }
    if (value?.type === 'call_expression') {
      const inner = chainOf(value).links.flatMap(({ args: given = [] }) => given);
      const found = inner.findLast(isFunctionValue);
      if (found) return found;
    }
  }
  return undefined;
}

function hasFunction(args: readonly Bare[]): boolean {
  return args.some((arg) => isFunctionValue(unwrap(arg) ?? arg));
}

/** The title as it is written; undefined where it is no text. */
function titleOf(node: Bare | undefined): string | undefined {
  if (!node) return undefined;
  const value = unwrap(node);
  if (value?.type === 'template_string') return value.text.slice(1, -1);
  if (value?.type === 'binary_expression') return squeezed(value);
  return stringOf(value);
}

/** How many rows the literal table of an `each` has. */
function rowsOfEach({ links }: Chain, script: Script): number | undefined {
  for (const { name, args } of links) {
    if (name !== 'each' && name !== 'for') continue;
    const table = args?.[0];
    if (table?.type === 'template_string') return Math.max(1, table.text.split('\n').filter((line) => line.includes('${')).length);
    const rows = rowsOf(table, script);
    if (rows !== undefined) return Math.max(1, rows);
  }
  return undefined;
}

/** How many elements something that is gone through has, where that is written: `[…].forEach(…)`. */
function tableRows({ root, links }: Chain, script: Script): number | undefined {
  const at = links.findIndex(({ name, args }) => args && /^(forEach|map)$/.test(name ?? ''));
  return at === 0 ? rowsOf(root, script) : undefined;
}

/** The number of elements of an array or object that is written out, also where a constant is set to it; undefined where it is not known, 0 never. */
export function rowsOf(node: Bare | undefined, script: Script, depth = 8): number | undefined {
  const value = unwrap(node);
  if (depth === 0) return undefined;
  switch (value?.type) {
    case 'array':
    case 'object':
      return value.children.length > 0 ? value.children.length : undefined;
    case 'identifier': {
      const found = script.declared(value.text, value);
      return found?.constant && found.value && found.value !== value ? rowsOf(found.value, script, depth - 1) : undefined;
    }
    case 'call_expression': {
      const { root, links } = chainOf(value);
      const [first, ...rest] = links;
      if (root.text === 'Object' && /^(keys|values|entries)$/.test(first?.name ?? '') && rest.length === 0)
        return rowsOf(first?.args?.[0], script, depth - 1);
      // What keeps the number of elements, or can only be applied to such.
      if (links.every(({ name }) => /^(map|entries|slice|concat|reverse|sort|flatMap|keys|values|toReversed|toSorted)$/.test(name ?? '')))
        return rowsOf(root, script, depth - 1);
      return undefined;
    }
    default:
      return undefined;
  }
}
