import type { Bare } from '../../../syntax/index.ts';
import { chainOf } from '../chain.ts';
import { enclosingFunction, type Script } from '../script.ts';
import type { Walk } from './walk.ts';

/**
 * Whether a condition asks only about the row of a table that the test is made for: `for (const [name, wanted] of CASES) it(name, () => { if (wanted) … })`.
 * For which rows it holds is written in the table.
 */
export function isOfRow({ fn, script, following }: Walk, condition: Bare | undefined): boolean {
  if (!condition || following.length > 0 || condition.some(({ type }) => type === 'call_expression' || type === 'await_expression')) return false;
  const names = condition.filter(({ type }) => type === 'identifier').filter(({ text }) => isOfFile(text, condition, script));
  return names.length > 0 && names.every(({ text }) => isRowName(text, fn, script));
}

function isOfFile(name: string, at: Bare, script: Script): boolean {
  return script.imports.has(name) || script.declared(name, at) !== undefined;
}

/** Whether a name is given by a loop or a table (`describe.each`, `CASES.forEach`) around a test, or by its own table. */
function isRowName(name: string, test: Bare, script: Script): boolean {
  const body = test.get('body');
  const found = body && script.declared(name, body.children[0] ?? body);
  if (!found || found.value) return false;
  if (isOfTable(found.node, test)) return true;
  if (found.node.start > test.start) return false;
  let at = found.node;
  while (at.parent && at.field !== 'left' && /pattern$|^(variable_declarator|lexical_declaration|variable_declaration)$/.test(at.parent.type))
    at = at.parent;
  return at.field === 'left' && at.parent?.type === 'for_in_statement';
}

/** Whether a parameter is one of a function that a table calls for each of its rows, and that is the test or has it inside. */
function isOfTable(name: Bare, test: Bare): boolean {
  const fn = enclosingFunction(name);
  const call = fn?.parent?.type === 'arguments' ? fn.parent.parent : undefined;
  if (!fn || !call || fn.start > test.start || fn.end < test.end || name.start > (fn.get('body')?.start ?? name.start)) return false;
  return chainOf(call).links.some(({ name: link, args }) => args !== undefined && /^(each|for|forEach)$/.test(link ?? ''));
}
