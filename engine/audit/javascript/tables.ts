import type { Bare } from '../../syntax/index.ts';
import { type Chain, chainOf, unwrap } from './chain.ts';
import type { Script } from './script.ts';

/** How many rows the literal table of an `each` has. */
export function rowsOfEach({ links }: Chain, script: Script): number | undefined {
  for (const { name, args } of links) {
    if (name !== 'each' && name !== 'for') continue;
    const table = args?.[0];
    if (table?.type === 'template_string') return Math.max(1, table.text.split('\n').filter((line) => line.includes('${')).length);
    const rows = rowsOf(table, script);
    if (rows !== undefined) return Math.max(1, rows);
  }
  return undefined;
}

/** How many elements something that is gone through has, where that is written: `[…].forEach(…)`. */
export function tableRows({ root, links }: Chain, script: Script): number | undefined {
  const at = links.findIndex(({ name, args }) => args && /^(forEach|map)$/.test(name ?? ''));
  return at === 0 ? rowsOf(root, script) : undefined;
}

/** Whether a variable is set again where it is declared, so that what it is set to first tells nothing. */
function isSetAgain(name: string, declarator: Bare): boolean {
  const around = declarator.parent?.parent;
  return around === undefined || around.some((one) => one.type === 'assignment_expression' && one.get('left')?.text === name);
}

/** The number of elements of an array or object that is written out, also where a constant is set to it; undefined where it is not known, 0 never. */
export function rowsOf(node: Bare | undefined, script: Script, depth = 8): number | undefined {
  const value = unwrap(node);
  if (depth === 0) return undefined;
  switch (value?.type) {
    case 'array':
    case 'object':
      return value.children.length > 0 ? value.children.length : undefined;
    case 'identifier': {
      const found = script.declared(value.text, value);
      // What `let` sets to a list is only ever filled further, but where it is set again.
      const isKept = found?.constant || (found?.value?.type === 'array' && !isSetAgain(value.text, found.node));
      return isKept && found?.value && found.value !== value ? rowsOf(found.value, script, depth - 1) : undefined;
    }
    case 'call_expression': {
      const { root, links } = chainOf(value);
      const [first, ...rest] = links;
      if (root.text === 'Object' && /^(keys|values|entries)$/.test(first?.name ?? '') && rest.length === 0)
        return rowsOf(first?.args?.[0], script, depth - 1);
      // What keeps the number of elements, or can only be applied to such.
      if (links.every(({ name }) => /^(map|entries|slice|concat|reverse|sort|flatMap|keys|values|toReversed|toSorted)$/.test(name ?? '')))
        return rowsOf(root, script, depth - 1);
      return undefined;
    }
    default:
      return undefined;
  }
}
