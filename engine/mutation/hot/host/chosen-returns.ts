import { ACTIVE, fieldsOf, isNode } from '../../instrumented-nodes.ts';
import { GLOBAL_NAME } from '../worker/switchboard.ts';
import type { Ast } from './parse.ts';
import { call, identifier, type Node } from './switch-nodes.ts';

/**
 * Has functions that lost their body return what the switchboard says (`Switchboard.returns`), which is `undefined` unless an experiment chose something:
 * a function that returns a constant is another breakage than one that does nothing (Descartes, Vera-Pérez et al., 2018).
 *
 * @param root a tree that StrykerJS has placed its mutants in, before switches are inlined
 */
export function chooseReturns(root: Ast['root']): void {
  visit(root as unknown as Node);
}

function visit(node: Node): void {
  const body = node.body as Node | undefined;
  if (isNode(body) && body.type === 'BlockStatement' && node.kind !== 'constructor') emptied(body);
  if (node.type === 'ConditionalExpression' && asks(node.test)) {
    const arrow = node.consequent as Node;
    if (arrow.type === 'ArrowFunctionExpression' && (arrow.body as Node).name === 'undefined') arrow.body = chosen();
  }
  for (const [, child] of fieldsOf(node)) for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) visit(one as Node);
}

/** `{ if (on('1')) { {} } else { … } }`: what StrykerJS makes of the body of a function. */
function emptied(body: Node): void {
  const [first] = body.body as Node[];
  if (first?.type !== 'IfStatement' || !asks(first.test)) return;
  const [inner] = (first.consequent as Node).body as Node[];
  if (inner?.type === 'BlockStatement' && (inner.body as Node[]).length === 0) inner.body = [{ type: 'ReturnStatement', argument: chosen() }];
}

function asks(test: unknown): boolean {
  return isNode(test) && (test as Node).type === 'CallExpression' && ((test as Node).callee as Node).name === ACTIVE;
}

/** `Reflect.get(globalThis, '…').returns`: the name of a mutant is asked for only where there are switches. */
function chosen(): Node {
  const object = { ...call('get', [identifier('globalThis'), { type: 'StringLiteral', value: GLOBAL_NAME }]) };
  object.callee = { type: 'MemberExpression', object: identifier('Reflect'), property: identifier('get'), computed: false };
  return { type: 'MemberExpression', object, property: identifier('returns'), computed: false };
}
