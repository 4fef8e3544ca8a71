import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { holds } from '../../reading/index.ts';
import { type Chain, chainOf, squeezed, unwrap, withoutAwait } from '../chain.ts';
import type { Script } from '../script.ts';
import { rowsOf } from '../tables.ts';
import { isConstant } from '../values.ts';

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

/** What keeps that there are elements, or can only be applied to such. */
const KEEPS = /^(map|concat|flatMap|sort|reverse|slice|entries|keys|values|toReversed|toSorted)$/;

/** Whether a list is made of all that a constant (`Methods`, `LEVELS`) has, one for each: nobody exports one that has nothing. */
function isOfConstants({ root, links }: Chain, script: Script): boolean {
  if (root.text !== 'Object') return /^[A-Z][A-Z\d_]*$/.test(root.text) && script.imports.has(root.text) && links.length === 0;
  const [first, ...rest] = links;
  const of = first?.args?.[0];
  if (!/^(keys|values|entries)$/.test(first?.name ?? '') || of?.type !== 'identifier') return false;
  const keeps = rest.every(({ name, args }) => isKept(name) || (name === 'reduce' && args?.[1]?.type === 'array'));
  return /^[A-Z]/.test(of.text) && script.imports.has(of.text) && keeps;
}

function isKept(method: string | undefined): boolean {
  return KEEPS.test(method ?? '');
}

/** `Array.from({ length: 3 }, …)` */
function isMadeOfLength({ root, links: [first] }: Chain): boolean {
  const given = root.text === 'Array' && first?.name === 'from' ? first.args?.[0] : undefined;
  return given?.type === 'object' && /^\{\s*length:\s*[1-9]/.test(given.text);
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
  if (isOfConstants(chain, script) || isMadeOfLength(chain)) return true;
  if (
    chain.links.length > 0 &&
    chain.root !== value &&
    chain.links.every(({ name }) => isKept(name) && name !== 'slice') &&
    isFilled(chain.root, script, checks)
  )
    return true;
  const named = value.type === 'identifier' ? script.declared(value.text, value) : undefined;
  const set = named?.constant ? unwrap(named.value) : undefined;
  if (set && set !== value && /^(call|await)_expression$/.test(set.type) && isFilled(set, script, [])) return true;
  const subject = squeezed(chain.root.type === 'identifier' && chain.root.text === 'Object' ? (chain.links[0]?.args?.[0] ?? value) : value);
  return checks.some((check) => holds(check) && isAbout(check.subject, subject) && check.fact !== 'type');
}

/** Whether what is looked at is something, or a part of it: `(found['a']?.length ?? 0)` of `found`. */
function isAbout(looked: string, subject: string): boolean {
  const inner = looked.replace(/^\(+/, '');
  return looked === subject || looked.startsWith(`${subject}.`) || inner.startsWith(`${subject}[`) || inner.startsWith(`${subject}.`);
}
