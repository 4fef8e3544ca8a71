import type { Bare } from '../../../syntax/index.ts';
import { type Standing, secure } from '../../reading/index.ts';
import { isConstant } from '../facts.ts';
import { statementsIn } from './look.ts';
import type { Walk } from './walk.ts';

/** A loop of whatever kind. */
export function readFor(walk: Walk, node: Bare, standing: Standing): void {
  const { rows, values, look } = walk;
  const range = node.children.find(({ type }) => type === 'range_clause');
  const clause = node.children.find(({ type }) => type === 'for_clause');
  const over = range?.get('right');
  const limit = clause?.get('condition')?.children[1];
  const count = over && values.count(over);
  const isSure =
    (over && (rows.isSomething(over, count) || rows.isFilledField(over) || isOfFailures(node))) ||
    (limit !== undefined && (rows.isSomething(limit) || rows.isAsked(limit))) ||
    (!range && !clause && node.children.length === 1);
  if (over && count !== undefined) rows.goesThrough(over, count, range?.get('left')?.children ?? [], look.asserts(node));
  if (isSure && limit && isConstant(limit)) {
    const counter = clause?.get('initializer')?.get('left')?.children[0]?.text;
    if (counter) rows.counts(counter);
  }
  const from = walk.gathered.checks.length;
  walk.block(node.get('body'), isSure ? standing : walk.gathered.under(standing, 'loop', node));
  const end = range || clause ? undefined : onlyEnd(node);
  // A loop without a condition has ended by way of its only end.
  if (isSure && end) secure(walk.gathered.checks, from, end.statement, standing, end.leaves);
}

/** The statement of a loop that has its only `break`, and that `break`. */
function onlyEnd(loop: Bare): { statement: Bare; leaves: Bare } | undefined {
  const ends = (node: Bare): Bare[] => {
    if (/^(break_statement|return_statement|goto_statement)$/.test(node.type)) return [node];
    return /^(for_statement|select_statement|expression_switch_statement|type_switch_statement|func_literal)$/.test(node.type)
      ? []
      : node.children.flatMap(ends);
  };
  const [only, ...others] = ends(loop.get('body') ?? loop);
  const statement = statementsIn(loop.get('body')).find((one) => only && one.start <= only.start && only.end <= one.end);
  return only && statement && others.length === 0 ? { statement, leaves: only } : undefined;
}

/** Whether a loop only fails for each of what it goes through: it asserts that there is nothing. */
function isOfFailures(loop: Bare): boolean {
  const range = loop.children.find(({ type }) => type === 'range_clause');
  const names = range?.get('left')?.children.map(({ text }) => text) ?? [];
  const statements = statementsIn(loop.get('body'));
  const [only] = statements;
  if (statements.length !== 1 || !only) return false;
  if (only.type === 'expression_statement') return names.some((name) => /err/i.test(name)) && /^\w+\.(Error|Fatal)f?\(/.test(only.text);
  const asked = /^\s*(\w+)\s*!=\s*nil\s*$/.exec(only.get('condition')?.text ?? '')?.[1];
  return only.type === 'if_statement' && asked !== undefined && names.includes(asked);
}
