import type { Bare } from '../../../syntax/index.ts';
import { chainOf, isFunctionValue } from '../chain.ts';
import { enclosingFunction, isFunctionLike, parameterNames, type Script } from '../script.ts';

/** What becomes of a promise: something waits for it, nothing does, or its failure is dropped. */
export type Fate = 'held' | 'lost' | 'dropped';

const COMBINED = /^Promise\.(all|allSettled|race)$/;

/**
 * What becomes of the promise that an expression comes to, by climbing to what it is used for. `test` is the function of the test, whose result the framework
 * waits for, and `enders` are the names that end it when they are called (`done`).
 */
export function fateOf(expression: Bare, test: Bare, enders: ReadonlySet<string>, script: Script, seen: ReadonlySet<Bare> = new Set()): Fate {
  let at = expression;
  for (;;) {
    const { parent } = at;
    if (!parent || seen.has(parent)) return 'held';
    switch (parent.type) {
      case 'await_expression':
      case 'yield_expression':
        return 'held';
      case 'return_statement': {
        const fn = enclosingFunction(parent);
        return fn ? fateOfResult(fn, test, enders, script, seen) : 'held';
      }
      case 'arrow_function':
        return at.field === 'body' ? fateOfResult(parent, test, enders, script, seen) : 'held';
      case 'expression_statement':
        return mentions(parent, enders) ? 'held' : 'lost';
      case 'unary_expression':
        if (parent.head.trim() !== 'void') return 'held';
        break;
      case 'member_expression': {
        const call = parent.parent;
        if (at.field !== 'object') return 'held';
        if (call?.type !== 'call_expression' || call.get('function') !== parent) break;
        const name = parent.get('property')?.text;
        const handler = call.get('arguments')?.children[0];
        if (
          name === 'catch' &&
          handler &&
          isFunctionValue(handler) &&
          handler.get('body')?.children.length === 0 &&
          handler.get('body')?.type === 'statement_block'
        )
          return 'dropped';
        at = call;
        continue;
      }
      case 'arguments': {
        const call = parent.parent;
        const callee = call?.get('function')?.text ?? '';
        if (/^console\./.test(callee)) return 'lost';
        if (!call || (!COMBINED.test(callee) && callee !== 'Promise.resolve')) return callee === 'Promise.any' ? 'lost' : 'held';
        at = call;
        continue;
      }
      case 'variable_declarator':
      case 'assignment_expression': {
        const name = parent.type === 'variable_declarator' ? parent.get('name') : parent.get('left');
        if (name?.type !== 'identifier') return 'held';
        return usedLater(name, parent, test, enders, script, new Set([...seen, parent]));
      }
      default:
        break;
    }
    at = parent;
    if (isFunctionLike(at) || at.type === 'program') return 'held';
  }
}

/** What becomes of a function's result: the framework waits for that of the test, a promise for that of its callbacks. */
function fateOfResult(fn: Bare, test: Bare, enders: ReadonlySet<string>, script: Script, seen: ReadonlySet<Bare>): Fate {
  if (fn === test) return 'held';
  const call = fn.parent?.type === 'arguments' ? fn.parent.parent : undefined;
  if (!call) return 'held';
  const last = chainOf(call).links.at(-1)?.name ?? '';
  if (/^(then|catch|finally|map|flatMap)$/.test(last)) return fateOf(call, test, enders, script, seen);
  return last === 'forEach' ? 'lost' : 'held';
}

/** What becomes of a promise that has a name: the best of what becomes of it where the name is used. */
function usedLater(name: Bare, declaration: Bare, test: Bare, enders: ReadonlySet<string>, script: Script, seen: ReadonlySet<Bare>): Fate {
  const scope = enclosingFunction(declaration)?.get('body') ?? script.root;
  const isHeld = (node: Bare) => {
    if (node.type !== 'identifier' || node === name || node.start < declaration.end || node.text !== name.text) return false;
    if (node.parent?.type === 'assignment_expression' && node.field === 'left') return false;
    if (node.parent?.type === 'variable_declarator' && node.field === 'name') return false;
    return isOther(node) || fateOf(node, test, enders, script, seen) === 'held';
  };
  return scope.some(isHeld) ? 'held' : 'lost';
}

/** Whether what has a name is no promise: a method of it is called that promises do not have, as an observable has. */
function isOther(name: Bare): boolean {
  const member = name.parent?.type === 'member_expression' && name.field === 'object' ? name.parent : undefined;
  return member?.parent?.type === 'call_expression' && !/^(then|catch|finally)$/.test(member.get('property')?.text ?? '');
}

/** Whether a place stands in a function that is called with something, and not with what a promise came to: what that is may wait for what is done there (`transaction((trx) => …)`). */
export function isHandedOver(place: Bare, test: Bare, script: Script): boolean {
  // Cypress waits for all that it was told.
  if (/cypress|[\\/]e2e[\\/].*\.cy\./i.test(script.file)) return true;
  for (let at = place.parent; at && at !== test; at = at.parent) {
    if (!isFunctionLike(at) || parameterNames(at).length === 0) continue;
    const call = at.parent?.type === 'arguments' ? at.parent.parent : undefined;
    if (!/^(then|catch|finally|forEach|map)$/.test(call?.get('function')?.get('property')?.text ?? '')) return true;
  }
  return false;
}

/** Whether one of some names is used in a node. */
export function mentions(node: Bare, names: ReadonlySet<string>): boolean {
  const { text } = node;
  for (const name of names) if (text.includes(name)) return node.some((one) => one.type === 'identifier' && names.has(one.text));
  return false;
}
