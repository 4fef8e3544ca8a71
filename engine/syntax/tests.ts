import type { Node, Tree } from 'web-tree-sitter';
import type { Position } from '../model/index.ts';

const SUITES = new Set(['describe', 'context', 'suite', 'fdescribe', 'xdescribe']);
const TESTS = new Set(['it', 'test', 'specify', 'fit', 'xit']);

/** A test as it is written in a test file. */
export interface WrittenTest {
  /** Titles of the suites around it and its own; each part that is only known at run time is `null`. */
  title: (string | null)[];
  position: Position;
}

/** All tests that are written in a test file. */
export function writtenTests(tree: Tree): WrittenTest[] {
  const found: WrittenTest[] = [];
  collect(tree.rootNode, [], found);
  return found;
}

/**
 * Where the test with a full title (suites and test, joined by spaces or ` > `) stands among the tests of a file.
 * Titles made at run time (`it.each`, template literals) match by their fixed parts. Undefined where no test fits.
 */
export function locateTest(candidates: readonly WrittenTest[], fullTitle: string): Position | undefined {
  const wanted = normalise(fullTitle);
  const exact = candidates.find(({ title }) => !title.includes(null) && normalise(title.join(' ')) === wanted);
  return (exact ?? candidates.find(({ title }) => matches(title, wanted)))?.position;
}

function collect(node: Node, suites: (string | null)[], into: WrittenTest[]): void {
  for (const child of node.namedChildren) {
    if (!child) continue;
    const kind = child.type === 'call_expression' ? calledName(child.childForFieldName('function')) : undefined;
    if (kind && (SUITES.has(kind) || TESTS.has(kind))) {
      const args = child.childForFieldName('arguments');
      const title = [...suites, ...titleParts(args?.namedChildren[0] ?? null)];
      if (TESTS.has(kind)) into.push({ title, position: { line: child.startPosition.row, column: child.startPosition.column } });
      if (args) collect(args, SUITES.has(kind) ? title : suites, into);
    } else collect(child, suites, into);
  }
}

/** `it`, `it.only`, `test.each([...])` and `describe.skip.each` are all known by their first name. */
function calledName(callee: Node | null): string | undefined {
  switch (callee?.type) {
    case 'identifier':
      return callee.text;
    case 'member_expression':
      return calledName(callee.childForFieldName('object'));
    case 'call_expression':
      return calledName(callee.childForFieldName('function'));
    default:
      return undefined;
  }
}

function titleParts(argument: Node | null): (string | null)[] {
  if (argument?.type === 'string') return placeholders(unescapeString(argument.text.slice(1, -1)));
  if (argument?.type === 'template_string') {
    return argument.text
      .slice(1, -1)
      .split(/\$\{[^}]*\}/)
      .flatMap((part, i) => (i === 0 ? placeholders(part) : [null, ...placeholders(part)]));
  }
  return [null];
}

/** `%s`, `%#` and `$name` stand for values in the titles of `each`. */
function placeholders(title: string): (string | null)[] {
  return title.split(/%[sdifjop#%]|\$\w+(?:\.\w+)*/).flatMap((part, i) => (i === 0 ? [part] : [null, part]));
}

function matches(title: (string | null)[], wanted: string): boolean {
  const pattern = title.map((part) => (part === null ? '.*' : normalise(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return title.some((part) => part?.trim()) && new RegExp(`^\\s*${pattern.join('\\s*')}\\s*$`, 's').test(wanted);
}

function normalise(title: string): string {
  return title.replaceAll(' > ', ' ').replace(/\s+/g, ' ').trim();
}

function unescapeString(text: string): string {
  return text.replace(/\\(['"`\\])/g, '$1');
}
