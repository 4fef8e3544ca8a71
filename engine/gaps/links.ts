import type { Bare } from '../syntax/index.ts';

/** What a file takes from another. */
export interface Link {
  /** As it is written: `./cart.js`. */
  specifier: string;
  /** Names in this file, or those that it is handed on by, for what the other exports; `imported` is `default`, or `*` for all of it. */
  names: { local: string; imported: string }[];
  /** Whether this file hands on what the other exports. */
  isHandedOn: boolean;
}

/** All that a script imports at run time, by `import`, `export … from` and `require`: imports of types change nothing in what it does. */
export function linksOf(root: Bare): Link[] {
  const exported = exportedNames(root);
  const found: Link[] = [];
  for (const statement of root.children) {
    const source = statement.get('source');
    if (!source || /^(?:import|export)\s+type\b/.test(statement.text)) continue;
    const names = statement.type === 'import_statement' ? importedNames(statement) : handedOnNames(statement);
    const isHandedOn = statement.type === 'export_statement' || names.some(({ local }) => exported.has(local));
    found.push({ specifier: unquoted(source), names, isHandedOn });
  }
  for (const call of root.filter(isLoading)) {
    const specifier = unquoted(call.get('arguments')?.children[0] as Bare);
    const names = requiredNames(call);
    const isHandedOn = names.some(({ local }) => exported.has(local)) || isExported(call);
    found.push({ specifier, names, isHandedOn });
  }
  return found;
}

function isLoading(node: Bare): boolean {
  if (node.type !== 'call_expression') return false;
  const called = node.get('function');
  return (called?.text === 'require' || called?.type === 'import') && node.get('arguments')?.children[0]?.type === 'string';
}

function importedNames(statement: Bare): Link['names'] {
  return (
    statement.children
      .find(({ type }) => type === 'import_clause')
      ?.children.flatMap((part): Link['names'] => {
        if (part.type === 'identifier') return [{ local: part.text, imported: 'default' }];
        if (part.type === 'namespace_import') return [{ local: part.children[0]?.text ?? '', imported: '*' }];
        return part.children.flatMap((one) => {
          const imported = one.get('name')?.text;
          return imported === undefined ? [] : [{ local: one.get('alias')?.text ?? imported, imported }];
        });
      }) ?? []
  );
}

/** `export { a as b } from` and `export * as b from`; `export * from` names nothing. */
function handedOnNames(statement: Bare): Link['names'] {
  return statement.children.flatMap((part): Link['names'] => {
    if (part.type === 'namespace_export') return [{ local: part.children[0]?.text ?? '', imported: '*' }];
    if (part.type !== 'export_clause') return [];
    return part.children.flatMap((one) => {
      const imported = one.get('name')?.text;
      return imported === undefined ? [] : [{ local: one.get('alias')?.text ?? imported, imported }];
    });
  });
}

/** `const a = require()`, `const { a, b: c } = require()` and `const a = require().b`; `exports.a = require()` and `{ a: require() }` hand it on. */
function requiredNames(call: Bare): Link['names'] {
  const member = call.parent?.type === 'member_expression' ? call.parent : undefined;
  const declarator = (member ?? call).parent;
  const imported = member?.get('property')?.text ?? '*';
  if (declarator?.type === 'pair') return [{ local: declarator.get('key')?.text ?? '', imported }];
  if (declarator?.type === 'assignment_expression') {
    const local = /^(?:module\.)?exports\.([\w$]+)$/.exec(declarator.get('left')?.text ?? '')?.[1];
    return local === undefined ? [] : [{ local, imported }];
  }
  const name = declarator?.type === 'variable_declarator' ? declarator.get('name') : undefined;
  if (!name) return [];
  if (name.type === 'identifier') return [{ local: name.text, imported }];
  return name.children.map((part) => ({ local: part.get('value')?.text ?? part.text, imported: part.get('key')?.text ?? part.text }));
}

/** Names of variables that a script exports. */
function exportedNames(root: Bare): Set<string> {
  const names = new Set<string>();
  const addAll = (node: Bare | undefined) => {
    if (!node || /function|class/.test(node.type)) return;
    if (/identifier$/.test(node.type)) names.add(node.text);
    for (const child of node.children) addAll(child);
  };
  for (const statement of root.children) {
    if (statement.type === 'export_statement' && !statement.get('source')) {
      addAll(statement.get('value'));
      for (const one of statement.children.filter(({ type }) => type === 'export_clause').flatMap(({ children }) => children))
        addAll(one.get('name'));
    }
    for (const { children } of assignments(statement)) addAll(children[1]);
  }
  for (const call of root.filter(({ type, children }) => type === 'call_expression' && children[0]?.text === 'Object.assign')) {
    const [to, ...from] = call.get('arguments')?.children ?? [];
    if (to && names.has(to.text)) for (const one of from) addAll(one);
  }
  return names;
}

function assignments(statement: Bare): Bare[] {
  if (statement.type !== 'expression_statement') return [];
  return statement.filter(
    ({ type, children }) => type === 'assignment_expression' && /^(?:module\.)?exports(?:\.|\[|$)/.test(children[0]?.text ?? ''),
  );
}

function isExported(call: Bare): boolean {
  for (let at = call.parent; at; at = at.parent) {
    if (/function/.test(at.type)) return false;
    if (at.type === 'expression_statement') return assignments(at).some(({ start, end }) => start <= call.start && call.end <= end);
  }
  return false;
}

function unquoted(node: Bare): string {
  return node.text.slice(1, -1);
}
