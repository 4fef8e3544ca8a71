import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { holds } from '../../reading/index.ts';
import { type Chain, chainOf, squeezed, unwrap, withoutAwait } from '../chain.ts';
import { isFunctionLike, parameterNames, type Script } from '../script.ts';
import { rowsOf } from '../tables.ts';
import { isConstant } from '../values.ts';

/** Whether an assertion that stands after a loop, a branch or a callback says that it ran: it looks at what is changed there. */
export function isToldAfter(node: Bare, checks: readonly Check[]): boolean {
  const changed = new Set<string>();
  node.some((one) => {
    if (/^(update_expression|augmented_assignment_expression|assignment_expression)$/.test(one.type)) {
      const target = one.get('argument') ?? one.get('left');
      if (target?.type === 'identifier') changed.add(target.text);
    } else if (one.type === 'call_expression') {
      const { root, links } = chainOf(one);
      if (
        root.type === 'identifier' &&
        (/^(push|add|delete|set|unshift|shift|pop|splice|clear)$/.test(links[0]?.name ?? '') ||
          (links[0]?.name === undefined && /spy|stub|mock|^on[A-Z]/i.test(root.text)))
      )
        changed.add(root.text);
    }
    return false;
  });
  if (changed.size === 0) return false;
  return checks.some((other) => holds(other) && other.start > node.end && changed.has(/^[\w$]+/.exec(other.subject)?.[0] ?? ''));
}

/** Whether an assertion before has told how a condition comes out: it looks at the same thing. */
export function isImplied(condition: Bare | undefined, checks: readonly Check[]): boolean {
  if (!condition) return false;
  // What a parameter of the same name was elsewhere tells nothing of this one.
  const isHere = (one: Bare, check: Check) => {
    const scope = parameterScope(one);
    return scope === undefined || (check.start >= scope.start && check.end <= scope.end);
  };
  const told = checks.filter(holds);
  return condition.some((one) => {
    if (one.type !== 'member_expression' && one.type !== 'identifier') return false;
    const text = squeezed(one);
    // That a length is at most something does not tell which it is.
    const isAsked = one.parent?.type === 'binary_expression' && /^===?$/.test(one.parent.operator);
    return told.some(
      (check) =>
        check.subject === text &&
        (one.type === 'member_expression' || check.fact !== 'exists') &&
        !(isAsked && check.fact === 'order') &&
        isHere(one, check),
    );
  });
}

/** The function whose parameter an expression begins with; undefined where it begins with another name. */
function parameterScope(node: Bare): Bare | undefined {
  const { root } = chainOf(node);
  for (let at = node.parent; at; at = at.parent) if (isFunctionLike(at) && parameterNames(at).includes(root.text)) return at;
  return undefined;
}

/** Whether a loop runs at least once: over something that is written out, or that was looked at before. */
export function runsSurely(loop: Bare, script: Script, checks: readonly Check[]): boolean {
  if (loop.type === 'for_in_statement') return isFilled(loop.get('right'), script, checks);
  if (loop.type === 'while_statement') return loop.get('condition')?.text === '(true)';
  const condition = loop.get('condition');
  const limit = unwrap(condition?.type === 'expression_statement' ? condition.children[0] : condition)?.children[1];
  return limit !== undefined && isSomething(limit, script, checks);
}

/** Whether a limit of a loop is written out: numbers, and lengths of what is filled. */
function isSomething(limit: Bare, script: Script, checks: readonly Check[]): boolean {
  if (limit.type === 'number') return true;
  if (limit.type === 'parenthesized_expression' || limit.type === 'binary_expression')
    return limit.children[0] !== undefined && isSomething(limit.children[0], script, checks);
  if (limit.type === 'identifier') return unwrap(script.declared(limit.text, limit)?.value)?.type === 'number';
  return limit.type === 'member_expression' && isFilled(limit.get('object'), script, checks);
}

/** Whether a list is made of all that an imported constant (`Methods`) has, one for each. */
function isOfConstants({ root, links }: Chain, script: Script): boolean {
  const [first, ...rest] = links;
  const of = first?.args?.[0];
  if (root.text !== 'Object' || !/^(keys|values|entries)$/.test(first?.name ?? '') || of?.type !== 'identifier') return false;
  const keeps = rest.every(
    ({ name, args }) => /^(map|concat|flatMap|sort|reverse|slice)$/.test(name ?? '') || (name === 'reduce' && args?.[1]?.type === 'array'),
  );
  return /^[A-Z]/.test(of.text) && script.imports.has(of.text) && keeps;
}

/** Whether something that is gone through has elements: it is written out, or was looked at before. */
export function isFilled(node: Bare | undefined, script: Script, checks: readonly Check[]): boolean {
  if (rowsOf(node, script) !== undefined) return true;
  const value = node && withoutAwait(node);
  if (!value) return false;
  if (isConstant(value, script)) return true;
  const chain = chainOf(value);
  if (chain.root.text === 'Promise' && /^(all|allSettled)$/.test(chain.links[0]?.name ?? ''))
    return isFilled(chain.links[0]?.args?.[0], script, checks);
  if (isOfConstants(chain, script)) return true;
  const named = value.type === 'identifier' ? script.declared(value.text, value) : undefined;
  if (
    named?.constant &&
    named.value &&
    named.value !== value &&
    /^(call|await)_expression$/.test(named.value.type) &&
    isFilled(named.value, script, [])
  )
    return true;
  const subject = squeezed(chain.root.type === 'identifier' && chain.root.text === 'Object' ? (chain.links[0]?.args?.[0] ?? value) : value);
  return checks.some((check) => holds(check) && (check.subject === subject || check.subject.startsWith(`${subject}.`)) && check.fact !== 'type');
}
