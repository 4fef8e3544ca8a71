import type { Bare } from '../syntax/index.ts';

/** A function that is known by a name and made by handing another to a call. */
export interface WrappedFunction {
  name: string;
  start: number;
  end: number;
}

const FUNCTION = /^(?:arrow_function|function_expression|generator_function)$/;

/**
 * Functions outside of others that are made by a call: `const list = wrap(async (request) => …)`, `exports.list = wrap(…)`. To the pieces of a file these
 * are statements, for what the call makes of the function is not known; to a person they are functions.
 */
export function wrappedFunctions(root: Bare): WrappedFunction[] {
  return root.children.flatMap((statement) => {
    const declaration = statement.type === 'export_statement' ? statement.get('declaration') : statement;
    if (!declaration || !/^(?:lexical_declaration|variable_declaration|expression_statement)$/.test(declaration.type)) return [];
    const [only, ...others] = declaration.children;
    if (!only || others.length > 0) return [];
    const name = only.type === 'variable_declarator' ? only.get('name')?.text : exportedName(only);
    const value = only.get('value') ?? only.get('right');
    if (name === undefined || !/^[\w$]+$/.test(name) || value?.type !== 'call_expression') return [];
    const wraps = value.get('arguments')?.children.some(({ type }) => FUNCTION.test(type));
    return wraps ? [{ name, start: statement.start, end: statement.end }] : [];
  });
}

function exportedName(node: Bare): string | undefined {
  if (node.type !== 'assignment_expression') return undefined;
  return /^(?:module\.)?exports\.([\w$]+)$/.exec(node.get('left')?.text ?? '')?.[1];
}
