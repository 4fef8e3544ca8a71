import { ACTIVE, COVER } from '../../instrumented-nodes.ts';

/** What is looked at of Babel's nodes. */
export interface Node {
  type: string;
  [key: string]: unknown;
}

/** The mutant that `on('1')` asks for. */
export function idAsked(node: Node): string | undefined {
  return callsOne(node, ACTIVE) ? ((node.arguments as Node[])[0]?.value as string) : undefined;
}

/** Whether it is `on('1') ? … : …`. */
export function isSwitch({ type, test }: Node): boolean {
  return type === 'ConditionalExpression' && idAsked(test as Node) !== undefined;
}

/** The code in `(cover('1', '2'), code)`. */
export function covered({ type, expressions }: Node): Node | undefined {
  const [first, code] = type === 'SequenceExpression' ? (expressions as Node[]) : [];
  return first && callsOne(first, COVER) ? code : undefined;
}

/** Whether it is a call of one of these. */
export function callsOne({ type, callee }: Node, ...names: readonly string[]): boolean {
  return type === 'CallExpression' && names.includes((callee as Node).name as string);
}

export function call(name: string, values: Node[]): Node {
  return { type: 'CallExpression', callee: identifier(name), arguments: values };
}

export function identifier(name: string): Node {
  return { type: 'Identifier', name };
}

export function text(value: unknown): Node {
  return { type: 'StringLiteral', value };
}
