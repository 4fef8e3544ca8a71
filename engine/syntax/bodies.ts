import type { Node, Point, Tree } from 'web-tree-sitter';
import { comparePositions, type Position, type Range } from '../model/index.ts';
import { FUNCTIONS, functionName, nameNode } from './functions.ts';

/** A function whose body can be removed. */
export interface BodiedFunction {
  /** Whether it has a name, and so is a piece of its own. */
  isNamed: boolean;
  /** Where its name stands; of one without a name, what stands in front of its body: `async (a) =>`. */
  at: Range;
  /** What stands there. */
  text: string;
}

/**
 * What is replaced to remove the body of each function: its block or, of an arrow function without a block, all of it. A body with nothing in it cannot
 * be removed.
 */
export function functionBodies(tree: Tree): Range[] {
  return tree.rootNode
    .descendantsOfType([...FUNCTIONS])
    .map((node) => node && replacedIn(node))
    .flatMap((node) => (node ? [rangeOf(node)] : []));
}

/** The function that loses its body when what stands in a range is replaced; undefined where that is no body. */
export function functionOfBody(tree: Tree, { start, end }: Range): BodiedFunction | undefined {
  const found = tree.rootNode.descendantForPosition(toPoint(start), toPoint(end));
  const node = found?.type === 'statement_block' ? found.parent : found;
  const replaced = node && FUNCTIONS.has(node.type) ? replacedIn(node) : undefined;
  if (!node || !replaced || !isAt(replaced, { start, end })) return undefined;
  const name = nameNode(node);
  const last = name ?? node.childForFieldName('body')?.previousSibling ?? node;
  const first = name ?? node;
  return {
    isNamed: functionName(node) !== undefined,
    at: { start: toPosition(first.startPosition), end: toPosition(last.endPosition) },
    text: name?.text ?? node.text.slice(0, last.endIndex - node.startIndex),
  };
}

function replacedIn(node: Node): Node | undefined {
  const body = node.childForFieldName('body');
  if (body?.type !== 'statement_block') return body ? node : undefined;
  return body.namedChildren.some((child) => child && child.type !== 'comment') ? body : undefined;
}

function isAt(node: Node, range: Range): boolean {
  const { start, end } = rangeOf(node);
  return comparePositions(start, range.start) === 0 && comparePositions(end, range.end) === 0;
}

function rangeOf(node: Node): Range {
  return { start: toPosition(node.startPosition), end: toPosition(node.endPosition) };
}

function toPosition({ row, column }: Point): Position {
  return { line: row, column };
}

function toPoint({ line, column }: Position): Point {
  return { row: line, column };
}
