import { COVER, fieldsOf, isNode } from './instrumented-nodes.ts';

/**
 * StrykerJS says that a test runs an arrow function without a block where it makes it, whether it calls it or not. Who wants to know which tests
 * call it has its code count itself, under an id that follows from the mutant's.
 */

/** The id under which the calls of an arrow function count that a mutant replaces. */
export function idOfCalls(mutant: string): string {
  return `${mutant} called`;
}

/** Has each arrow function without a block count its calls, in a syntax tree of Babel's that StrykerJS has placed its mutants in. */
export function countCalls(tree: unknown): void {
  for (const node of nodesOf(tree)) {
    const ids = coveredIds(node);
    const arrow = ids && arrowIn(node.expressions?.[1]);
    if (!ids || !arrow?.body || arrow.body.type === 'BlockStatement') continue;
    arrow.body = { type: 'SequenceExpression', expressions: [coverage(ids.map(idOfCalls)), arrow.body] };
  }
}

/** What is looked at of Babel's nodes. */
interface Node {
  type: string;
  name?: string;
  value?: unknown;
  callee?: Node;
  arguments?: Node[];
  expressions?: Node[];
  body?: Node;
  declarations?: { init?: Node }[];
}

/** All nodes of a tree, the inner ones first: what is added to one is not looked at. */
function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  return isNode(value) ? [...fieldsOf(value).flatMap(([, child]) => nodesOf(child)), value] : [];
}

/** The mutants in `(cover('1', '2'), code)`: what StrykerJS makes of an expression. */
function coveredIds({ type, expressions: [first] = [] }: Node): string[] | undefined {
  return type === 'SequenceExpression' && first?.callee?.name === COVER ? first.arguments?.map(({ value }) => String(value)) : undefined;
}

/** The arrow function that the code is, or that it names: `(() => { const a = (b) => b; return a; })()`. */
function arrowIn(code: Node | undefined): Node | undefined {
  if (code?.type === 'ArrowFunctionExpression') return code;
  const named = code?.type === 'CallExpression' ? (code.callee?.body as { body?: Node[] } | undefined)?.body?.[0] : undefined;
  return named?.declarations?.[0]?.init;
}

function coverage(ids: string[]): Node {
  return {
    type: 'CallExpression',
    callee: { type: 'Identifier', name: COVER },
    arguments: ids.map((value) => ({ type: 'StringLiteral', value })),
  };
}
