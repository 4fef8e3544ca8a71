/** A node of a syntax tree, as far as it is looked at here. */
interface Looked {
  type: string;
  [name: string]: unknown;
}

/**
 * Whether Vite wrote a piece of code when it made a module to be run, so that it is nobody's: imports, exports, what belongs to `import.meta`; and tests that
 * stand in the source itself. As Vitest's own coverage leaves them out.
 */
export function isMadeByVite(node: Looked, type: 'function' | 'statement' | 'branch'): boolean | 'ignore-this-and-nested-nodes' {
  if (type !== 'function' && node.type === 'IfStatement' && isInSourceTest(node['test'] as Looked)) return 'ignore-this-and-nested-nodes';
  if (type !== 'statement') return false;
  if (node.type === 'VariableDeclarator') {
    const name = nameOf(node['id'] as Looked);
    return name.startsWith('__vite_ssr_import_') || name.startsWith('__vi_import_') || name === '__vite_ssr_export_default__';
  }
  if (node.type !== 'ExpressionStatement') return false;
  const expression = node['expression'] as Looked;
  if (expression.type === 'CallExpression' && isExport(expression)) return 'ignore-this-and-nested-nodes';
  const target = expression.type === 'AssignmentExpression' ? (expression['left'] as Looked) : undefined;
  return target?.type === 'MemberExpression' && /^__(vite_ssr|vi)_(exports__|import_meta__)$/.test(nameOf(target['object'] as Looked));
}

/** `__vite_ssr_exportName__("name", () => …)`, and what older versions have for it: `Object.defineProperty(__vite_ssr_exports__, "name", …)`. */
function isExport({ callee, arguments: args }: Looked): boolean {
  const [first] = args as Looked[];
  return /^__(vite_ssr|vi)_export/.test(nameOf(callee as Looked)) || (first !== undefined && /^__(vite_ssr|vi)_exports?__$/.test(nameOf(first)));
}

function isInSourceTest(test: Looked): boolean {
  const isMeta = test.type === 'MemberExpression' && nameOf(test['object'] as Looked) === '__vite_ssr_import_meta__';
  return isMeta && nameOf(test['property'] as Looked) === 'vitest';
}

function nameOf(node: Looked): string {
  return node.type === 'Identifier' ? String(node['name']) : '';
}
