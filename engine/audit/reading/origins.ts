import type { Bare } from '../../syntax/index.ts';
import type { Origins } from './doubt.ts';

/** Nodes that set names, in all languages. */
const SETS =
  /^(variable_declarator|short_var_declaration|var_spec|assignment|assignment_expression|assignment_statement|let_declaration|let_condition|for_in_statement|range_clause|for_statement|for_expression|as_pattern)$/;

/** Reads what a function sets its names to, once it is asked. */
export function originsIn(fn: Bare, isHelper: (call: Bare) => boolean): Origins {
  let known: Map<string, Bare[]> | undefined;
  let given: Set<string> | undefined;
  return {
    isGiven: (name) => {
      given ??= new Set((fn.get('parameters') ?? fn.get('parameter'))?.filter(({ type }) => /identifier/.test(type)).map(({ text }) => text));
      return given.has(name);
    },
    isHelper,
    of: (name) => {
      known ??= read(fn);
      return known.get(name) ?? [];
    },
  };
}

function read(fn: Bare): Map<string, Bare[]> {
  const known = new Map<string, Bare[]>();
  for (const node of fn.filter(({ type }) => SETS.test(type))) {
    const to = node.get('name') ?? node.get('left') ?? node.get('pattern') ?? node.get('alias');
    const value = node.get('value') ?? node.get('right') ?? (node.type === 'as_pattern' ? node.children[0] : undefined);
    if (!to || !value) continue;
    for (const name of namesSet(to)) known.set(name, [...(known.get(name) ?? []), value]);
  }
  return known;
}

/** The names that a pattern sets. A part of something is none: `app.config = …` says nothing of what `app` is. */
function namesSet(to: Bare): string[] {
  if (/^(member_expression|subscript_expression|attribute|subscript|selector_expression|index_expression|field_expression)$/.test(to.type)) return [];
  return [...(/identifier$|as_pattern_target/.test(to.type) ? [to.text] : []), ...to.children.flatMap(namesSet)];
}
