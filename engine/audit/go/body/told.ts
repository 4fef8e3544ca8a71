import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { holds } from '../../reading/index.ts';

/** Whether an assertion that stands after a loop, a branch or a callback says that it ran: it looks at what is changed there. */
export function isToldAfter(node: Bare, checks: readonly Check[]): boolean {
  const changed = new Set<string>();
  for (const one of node.filter(({ type }) => /^(inc_statement|dec_statement|assignment_statement|call_expression)$/.test(type))) {
    if (one.type === 'assignment_statement') for (const left of one.get('left')?.children ?? []) changed.add(left.text.replace(/[[.].*$/s, ''));
    else if (one.type !== 'call_expression') changed.add(one.children[0]?.text ?? '');
    else if (one.get('function')?.text === 'delete') changed.add(one.get('arguments')?.children[0]?.text ?? '');
    else if (/^(\w+)\.(Add|Store|Inc|Done)$/.test(one.get('function')?.text ?? '')) changed.add(one.get('function')?.get('operand')?.text ?? '');
  }
  changed.delete('err');
  changed.delete('_');
  return checks.some((other) => holds(other) && other.start > node.end && names(other.subject).some((name) => changed.has(name)));
}

/** Whether a handler of requests was called: something is asserted afterwards that only its answer gives, and not only that nothing failed. */
export function isAnswered(handler: Bare, checks: readonly Check[]): boolean {
  return checks.some((other) => holds(other) && other.start > handler.end && !/^(no-error|exists|truth)$/.test(other.fact));
}

function names(subject: string): string[] {
  return subject.match(/\b[A-Za-z_]\w*/g) ?? [];
}
