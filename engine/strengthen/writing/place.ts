import type { Node, Tree } from 'web-tree-sitter';
import { locateTest, writtenTests } from '../../syntax/index.ts';

/** Where a new test goes. */
export interface Place {
  /** Behind this place in the text. */
  offset: number;
  /** What stands in front of the statement that it goes behind. */
  indent: string;
  /** Whether tests there are set off by empty lines. */
  spaced: boolean;
  /** What a test is called there, for example `it`. */
  testName: string;
  /** How functions are written there. */
  callback: 'arrow' | 'function';
  /** The parameter of tests there, for example `t`; empty where they have none. */
  parameter: string;
  /** Titles of the suites around it. */
  suites: string[];
}

const TESTS = /^(it|test|specify)$/;
const SUITES = /^(describe|context|suite)$/;
/** What stands in one of these may be run any number of times, or never. */
const REPEATED = new Set([
  'for_statement',
  'for_in_statement',
  'while_statement',
  'do_statement',
  'if_statement',
  'call_expression',
  'function_declaration',
  'method_definition',
  'variable_declarator',
]);

/** Finds where a test goes that is like one of a file's: behind that one, or behind the last where there is no such one. Undefined in a file without tests. */
export function placeAfter(tree: Tree, text: string, testName: string): Place | undefined {
  const own = ownFunctions(tree);
  const tests = tree.rootNode
    .descendantsOfType('call_expression')
    .filter((node): node is Node => node !== null && TESTS.test(rootOf(node)) && !own.has(rootOf(node)));
  const calls = tests.filter(isStatement);
  const position = testName === '' ? undefined : locateTest(writtenTests(tree), testName);
  const named = position && calls.find(({ startPosition }) => startPosition.row === position.line && startPosition.column === position.column);
  const call = named ?? calls.at(-1);
  if (!call) return atTheEnd(tree, text, tests.at(-1));
  const statement = outOfLoops(statementOf(call));
  const lineStart = text.lastIndexOf('\n', statement.startIndex - 1) + 1;
  const before = text.slice(lineStart, statement.startIndex);
  const callback = call
    .childForFieldName('arguments')
    ?.namedChildren.find((one) => one?.type === 'arrow_function' || /^function/.test(one?.type ?? ''));
  return {
    offset: endOf(statement, text),
    indent: /^\s*$/.test(before) ? before : '',
    spaced: isSpaced(statement, text),
    testName: rootOf(call),
    callback: callback && callback.type !== 'arrow_function' ? 'function' : 'arrow',
    parameter: callback ? parameterOf(callback) : '',
    suites: suitesAround(statement),
  };
}

/** The names of the functions that a file declares: one that is called `test` makes no test by itself. */
function ownFunctions(tree: Tree): ReadonlySet<string> {
  const declared = tree.rootNode.descendantsOfType(['variable_declarator', 'function_declaration']).filter((node): node is Node => node !== null);
  const functions = declared.filter(
    (node) => node.type === 'function_declaration' || /^(arrow_function|function_expression)$/.test(node.childForFieldName('value')?.type ?? ''),
  );
  return new Set(functions.map((node) => node.childForFieldName('name')?.text ?? ''));
}

/** Where all tests are made by functions of the file, a new one stands behind everything. */
function atTheEnd(tree: Tree, text: string, like: Node | undefined): Place | undefined {
  const last = tree.rootNode.lastNamedChild;
  if (!like || !last) return undefined;
  return { offset: endOf(last, text), indent: '', spaced: true, testName: rootOf(like), callback: 'arrow', parameter: '', suites: [] };
}

function isStatement(call: Node): boolean {
  return call.parent?.type === 'expression_statement' || call.parent?.type === 'await_expression';
}

/** `it` of `it(…)`, `it.only(…)` and `it.each(…)(…)`. */
function rootOf(call: Node): string {
  let node: Node | null = call.childForFieldName('function');
  while (node && node.type !== 'identifier') node = node.childForFieldName('function') ?? node.childForFieldName('object');
  return node?.text ?? '';
}

function statementOf(node: Node): Node {
  let statement = node;
  while (statement.parent && statement.type !== 'expression_statement') statement = statement.parent;
  return statement;
}

/** What stands in a loop, or in a function that is called for each item, would stand there many times. */
function outOfLoops(statement: Node): Node {
  let result = statement;
  for (let node: Node | null = statement; node; node = node.parent) {
    const { parent } = node;
    if (!parent) break;
    const isSuite = node.type === 'call_expression' && SUITES.test(rootOf(node)) && !/\.each\b/.test(node.childForFieldName('function')?.text ?? '');
    if (isSuite) continue;
    if (REPEATED.has(node.type)) result = wholeStatement(node);
  }
  return result;
}

function wholeStatement(node: Node): Node {
  let statement = node;
  while (statement.parent && statement.parent.type !== 'statement_block' && statement.parent.type !== 'program') statement = statement.parent;
  return statement;
}

/** Behind its semicolon, and behind a comment on its last line. */
export function endOf(statement: Node, text: string): number {
  const rest = /^[ \t]*;?[ \t]*(\/\/[^\n\r]*)?/.exec(text.slice(statement.endIndex));
  return statement.endIndex + (rest?.[0].trimEnd().length ?? 0);
}

function isSpaced(statement: Node, text: string): boolean {
  const [before, after] = [statement.previousNamedSibling, statement.nextNamedSibling];
  const between = before ? text.slice(before.endIndex, statement.startIndex) : after ? text.slice(statement.endIndex, after.startIndex) : '\n\n';
  return /\n[ \t]*\r?\n/.test(between);
}

function parameterOf(callback: Node): string {
  const single = callback.childForFieldName('parameter')?.text;
  const parameters = callback.childForFieldName('parameters')?.namedChildren ?? [];
  const name = single ?? (parameters.length === 1 ? parameters[0]?.text : undefined);
  return name !== undefined && /^(t|ctx|context)$/.test(name) ? name : '';
}

function suitesAround(statement: Node): string[] {
  const suites: string[] = [];
  for (let node = statement.parent; node; node = node.parent) {
    if (node.type !== 'call_expression' || !SUITES.test(rootOf(node))) continue;
    const title = node.childForFieldName('arguments')?.namedChildren[0];
    suites.unshift(title?.type === 'string' ? title.text.slice(1, -1) : '');
  }
  return suites;
}

/** A statement with the line ends and the indentation of its place, behind what it stands behind. */
export function placed(text: string, { indent, spaced }: Place, lineEnd: string): string {
  const lines = text.split('\n').map((line) => (line === '' ? line : indent + line));
  return [...(spaced ? ['', ''] : ['']), ...lines].join(lineEnd);
}
