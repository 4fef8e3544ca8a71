import { isBuiltin } from 'node:module';
import type { Node, Tree } from 'web-tree-sitter';

/** A name that a file knows something imported by. */
export interface Binding {
  name: string;
  /** What it was imported from, as it is written. */
  from: string;
  /** What is imported: the name of an export, `default`, or `*` for the whole module. */
  imported: string;
  /** Whether by `import`, or by `require`. */
  kind: 'import' | 'require';
}

/** Packages whose functions tests call to test with, not to be tested. */
const OF_TESTS =
  /^(?:vitest|@vitest\/.*|jest|@jest\/.*|jest-.*|mocha|chai|chai-.*|should|expect|expect\.js|assert|sinon|sinon-.*|@sinonjs\/(?:referee|fake-timers).*|unexpected|power-assert|fast-check|@fast-check\/.*|nock|msw|msw\/.*|proxyquire|rewire|mock-fs|tape|ava|tap|supertest|@testing-library\/.*|typescript)$/;

/** Whether something that is imported serves to test: it is no code that is tested. */
export function servesTests(from: string): boolean {
  return isBuiltin(from) || OF_TESTS.test(from);
}

/** All names that a file knows imported things by, at its top level. */
export function bindingsIn(tree: Tree): Binding[] {
  return tree.rootNode.namedChildren.flatMap((statement) => {
    if (statement?.type === 'import_statement') return importedBy(statement);
    if (statement?.type === 'lexical_declaration' || statement?.type === 'variable_declaration') return requiredBy(statement);
    return [];
  });
}

function importedBy(statement: Node): Binding[] {
  const from = textOf(statement.childForFieldName('source'));
  // `import type`: nothing that can be called.
  if (from === undefined || statement.children.some((child) => child?.type === 'type')) return [];
  const clause = statement.namedChildren.find((child) => child?.type === 'import_clause');
  return (clause?.namedChildren ?? []).flatMap((part): Binding[] => {
    if (part?.type === 'identifier') return [{ name: part.text, from, imported: 'default', kind: 'import' }];
    if (part?.type === 'namespace_import') return [{ name: part.namedChildren[0]?.text ?? '', from, imported: '*', kind: 'import' }];
    if (part?.type !== 'named_imports') return [];
    return part.namedChildren.flatMap((specifier): Binding[] => {
      const name = specifier?.childForFieldName('name')?.text;
      if (specifier?.type !== 'import_specifier' || name === undefined || specifier.children.some((child) => child?.type === 'type')) return [];
      return [{ name: specifier.childForFieldName('alias')?.text ?? name, from, imported: name, kind: 'import' }];
    });
  });
}

function requiredBy(declaration: Node): Binding[] {
  return declaration.namedChildren.flatMap((declarator): Binding[] => {
    const name = declarator?.childForFieldName('name');
    const value = declarator?.childForFieldName('value');
    if (!name || !value) return [];
    const { call, imported } = requireIn(value);
    const from = call && textOf(call.childForFieldName('arguments')?.namedChildren[0] ?? null);
    if (from === undefined) return [];
    if (name.type === 'identifier') return [{ name: name.text, from, imported: imported ?? '*', kind: 'require' }];
    if (name.type !== 'object_pattern' || imported !== undefined) return [];
    return name.namedChildren.flatMap((part): Binding[] => {
      if (part?.type === 'shorthand_property_identifier_pattern') return [{ name: part.text, from, imported: part.text, kind: 'require' }];
      const [key, alias] = [part?.childForFieldName('key'), part?.childForFieldName('value')];
      return key && alias?.type === 'identifier' ? [{ name: alias.text, from, imported: key.text, kind: 'require' }] : [];
    });
  });
}

/** `require('x')`, and `require('x').y`. */
function requireIn(value: Node): { call?: Node; imported?: string } {
  if (value.type === 'call_expression' && value.childForFieldName('function')?.text === 'require') return { call: value };
  if (value.type !== 'member_expression') return {};
  const object = value.childForFieldName('object');
  const property = value.childForFieldName('property')?.text;
  const { call, imported } = object ? requireIn(object) : {};
  return call && imported === undefined && property !== undefined ? { call, imported: property } : {};
}

/** The names that are declared at the top level of a file or in its suites: a test that declares one of them means another thing by it. */
export function namesAround(tree: Tree): string[] {
  const declared = tree.rootNode.descendantsOfType(['variable_declarator', 'function_declaration', 'class_declaration']);
  return declared.flatMap((node) => {
    const name = node?.childForFieldName('name');
    return name?.type === 'identifier' && !isInTest(node as Node)
      ? [name.text]
      : (name?.descendantsOfType('shorthand_property_identifier_pattern') ?? []).flatMap((one) => (one ? [one.text] : []));
  });
}

/** Whether something stands in a test. */
export function isInTest(node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'call_expression' && /^(it|test|specify)\b/.test(at.childForFieldName('function')?.text ?? '')) return true;
  }
  return false;
}

/** What a string literal says; undefined for anything else. */
export function textOf(node: Node | null): string | undefined {
  return node?.type === 'string' ? node.text.slice(1, -1) : undefined;
}
