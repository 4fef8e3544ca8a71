import type { Bare } from '../../../syntax/index.ts';
import type { Standing } from '../../reading/index.ts';
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
    (limit !== undefined && rows.isSomething(limit)) ||
    (!range && !clause && node.children.length === 1);
  if (over && count !== undefined) rows.goesThrough(over, count, range?.get('left')?.children ?? [], look.asserts(node));
  if (isSure && limit && isConstant(limit)) {
    const counter = clause?.get('initializer')?.get('left')?.children[0]?.text;
    if (counter) rows.counts(counter);
  }
  walk.block(node.get('body'), isSure ? standing : walk.gathered.under(standing, 'loop', node));
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
