import type { Node, Tree } from 'web-tree-sitter';
import type { SyntaxTree } from '../../syntax/index.ts';
import { bindingsIn, servesTests } from './bindings.ts';
import { type Place, placeAfter } from './place.ts';
import { type Style, styleOf } from './style.ts';

/** A test file without a test. */
export interface Skeleton {
  text: string;
  /** Where its first test goes. */
  place: Place;
}

/** What a new file that is like another one begins with; undefined where that one has no tests, or asserts in no way that is known. */
export function beginningOf({ tree, text }: SyntaxTree, name: string): Skeleton | undefined {
  const style = styleOf(tree, text);
  const place = placeAfter(tree, text, '');
  return style && place && style.assertions.kind !== 'should' ? skeletonOf(tree, text, style, place, name) : undefined;
}

/**
 * The beginning of a test file that is like another one: what that imports to test with, as far as tests need it, and a suite where it has some.
 *
 * @param place where a test would go in the other one
 * @param name what its suite is called
 */
function skeletonOf(model: Tree, text: string, style: Style, place: Place, name: string): Skeleton {
  const suite = suiteOf(model);
  const used = new Set([place.testName, ...(suite === undefined ? [] : [suite]), ...wordsOf(style)]);
  const { lineEnd, quote, semicolons } = style;
  const head = headOf(model, text, used).join(lineEnd);
  // What is imported comes behind that, or in front of everything.
  if (suite === undefined) return { text: head + lineEnd, place: { ...place, offset: head.length, indent: '', spaced: true, suites: [] } };
  const callback = place.callback === 'arrow' ? '() =>' : 'function ()';
  const open = `${head}${head === '' ? '' : lineEnd}${lineEnd}${suite}(${quote}${name}${quote}, ${callback} {`;
  return {
    text: `${open}${lineEnd}})${semicolons ? ';' : ''}${lineEnd}`,
    place: { ...place, offset: open.length, indent: style.indent, spaced: true, suites: [name] },
  };
}

function suiteOf(tree: Tree): string | undefined {
  const calls = tree.rootNode.namedChildren.map((one) => (one?.type === 'expression_statement' ? one.namedChildren[0] : null));
  return calls.map((call) => call?.childForFieldName('function')?.text ?? '').find((callee) => /^(describe|suite|context)$/.test(callee));
}

/** The names by which tests assert. */
function wordsOf({ assertions }: Style): string[] {
  const root = (name: string) => name.split('.')[0] as string;
  switch (assertions.kind) {
    case 'expect':
    case 'chai-expect':
      return ['expect'];
    case 'chai-assert':
    case 'referee':
      return [root(assertions.object)];
    case 'node-assert':
      return [assertions.same, assertions.equal, assertions.throws, assertions.rejects].map(root);
    case 'should':
      return ['should'];
    case 'truth':
      return [assertions.call];
  }
}

/** The statements in front of everything that test files of this kind have. */
function headOf(tree: Tree, text: string, used: ReadonlySet<string>): string[] {
  const names = new Set(
    bindingsIn(tree)
      .filter(({ from }) => servesTests(from))
      .map(({ name }) => name),
  );
  return tree.rootNode.namedChildren.flatMap((statement) => {
    if (!statement) return [];
    const its = text.slice(statement.startIndex, statement.endIndex);
    if (/^['"]use strict['"];?$/.test(its)) return [its];
    const bound = boundBy(statement).filter((name) => names.has(name));
    const kept = bound.filter((name) => used.has(name));
    if (kept.length === 0) return [];
    const list = statement.descendantsOfType(['named_imports', 'object_pattern'])[0];
    if (!list) return [its];
    const parts = list.namedChildren.filter((one): one is Node => one !== null && kept.some((name) => boundName(one) === name));
    const before = text.slice(statement.startIndex, list.startIndex);
    const named = parts.length > 0 ? `${before}{ ${parts.map((one) => one.text).join(', ')} }` : before.replace(/,\s*$/, '');
    return [named + text.slice(list.endIndex, statement.endIndex)];
  });
}

function boundBy(statement: Node): string[] {
  if (!/^(import_statement|lexical_declaration|variable_declaration)$/.test(statement.type)) return [];
  return statement
    .descendantsOfType(['identifier', 'shorthand_property_identifier_pattern'])
    .flatMap((one) => (one && one.parent?.type !== 'call_expression' ? [one.text] : []));
}

function boundName(part: Node): string | undefined {
  return part.childForFieldName('alias')?.text ?? part.childForFieldName('value')?.text ?? part.childForFieldName('name')?.text ?? part.text;
}
