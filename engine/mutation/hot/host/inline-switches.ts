import traverse from '@babel/traverse';
import { ACTIVE, COVER, fieldsOf, isNode } from '../../instrumented-nodes.ts';
import { STATE, type SwitchState } from '../worker/switchboard.ts';
import type { Ast } from './parse.ts';
import { call, callsOne, identifier, type Node } from './switch-nodes.ts';

/** What stands for the question whether expressions are weighed, until switches are inlined. */
const WEIGHS = 'weighs_9fa48';
/** What the body of a function knows the state by. */
const LOCAL = 's_9fa48';

/**
 * Has instrumented code look at the state of its switches by itself, and call them only where there is something to do: calls cost several times what the
 * code around them does.
 *
 *     function f(a) { return on('1') ? true : (cover('1', '2'), a > 0); }
 *
 * becomes
 *
 *     function f(a) { const s = state(); return s.on === 1 && on('1') ? true : ((s.fuel -= 2) < 0 && cover(1, 2), a > 0); }
 *
 * @param root a tree that StrykerJS has placed its mutants in, and all else that asks for switches
 */
export function inlineSwitches(root: Ast['root']): void {
  new Inlining().visit(root as unknown as Node, undefined);
}

/** Has the mutants of a file follow those of the files before it. */
export function renumber(root: Ast['root'], first: number): void {
  const ids = new Set<Node>();
  traverse.cheap(root, (one) => {
    const node = one as unknown as Node;
    if (callsOne(node, ACTIVE, COVER)) for (const id of node.arguments as Node[]) ids.add(id);
  });
  for (const id of ids) Object.assign(id, { value: String(Number(id.value) + first), extra: undefined });
}

/** Asks whether expressions are weighed. */
export function weighs(): Node {
  return call(WEIGHS, []);
}

/** The body of a function, where the state has a name once it is used. */
interface Body {
  isNamed: boolean;
}

class Inlining {
  /** Switches that are inlined: a tree may hold a node in two places. */
  readonly #done = new Set<Node>();

  visit(node: Node, around: Body | undefined): void {
    if (this.#done.has(node)) {
      if (around) around.isNamed = true;
      return;
    }
    for (const [key, child] of fieldsOf(node)) {
      const body = isFunction(node) && key === 'body' ? (child as Node) : undefined;
      if (body?.type === 'BlockStatement') this.#visitBody(body);
      else for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) this.visit(one as Node, key === 'params' ? undefined : around);
    }
    if (callsOne(node, ACTIVE, COVER)) this.#inline(node, around);
    else if (callsOne(node, WEIGHS)) replace(node, stateOf('weighs', around));
  }

  /** A function may be called before the file that it stands in has run: it asks for the state itself. */
  #visitBody(node: Node): void {
    const body = { isNamed: false };
    this.visit(node, body);
    if (!body.isNamed) return;
    const declarator = { type: 'VariableDeclarator', id: identifier(LOCAL), init: call(STATE, []) };
    (node.body as Node[]).unshift({ type: 'VariableDeclaration', kind: 'const', declarations: [declarator] });
  }

  #inline(node: Node, around: Body | undefined): void {
    const left = callsOne(node, ACTIVE) ? isOn(node, around) : isOutOfFuel(node, around);
    const right = { ...node, ...(callsOne(node, COVER) && { arguments: (node.arguments as Node[]).map(asNumber) }) };
    replace(node, { type: 'LogicalExpression', operator: '&&', left, right });
    this.#done.add(node);
  }
}

function isOn({ arguments: ids }: Node, around: Body | undefined): Node {
  return binary('===', stateOf('on', around), Number((ids as Node[])[0]?.value));
}

function isOutOfFuel({ arguments: ids }: Node, around: Body | undefined): Node {
  return binary('<', { type: 'AssignmentExpression', operator: '-=', left: stateOf('fuel', around), right: number((ids as Node[]).length) }, 0);
}

function stateOf(part: keyof SwitchState, around: Body | undefined): Node {
  if (around) around.isNamed = true;
  return { type: 'MemberExpression', object: around ? identifier(LOCAL) : call(STATE, []), property: identifier(part), computed: false };
}

/** The id of a mutant as a number, which counts faster than text; ids that are none stay as they are. */
function asNumber(id: Node): Node {
  return /^\d+$/.test(String(id.value)) ? number(Number(id.value)) : id;
}

function binary(operator: string, left: Node, right: number): Node {
  return { type: 'BinaryExpression', operator, left, right: number(right) };
}

function number(value: number): Node {
  return { type: 'NumericLiteral', value };
}

/** Makes a call another node, where it stands. */
function replace(node: Node, by: Node): void {
  Object.assign(node, { callee: undefined, arguments: undefined }, by);
}

function isFunction({ type }: Node): boolean {
  return /Function(Expression|Declaration)$|^(Object|Class|ClassPrivate)Method$/.test(type);
}
