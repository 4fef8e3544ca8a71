import traverse from '@babel/traverse';
import { ACTIVE, COVER } from '../../instrumented-nodes.ts';
import { STATE, type SwitchState } from '../worker/switchboard.ts';
import { call, identifier, type Node } from './guarded-copy.ts';
import type { Ast } from './parse.ts';

/**
 * Has instrumented code look at the state of its switches by itself, and call them only where there is something to do: loops take a third of the time.
 *
 *     on('1') ? true : (cover('1', '2'), a > b)
 *
 * becomes
 *
 *     state().on === 1 && on('1') ? true : ((state().fuel -= 2) < 0 && cover('1', '2'), a > b)
 *
 * @param root a tree that StrykerJS has placed its mutants in, and all else that asks for switches
 */
export function inlineSwitches(root: Ast['root']): void {
  for (const one of switchesIn(root)) {
    const asked = one.arguments as Node[];
    const state = (one.callee as Node).name === ACTIVE ? isOn(asked) : isOutOfFuel(asked);
    const { type, callee } = one;
    const slow = { type, callee, arguments: asked };
    Object.assign(one, { type: 'LogicalExpression', operator: '&&', left: state, right: slow, callee: undefined, arguments: undefined });
  }
}

/** Has the mutants of a file follow those of the files before it. */
export function renumber(root: Ast['root'], first: number): void {
  for (const one of switchesIn(root)) {
    for (const id of one.arguments as Node[]) Object.assign(id, { value: String(Number(id.value) + first), extra: undefined });
  }
}

/** `state().fuel` */
export function stateOf(part: keyof SwitchState): Node {
  return { type: 'MemberExpression', object: call(STATE, []), property: identifier(part), computed: false };
}

function isOn([id]: readonly Node[]): Node {
  return binary('===', stateOf('on'), Number(id?.value));
}

function isOutOfFuel(ids: readonly Node[]): Node {
  return binary('<', { type: 'AssignmentExpression', operator: '-=', left: stateOf('fuel'), right: number(ids.length) }, 0);
}

function binary(operator: string, left: Node, right: number): Node {
  return { type: 'BinaryExpression', operator, left, right: number(right) };
}

function number(value: number): Node {
  return { type: 'NumericLiteral', value };
}

/** The calls of StrykerJS's own switches. */
function switchesIn(root: Ast['root']): ReadonlySet<Node> {
  const found = new Set<Node>();
  traverse.cheap(root, (one) => {
    const { type, callee } = one as unknown as Node;
    if (type === 'CallExpression' && [ACTIVE, COVER].includes((callee as Node).name as string)) found.add(one as unknown as Node);
  });
  return found;
}
