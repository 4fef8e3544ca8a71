import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { holds } from '../../reading/index.ts';
import { chainOf, squeezed } from '../chain.ts';
import { isFunctionLike, parameterNames } from '../script.ts';

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
