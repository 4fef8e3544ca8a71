import traverse, { type Scope } from '@babel/traverse';
import { WEIGH, WEIGHS } from '../worker/switchboard.ts';
import type { Ast } from './parse.ts';

/**
 * Has each expression in which mutants stand, where it can be evaluated twice, say which of them would change what it comes to (`worker/infection.ts`):
 *
 *     if (on('1') ? true : (cover('1'), a.b > f()))
 *
 * becomes, with `guard.stop(2)` for what may do more than come to a value,
 *
 *     if ((weighs() && weigh(true, ['1'], weighed1, [a]), …what stood there))
 *     function weighed1(guard, a) { return on('1') ? true : guard.binary('>', guard.get(a, 'b', 1), guard.stop(2), 0); }
 *
 * The functions stand at the end of the file: closures would make the code around them slow.
 *
 * @param root a tree that StrykerJS has placed its mutants in
 */
export function weighExpressions(root: Ast['root']): void {
  const scopes = new Map<unknown, Scope>();
  traverse(root, { Scopable: ({ node, scope }) => void scopes.set(node, scope) });
  new Weighing(scopes).visitFile(root as unknown as Node);
}

/** What is looked at of Babel's nodes. */
interface Node {
  type: string;
  [key: string]: unknown;
}

/** Where a node stands. */
interface Place {
  parent: Record<string, unknown>;
  key: string;
  scope: Scope | undefined;
}

/** The names that StrykerJS gives what asks whether a mutant is on, and what counts. */
const ACTIVE = 'stryMutAct_9fa48';
const COVER = 'stryCov_9fa48';
const GUARD = 'assayGuard_9fa48';
const THIS = 'assayThis_9fa48';
const ARGUMENTS = 'assayArguments_9fa48';

const CONDITIONS = new Set(['IfStatement', 'WhileStatement', 'DoWhileStatement', 'ForStatement', 'ConditionalExpression']);
/** What comes to the same when parts of it change; of other code that stands behind a switch each mutant makes something else. */
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

/** Looks through a file, and adds what it is weighed by. */
class Weighing {
  readonly #scopes: ReadonlyMap<unknown, Scope>;
  readonly #functions: Node[] = [];

  constructor(scopes: ReadonlyMap<unknown, Scope>) {
    this.#scopes = scopes;
  }

  visitFile(file: Node): void {
    const program = file.program as Node;
    this.#visitChildren(program, this.#scopes.get(program));
    (program.body as Node[]).push(...this.#functions);
  }

  #visitChildren(node: Node, scope: Scope | undefined): void {
    const inner = this.#scopes.get(node) ?? scope;
    for (const [key, child] of Object.entries(node)) {
      if (/^(loc|tokens|errors|extra|(leading|inner|trailing)?[cC]omments)$/.test(key)) continue;
      const asCondition = key === 'test' && CONDITIONS.has(node.type);
      if (Array.isArray(child)) for (const index of child.keys()) this.#visit({ parent: child as never, key: String(index), scope: inner }, false);
      else if (isNode(child)) this.#visit({ parent: node, key, scope: inner }, asCondition);
    }
  }

  /** Weighs the expression that stands at a place, or those inside of it. */
  #visit(place: Place, asCondition: boolean): void {
    const node = place.parent[place.key];
    if (!isNode(node)) return;
    const copy = isOperation(node) ? new Copy(node, place.scope) : undefined;
    if (!copy || copy.ids.size === 0) {
      this.#visitChildren(node, place.scope);
      return;
    }
    for (const left of copy.left) this.#visit(left, false);
    const name = `assayWeighed${this.#functions.length + 1}_9fa48`;
    const body = { type: 'BlockStatement', directives: [], body: [{ type: 'ReturnStatement', argument: copy.expression }] };
    const params = [GUARD, ...copy.values.keys()].map(identifier);
    this.#functions.push({ type: 'FunctionDeclaration', id: identifier(name), params, body });
    const values = [
      { type: 'BooleanLiteral', value: asCondition },
      array([...copy.ids].map(text)),
      identifier(name),
      array([...copy.values.values()]),
    ];
    const asked = { type: 'LogicalExpression', operator: '&&', left: call(WEIGHS, []), right: call(WEIGH, values) };
    place.parent[place.key] = { type: 'SequenceExpression', expressions: [asked, node] };
  }
}

function isOperation(node: Node): boolean {
  const code = isSwitch(node) ? behindSwitches(node) : undefined;
  return OPERATIONS.has((code ?? node).type) || (code !== undefined && NAMES.has(code.type));
}

/** The code of the program at the end of `on('1') ? … : on('2') ? … : (cover('1', '2'), code)`. */
function behindSwitches(node: Node): Node {
  if (isSwitch(node)) return behindSwitches(node.alternate as Node);
  return covered(node) ?? node;
}

function isSwitch({ type, test }: Node): boolean {
  return type === 'ConditionalExpression' && idAsked(test as Node) !== undefined;
}

/** The mutant that `on('1')` asks for. */
function idAsked(node: Node): string | undefined {
  return calls(node, ACTIVE) ? ((node.arguments as Node[])[0]?.value as string) : undefined;
}

/** The code in `(cover('1', '2'), code)`. */
function covered({ type, expressions }: Node): Node | undefined {
  const [first, code] = type === 'SequenceExpression' ? (expressions as Node[]) : [];
  return first && calls(first, COVER) ? code : undefined;
}

function calls({ type, callee }: Node, name: string): boolean {
  return type === 'CallExpression' && (callee as Node).name === name;
}

/** A copy of an expression that can be evaluated any number of times. */
class Copy {
  readonly expression: Node;
  /** The mutants that stand in it. */
  readonly ids = new Set<string>();
  /** What of the expression the copy stops at. */
  readonly left: Place[] = [];
  /** What it has to be given, by the names that it knows them by. */
  readonly values = new Map<string, Node>();
  readonly #scope: Scope | undefined;
  readonly #start: number;
  #sites = 0;

  constructor(node: Node, scope: Scope | undefined) {
    this.#scope = scope;
    this.#start = startOf(behindSwitches(node));
    this.expression = this.#of(node, true) ?? node;
  }

  #part(parent: unknown, key: string, free: boolean): Node {
    const place = { parent: parent as Place['parent'], key, scope: this.#scope };
    const copy = this.#of(place.parent[key] as Node, free);
    if (!copy) this.left.push(place);
    return copy ?? guard('stop', [number(free ? ++this.#sites : 0)]);
  }

  /**
   * @param free whether no value that was evaluated before is still in use when this is
   * @returns undefined where it has to stop
   */
  #of(node: Node, free: boolean): Node | undefined {
    const { type, operator } = node;
    const fields = LITERALS[type];
    if (fields) return { type, ...Object.fromEntries(fields.map((field) => [field, node[field]])) };
    if (type === 'ThisExpression') return this.#given(THIS, node);
    if (type === 'Identifier') return this.#name(node);
    const id = idAsked(node);
    if (id !== undefined) {
      this.ids.add(id);
      return call(ACTIVE, [text(id)]);
    }
    const part = (key: string, partIsFree = free) => this.#part(node, key, partIsFree);
    if (covered(node)) return this.#part(node.expressions, '1', free);
    if (WRAPPERS.has(type)) return part('expression');
    if (type === 'ConditionalExpression') return { type, test: part('test'), consequent: part('consequent'), alternate: part('alternate') };
    if (type === 'LogicalExpression') return { type, operator, left: part('left'), right: part('right') };
    if (type === 'UnaryExpression' && /^(!|void|typeof)$/.test(String(operator))) return { type, operator, prefix: true, argument: part('argument') };
    if (type === 'BinaryExpression' && /^[!=]==$/.test(String(operator))) return { type, operator, left: part('left'), right: part('right', false) };
    const ids = this.ids.size;
    /** Where it has to stop: that place is one and the same only where no mutant stands in what is in use then. */
    const site = () => number(free && this.ids.size === ids ? ++this.#sites : 0);
    if (type === 'UnaryExpression' && /^[-+~]$/.test(String(operator))) return guard('unary', [text(operator), part('argument'), site()]);
    if (type === 'BinaryExpression' && !/^(in|instanceof|\|>)$/.test(String(operator))) {
      return guard('binary', [text(operator), part('left'), part('right', false), site()]);
    }
    if (type === 'TemplateLiteral') {
      const values = (node.expressions as Node[]).map((_, i) => this.#part(node.expressions, String(i), false));
      const texts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => text(value.cooked));
      return guard('text', [array(texts), array(values), site()]);
    }
    if (!isPlainMember(node)) return undefined;
    return type === 'OptionalMemberExpression'
      ? guard('end', [this.#link(node, free, site)])
      : guard('get', [part('object'), this.#key(node), site()]);
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

  /** A part of `a?.b.c`: what stands behind `?.` is not evaluated where there is nothing in front of it. */
  #link(node: Node, free: boolean, site: () => Node): Node {
    const object = node.object as Node;
    const before =
      object.type === 'OptionalMemberExpression' && isPlainMember(object) ? this.#link(object, free, site) : this.#part(node, 'object', free);
    const key = this.#key(node);
    return node.optional
      ? guard('getAny', [before, { type: 'ArrowFunctionExpression', params: [], body: key }, site()])
      : guard('get', [before, key, site()]);
  }

  #key(node: Node): Node {
    return node.computed ? this.#part(node, 'property', false) : text((node.property as Node).name);
  }
}

/** Whether it is `a.b`, `a[b]` or `a?.b`. */
function isPlainMember({ type, object, property }: Node): boolean {
  return /^(Optional)?MemberExpression$/.test(type) && (object as Node).type !== 'Super' && (property as Node).type !== 'PrivateName';
}

/** Where a node starts in the text; of one that was put there later, it is taken to be in front of all. */
function startOf(node: Node): number {
  return typeof node.start === 'number' ? node.start : 0;
}

function guard(name: string, values: Node[]): Node {
  const callee = { type: 'MemberExpression', object: identifier(GUARD), property: identifier(name), computed: false };
  return { type: 'CallExpression', callee, arguments: values };
}

function call(name: string, values: Node[]): Node {
  return { type: 'CallExpression', callee: identifier(name), arguments: values };
}

function identifier(name: string): Node {
  return { type: 'Identifier', name };
}

function array(elements: Node[]): Node {
  return { type: 'ArrayExpression', elements };
}

function text(value: unknown): Node {
  return { type: 'StringLiteral', value };
}

function number(value: number): Node {
  return { type: 'NumericLiteral', value };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
