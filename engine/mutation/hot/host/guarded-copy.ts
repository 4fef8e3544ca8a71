import type { Scope } from '@babel/traverse';
import { ACTIVE, fieldsOf, isNode } from '../../instrumented-nodes.ts';
import { PURE } from '../worker/pure-calls.ts';
import { call, covered, idAsked, identifier, isSwitch, type Node, text } from './switch-nodes.ts';

/** Where a node stands. */
export interface Place {
  parent: Record<string, unknown>;
  key: string;
  scope: Scope | undefined;
}

/** What the copy knows its guard by (`worker/guard.ts`). */
export const GUARD = '_9fa48';
const THIS = 'this_9fa48';
const ARGUMENTS = 'arguments_9fa48';

/** What may come to the same when parts of it change; of other code behind a switch each mutant makes something else. */
const OPERATIONS = new Set(['LogicalExpression', 'BinaryExpression', 'UnaryExpression', 'ConditionalExpression']);
const NAMES = new Set(['Identifier', 'MemberExpression', 'OptionalMemberExpression']);
const WRAPPERS = new Set(['ParenthesizedExpression', 'TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TypeCastExpression']);
const LITERALS: Record<string, readonly string[]> = {
  NullLiteral: [],
  StringLiteral: ['value'],
  NumericLiteral: ['value'],
  BooleanLiteral: ['value'],
  BigIntLiteral: ['value'],
};

/** A copy of an expression that can be evaluated any number of times: it stops where something may happen beyond coming to a value. */
export class GuardedCopy {
  readonly expression: Node;
  /** The mutants that stand in it. */
  readonly ids: string[] = [];
  /** What of the expression the copy stops at. */
  readonly left: Place[] = [];
  /** What it has to be given, by the names that it knows them by. */
  readonly values = new Map<string, Node>();
  readonly #scope: Scope | undefined;
  readonly #stopping: WeakSet<Node>;
  readonly #start: number;
  #sites = 0;

  /** @param stopping nodes that are known to stop always; those that are found to do so come to them */
  constructor(node: Node, scope: Scope | undefined, stopping: WeakSet<Node>) {
    this.#scope = scope;
    this.#stopping = stopping;
    this.#start = startOf(behindSwitches(node));
    this.expression = this.#of(node, true) ?? node;
  }

  /**
   * @param free whether no value that a mutant may have made is in use while this is evaluated
   * @returns undefined where it always stops: what stands in it is better weighed by itself
   */
  #of(node: Node, free: boolean): Node | undefined {
    if (this.#stopping.has(node)) return undefined;
    const { ids, left } = { ids: this.ids.length, left: this.left.length };
    const copy = this.#copy(node, free);
    if (copy) return copy;
    this.#stopping.add(node);
    this.ids.splice(ids);
    this.left.splice(left);
    return undefined;
  }

  #copy(node: Node, free: boolean): Node | undefined {
    const { type, operator } = node;
    const fields = LITERALS[type];
    if (fields) return { type, ...Object.fromEntries(fields.map((field) => [field, node[field]])) };
    if (type === 'ThisExpression') return this.#given(THIS, node);
    if (type === 'Identifier') return this.#name(node);
    const id = idAsked(node);
    if (id !== undefined) {
      this.ids.push(id);
      return call(ACTIVE, [text(id)]);
    }
    const code = covered(node) ?? (WRAPPERS.has(type) ? (node.expression as Node) : undefined);
    if (code) return this.#of(code, free);
    // What is left of a condition is not in use any more when what it decides is evaluated.
    if (type === 'ConditionalExpression') {
      const test = this.#of(node.test as Node, free);
      const consequent = this.#orStop(node, 'consequent', free);
      const alternate = isSwitch(node) ? this.#of(node.alternate as Node, free) : this.#orStop(node, 'alternate', free);
      return test && alternate && { type, test, consequent, alternate };
    }
    if (type === 'LogicalExpression') {
      const left = this.#of(node.left as Node, free);
      return left && { type, operator, left, right: this.#orStop(node, 'right', free) };
    }
    const ids = this.ids.length;
    return this.#operation(node, () => free && this.ids.length === ids);
  }

  /** A part that need not be evaluated. */
  #orStop(parent: Node, key: string, free: boolean): Node {
    const copy = this.#of(parent[key] as Node, free);
    if (!copy) this.left.push({ parent, key, scope: this.#scope });
    return copy ?? guard('stop', [this.#site(free)]);
  }

  /** What comes to a value of all its parts, in their order. */
  #operation(node: Node, free: () => boolean): Node | undefined {
    const { type, operator } = node;
    if (type === 'UnaryExpression') {
      const argument = operator === 'delete' || operator === 'throw' ? undefined : this.#of(node.argument as Node, free());
      if (/^(!|void|typeof)$/.test(String(operator))) return argument && { type, operator, prefix: true, argument };
      return argument && guard('unary', [text(operator), argument, this.#site(free())]);
    }
    if (type === 'BinaryExpression') {
      const sides = operator === '|>' || (node.left as Node).type === 'PrivateName' ? undefined : this.#all([node.left, node.right], free);
      if (/^[!=]==$/.test(String(operator))) return sides && { type, operator, left: sides[0], right: sides[1] };
      return sides && guard('binary', [text(operator), ...sides, this.#site(free())]);
    }
    if (type === 'TemplateLiteral') {
      const values = this.#all(node.expressions, free);
      const texts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => text(value.cooked));
      return values && guard('text', [array(texts), array(values), this.#site(free())]);
    }
    if (isPlainMember(node)) {
      const value = this.#member(node, free);
      return value && (type === 'OptionalMemberExpression' ? guard('end', [value]) : value);
    }
    if (!isPureCall(node)) return undefined;
    const callee = node.callee as Node;
    const method = callee.type === 'MemberExpression' ? (callee.property as Node).name : undefined;
    const parts = this.#all([method === undefined ? callee : callee.object, ...(node.arguments as Node[])], free);
    if (!parts) return undefined;
    const [called, ...values] = parts as [Node, ...Node[]];
    const site = this.#site(free());
    return method === undefined ? guard('call', [called, array(values), site]) : guard('method', [called, text(method), array(values), site]);
  }

  #all(nodes: unknown, free: () => boolean): Node[] | undefined {
    const copies = (nodes as Node[]).map((node) => this.#of(node, free()));
    return copies.every((copy) => copy !== undefined) ? copies : undefined;
  }

  /** `a.b`, or a part of `a?.b.c`: what stands behind `?.` is not evaluated where there is nothing in front of it. */
  #member(node: Node, free: () => boolean): Node | undefined {
    const object = node.object as Node;
    const isLink = node.type === 'OptionalMemberExpression' && object.type === 'OptionalMemberExpression' && isPlainMember(object);
    const before = isLink ? this.#member(object, free) : this.#of(object, free());
    const key = node.computed ? this.#of(node.property as Node, free()) : text((node.property as Node).name);
    if (!before || !key) return undefined;
    if (!node.optional) return guard('get', [before, key, this.#site(free())]);
    return guard('getAny', [before, { type: 'ArrowFunctionExpression', params: [], body: key }, this.#site(free())]);
  }

  /** A variable. Those of functions have to be given; those of the file are there for all. */
  #name(node: Node): Node | undefined {
    const name = node.name as string;
    if (name === 'arguments') return this.#given(ARGUMENTS, node);
    const binding = this.#scope?.getBinding(name);
    if (!binding || binding.scope.path.isProgram()) return identifier(name);
    // It may not have a value yet, which is no matter where it is not evaluated.
    if (/^(let|const|local)$/.test(binding.kind) && startOf(binding.identifier as unknown as Node) > this.#start) return undefined;
    return this.#given(name, identifier(name));
  }

  #given(name: string, value: Node): Node {
    this.values.set(name, value);
    return identifier(name);
  }

  /** The number of a place at which it may stop: 0 where stopping there with and without a mutant need not be the same. */
  #site(free: boolean): Node {
    return { type: 'NumericLiteral', value: free ? ++this.#sites : 0 };
  }
}

/** Whether a mutant in it may leave what it comes to as it is: not where the whole is a literal or a function, which each mutant of it changes. */
export function isOperation(node: Node): boolean {
  if (OPERATIONS.has(node.type) && !isSwitch(node)) return true;
  const code = isSwitch(node) ? behindSwitches(node) : undefined;
  return code !== undefined && (OPERATIONS.has(code.type) || NAMES.has(code.type) || isPureCall(code));
}

/** The code of the program at the end of `on('1') ? … : on('2') ? … : (cover('1', '2'), code)`. */
function behindSwitches(node: Node): Node {
  if (isSwitch(node)) return behindSwitches(node.alternate as Node);
  return covered(node) ?? node;
}

/** Whether it is `a.b`, `a[b]` or `a?.b`. */
function isPlainMember({ type, object, property }: Node): boolean {
  return /^(Optional)?MemberExpression$/.test(type) && (object as Node).type !== 'Super' && (property as Node).type !== 'PrivateName';
}

/**
 * Whether it may call a function of the language that only comes to a value; what is called is known when it runs. Names that programs use for functions of
 * their own too count only where no mutant stands in the call: of what stands in front of one that stops nothing is known then.
 */
function isPureCall({ type, callee, arguments: values }: Node): boolean {
  if (type !== 'CallExpression' || (values as Node[]).some(({ type }) => type === 'SpreadElement')) return false;
  const { object, property, computed, name } = callee as Node & Record<'object' | 'property', Node>;
  const method = isPlainMember(callee as Node) && !computed && (callee as Node).type === 'MemberExpression' ? String(property.name) : undefined;
  if (method === 'call') return (object.property as Node | undefined)?.name === 'hasOwnProperty';
  const called = method ?? ((callee as Node).type === 'Identifier' ? String(name) : '');
  return PURE.has(called) && (!/^(get|has|test)$/.test(called) || !(holdsSwitch(callee) || holdsSwitch(values)));
}

function holdsSwitch(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSwitch);
  return isNode(value) && (idAsked(value as Node) !== undefined || fieldsOf(value).some(([, child]) => holdsSwitch(child)));
}

function guard(name: string, values: Node[]): Node {
  const callee = { type: 'MemberExpression', object: identifier(GUARD), property: identifier(name), computed: false };
  return { type: 'CallExpression', callee, arguments: values };
}

export function array(elements: Node[]): Node {
  return { type: 'ArrayExpression', elements };
}

/** Where a node starts in the text; of one that was put there later, it is taken to be in front of all. */
function startOf(node: Node): number {
  return typeof node.start === 'number' ? node.start : 0;
}
