import type { Scope } from '@babel/traverse';
import { fieldsOf, isNode } from '../../instrumented-nodes.ts';
import { WEIGH } from '../worker/switchboard.ts';
import { array, GUARD, GuardedCopy, isOperation, type Place } from './guarded-copy.ts';
import { weighs } from './inline-switches.ts';
import type { Ast } from './parse.ts';
import type { Scopes } from './scopes.ts';
import { call, identifier, type Node, text } from './switch-nodes.ts';

/**
 * Has each expression in which mutants stand, where it can be evaluated twice, say which of them would change what it comes to (`worker/infection.ts`):
 *
 *     if (on('1') ? true : (cover('1'), a.b > f()))
 *
 * becomes, with `guard.stop(2)` for what may do more than come to a value,
 *
 *     if ((weighs() && weighed1(a), …what stood there))
 *     function weighed1(a) { weigh(true, ['1'], (guard) => on('1') ? true : guard.binary('>', guard.get(a, 'b', 1), guard.stop(2), 0)); }
 *
 * The functions stand at the end of the file: closures would make the code around them slow. Names are short, for the texts of hundreds of files are in memory.
 *
 * @param root a tree that StrykerJS has placed its mutants in
 */
export function weighExpressions(root: Ast['root'], scopes: Scopes): void {
  new Weighing(scopes).visitFile(root as unknown as Node);
}

const CONDITIONS = new Set(['IfStatement', 'WhileStatement', 'DoWhileStatement', 'ForStatement', 'ConditionalExpression']);

/** Looks through a file, and adds what it is weighed by. */
class Weighing {
  readonly #scopes: Scopes;
  readonly #functions: Node[] = [];
  readonly #stopping = new WeakSet<Node>();

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  visitFile(file: Node): void {
    const program = file.program as Node;
    this.#visitChildren(program, this.#scopes.of.get(program));
    (program.body as Node[]).push(...this.#functions);
  }

  #visitChildren(node: Node, scope: Scope | undefined): void {
    const inner = this.#scopes.of.get(node) ?? scope;
    for (const [key, child] of fieldsOf(node)) {
      const asCondition = key === 'test' && CONDITIONS.has(node.type);
      if (Array.isArray(child)) for (const index of child.keys()) this.#visit({ parent: child as never, key: String(index), scope: inner }, false);
      else this.#visit({ parent: node, key, scope: inner }, asCondition);
    }
  }

  /** Weighs the expression that stands at a place, or those inside of it. */
  #visit(place: Place, asCondition: boolean): void {
    const node = place.parent[place.key] as Node;
    if (!isNode(node)) return;
    const copy = isOperation(node) ? new GuardedCopy(node, place.scope, this.#stopping) : undefined;
    if (!copy || copy.ids.length === 0) {
      this.#visitChildren(node, place.scope);
      return;
    }
    for (const left of copy.left) this.#visit(left, false);
    const name = `assayWeighed${this.#functions.length + 1}_9fa48`;
    const expression = { type: 'ArrowFunctionExpression', params: [identifier(GUARD)], body: copy.expression };
    const weigh = call(WEIGH, [{ type: 'BooleanLiteral', value: asCondition }, array(copy.ids.map(text)), expression]);
    const body = { type: 'BlockStatement', directives: [], body: [{ type: 'ExpressionStatement', expression: weigh }] };
    const params = [...copy.values.keys()].map(identifier);
    this.#functions.push({ type: 'FunctionDeclaration', id: identifier(name), params, body });
    const asked = { type: 'LogicalExpression', operator: '&&', left: weighs(), right: call(name, [...copy.values.values()]) };
    place.parent[place.key] = { type: 'SequenceExpression', expressions: [asked, node] };
  }
}
