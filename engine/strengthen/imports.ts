import type { Node, Tree } from 'web-tree-sitter';

/** What is imported of a module. `*` is all of it. */
export type Names = '*' | readonly string[];

/** A module that a file has loaded. */
export interface Import {
  /** As it is written; undefined where only the running program knows. */
  from: string | undefined;
  names: Names;
  /** Of what is only handed on, the names that it is exported by, as `names`; `*` where it keeps all its names. */
  exported?: Names;
}

/** What a file imports, without what is only there for types. */
export function importsIn(tree: Tree): Import[] {
  const statements = tree.rootNode.namedChildren.flatMap((one) => {
    if (one?.type === 'import_statement') return imported(one);
    return one?.type === 'export_statement' ? handedOn(one) : [];
  });
  return [...statements, ...tree.rootNode.descendantsOfType('call_expression').flatMap((call) => (call ? called(call) : []))];
}

/** Whether a file does nothing but hand on what it imports. */
export function isBarrel(tree: Tree): boolean {
  return tree.rootNode.namedChildren.every(
    (one) =>
      one === null ||
      one.type === 'comment' ||
      one.type === 'import_statement' ||
      (one.type === 'export_statement' && (one.childForFieldName('source') !== null || isOfName(one))) ||
      isDirective(one),
  );
}

function imported(statement: Node): Import[] {
  const from = textOf(statement.childForFieldName('source'));
  // TypeScript's `import a = require('a')`.
  if (from === undefined) return requiredBy(statement);
  if (isOfTypes(statement)) return [];
  const clause = statement.namedChildren.find((one) => one?.type === 'import_clause');
  return [{ from, names: clause ? namesIn(clause) : [] }];
}

function requiredBy(statement: Node): Import[] {
  const clause = statement.namedChildren.find((one) => one?.type === 'import_require_clause');
  const from = textOf(clause?.childForFieldName('source') ?? null);
  return from === undefined ? [] : [{ from, names: '*' }];
}

function namesIn(clause: Node): Names {
  const names: string[] = [];
  for (const part of clause.namedChildren) {
    if (part?.type === 'namespace_import') return '*';
    if (part?.type === 'identifier') names.push('default');
    else if (part?.type === 'named_imports') names.push(...specifiersOf(part).map(({ name }) => name));
  }
  return names;
}

function handedOn(statement: Node): Import[] {
  const from = textOf(statement.childForFieldName('source'));
  if (from === undefined || isOfTypes(statement)) return [];
  const clause = statement.namedChildren.find((one) => one?.type === 'export_clause');
  if (clause) {
    const specifiers = specifiersOf(clause);
    return [{ from, names: specifiers.map(({ name }) => name), exported: specifiers.map(({ alias }) => alias) }];
  }
  const namespace = statement.namedChildren.find((one) => one?.type === 'namespace_export');
  return [{ from, names: '*', exported: namespace ? [namespace.namedChildren[0]?.text ?? ''] : '*' }];
}

function specifiersOf(list: Node): { name: string; alias: string }[] {
  return list.namedChildren.flatMap((one) => {
    const name = one?.childForFieldName('name')?.text;
    if (!one || name === undefined || isOfTypes(one)) return [];
    return [{ name, alias: one.childForFieldName('alias')?.text ?? name }];
  });
}

function called(call: Node): Import[] {
  const callee = call.childForFieldName('function');
  if (callee?.text !== 'require' && callee?.type !== 'import') return [];
  const argument = call.childForFieldName('arguments')?.namedChildren.find((one) => one && one.type !== 'comment');
  // `require()` of something of that name.
  if (!argument) return [];
  const pattern = call.parent?.type === 'variable_declarator' ? call.parent.childForFieldName('name') : undefined;
  const isList =
    pattern?.type === 'object_pattern' &&
    pattern.namedChildren.every((one) => /^(shorthand_property_identifier_pattern|pair_pattern)$/.test(one?.type ?? ''));
  const names = isList ? pattern.namedChildren.map((one) => one?.childForFieldName('key')?.text ?? one?.text ?? '') : '*';
  const isPlain = argument.type === 'template_string' && argument.namedChildren.every((one) => one?.type === 'string_fragment');
  return [{ from: isPlain ? argument.text.slice(1, -1) : textOf(argument), names }];
}

function isOfTypes(node: Node): boolean {
  return node.children.some((child) => child?.type === 'type');
}

/** `export { a }` and `export default a`. */
function isOfName(statement: Node): boolean {
  const value = statement.childForFieldName('value');
  return value
    ? value.type === 'identifier'
    : statement.namedChildren.every((one) => one?.type === 'export_clause') || /^export\s+(type|interface)\b/.test(statement.text);
}

function isDirective(node: Node): boolean {
  return node.type === 'expression_statement' && node.namedChildren[0]?.type === 'string';
}

function textOf(node: Node | null): string | undefined {
  return node?.type === 'string' ? node.text.slice(1, -1) : undefined;
}
