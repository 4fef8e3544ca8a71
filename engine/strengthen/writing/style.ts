import type { Node, Tree } from 'web-tree-sitter';
import { type Binding, bindingsIn } from './bindings.ts';

/** How a test file is written. */
export interface Style {
  quote: "'" | '"';
  semicolons: boolean;
  trailingCommas: boolean;
  /** One level of indentation. */
  indent: string;
  lineEnd: '\n' | '\r\n';
  /** Whether titles say what should be: "should return". */
  should: boolean;
  /** What names are declared with: of a file that was written for ECMAScript 5 nothing newer may be read. */
  declares: 'const' | 'var';
  /** Whether functions are written as arrows. */
  arrows: boolean;
  assertions: AssertionStyle;
}

/** The ways of asserting that are known, each with the words that the file itself uses for it. */
export type AssertionStyle =
  | { kind: 'expect'; same: 'toBe' | 'toEqual' | 'toStrictEqual'; equal: 'toEqual' | 'toStrictEqual' }
  | { kind: 'chai-expect'; equal: 'deep.equal' | 'eql' }
  | { kind: 'chai-assert'; object: string }
  | { kind: 'should'; equal: 'deep.equal' | 'eql' }
  /** `node:assert`: how its functions are called, for example `assert.strictEqual`, or `t.assert.strictEqual` of a test's context. */
  | { kind: 'node-assert'; same: string; equal: string; throws: string; rejects: string; strict: boolean }
  | { kind: 'referee'; object: string }
  /** A function that wants to be given something true, and offers nothing else that is known: what it is called. */
  | { kind: 'truth'; call: string };

/** How a test file is written; undefined where it asserts in no way that is known. */
export function styleOf(tree: Tree, text: string): Style | undefined {
  const assertions = assertionsOf(tree);
  if (!assertions) return undefined;
  const strings = tree.rootNode.descendantsOfType('string').map((node) => node?.text[0]);
  const double = strings.filter((quote) => quote === '"').length;
  const statements = tree.rootNode.descendantsOfType('expression_statement').filter((node) => node !== null);
  const ended = statements.filter((node) => node.text.endsWith(';')).length;
  const titles = titlesIn(tree);
  const has = (type: string) => tree.rootNode.descendantsOfType(type).length > 0;
  return {
    quote: double * 2 > strings.length ? '"' : "'",
    semicolons: ended * 2 >= statements.length,
    trailingCommas: /,\s*\n\s*[\])}]/.test(text),
    indent: indentOf(text),
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    declares: has('variable_declaration') && !has('lexical_declaration') ? 'var' : 'const',
    arrows: has('arrow_function') || !has('function_expression'),
    should: titles.filter((title) => /^should\b/i.test(title)).length * 2 > titles.length,
    assertions,
  };
}

function indentOf(text: string): string {
  const indents = [...text.matchAll(/^([ \t]+)\S/gm)].map(([, indent = '']) => indent);
  if (indents.filter((indent) => indent.startsWith('\t')).length * 2 > indents.length) return '\t';
  const least = Math.min(...indents.filter((indent) => indent.length > 1 && !indent.includes('\t')).map(({ length }) => length), 8);
  return ' '.repeat(least === 8 ? 2 : least);
}

/** The titles of the tests, as they are written. */
export function titlesIn(tree: Tree): string[] {
  return callsIn(tree).flatMap((call) => {
    const title = call.childForFieldName('arguments')?.namedChildren[0];
    const root = call.childForFieldName('function')?.text.split('.')[0] ?? '';
    return /^(it|test|specify)$/.test(root) && title?.type === 'string' ? [title.text.slice(1, -1)] : [];
  });
}

function callsIn(tree: Tree): Node[] {
  return tree.rootNode.descendantsOfType('call_expression').filter((node) => node !== null);
}

function assertionsOf(tree: Tree): AssertionStyle | undefined {
  const bindings = bindingsIn(tree);
  const called = new Map<string, number>();
  for (const call of callsIn(tree)) {
    const name = call.childForFieldName('function')?.text.replace(/\s+/g, '') ?? '';
    called.set(name, (called.get(name) ?? 0) + 1);
  }
  const count = (matches: (name: string) => boolean) => [...called].reduce((sum, [name, times]) => sum + (matches(name) ? times : 0), 0);
  const members = (pattern: RegExp) => count((name) => name.startsWith('expect(') && pattern.test(name));
  const styles: { uses: number; style: AssertionStyle }[] = [];
  const matcher = (name: string) => members(new RegExp(`\\)(\\.\\w+)*\\.${name}$`));
  const [toBe, toEqual, toStrictEqual] = [matcher('toBe'), matcher('toEqual'), matcher('toStrictEqual')];
  styles.push({
    uses: members(/\)(\.\w+)*\.to[A-Z]\w*$/),
    style: {
      kind: 'expect',
      same: toBe > 0 || toEqual + toStrictEqual === 0 ? 'toBe' : toEqual >= toStrictEqual ? 'toEqual' : 'toStrictEqual',
      equal: toStrictEqual > toEqual ? 'toStrictEqual' : 'toEqual',
    },
  });
  const eql = count((name) => name.endsWith('.eql'));
  const deepEqual = count((name) => name.endsWith('.deep.equal'));
  const equal = eql > deepEqual ? 'eql' : 'deep.equal';
  const properties = tree.rootNode
    .descendantsOfType('member_expression')
    .filter((node) => node !== null)
    .map((node) => node.text.replace(/\s+/g, ''));
  styles.push({ uses: properties.filter((text) => /^expect\(.*\)\.to$/s.test(text)).length, style: { kind: 'chai-expect', equal } });
  styles.push({ uses: properties.filter((text) => text.endsWith('.should')).length, style: { kind: 'should', equal } });
  styles.push(...assertStyles(bindings, called));
  const [best] = styles.filter(({ uses }) => uses > 0).sort((a, b) => b.uses - a.uses);
  if (best) return best.style;
  // Whatever a test of node:test asserts with, its context can.
  if (bindings.some(({ from }) => from === 'node:test')) return nodeAssert('t.assert.', called, true);
  return bindings.some(({ name }) => name === 'assert') && called.has('assert') ? { kind: 'truth', call: 'assert' } : undefined;
}

const SAME = ['strictEqual', 'equal'];
const EQUAL = ['deepStrictEqual', 'deepEqual'];

function assertStyles(bindings: readonly Binding[], called: ReadonlyMap<string, number>): { uses: number; style: AssertionStyle }[] {
  const found: { uses: number; style: AssertionStyle }[] = [];
  const usesOf = (prefix: string) =>
    [...called].reduce((sum, [name, times]) => sum + (name.startsWith(prefix) || name === prefix.slice(0, -1) ? times : 0), 0);
  for (const { name, from, imported } of bindings) {
    const uses = usesOf(`${name}.`);
    if (/^(node:)?assert(\/strict)?$/.test(from)) {
      const strict = from.endsWith('/strict') || imported === 'strict';
      const isWhole = ['*', 'default', 'strict', 'ok'].includes(imported);
      if (isWhole) found.push({ uses, style: nodeAssert(`${name}.`, called, strict) });
    } else if (from === 'chai' && imported === 'assert') found.push({ uses, style: { kind: 'chai-assert', object: name } });
    else if (from === 'chai' && imported === '*')
      found.push({ uses: usesOf(`${name}.assert.`), style: { kind: 'chai-assert', object: `${name}.assert` } });
    else if (/referee$/.test(from) && (imported === 'assert' || imported === '*' || imported === 'default')) {
      const object = imported === 'assert' ? name : `${name}.assert`;
      found.push({ uses: usesOf(`${object}.`), style: { kind: 'referee', object } });
    }
  }
  const destructured = bindings.filter(
    ({ from, imported }) => /^(node:)?assert(\/strict)?$/.test(from) && [...SAME, ...EQUAL, 'throws', 'rejects', 'ok'].includes(imported),
  );
  if (destructured.length > 0) {
    const uses = destructured.reduce((sum, { name }) => sum + (called.get(name) ?? 0), 0);
    const strict = destructured.some(({ from }) => from.endsWith('/strict'));
    const has = (name: string) => destructured.some(({ imported }) => imported === name);
    if (SAME.some(has)) found.push({ uses, style: nodeAssert('', new Map(destructured.map(({ name }) => [name, called.get(name) ?? 0])), strict) });
  }
  // Of a test's context.
  const ofContext = usesOf('t.assert.');
  if (ofContext > 0) found.push({ uses: ofContext, style: nodeAssert('t.assert.', called, false) });
  return found;
}

function nodeAssert(prefix: string, called: ReadonlyMap<string, number>, strict: boolean): AssertionStyle {
  const most = (names: readonly string[]) =>
    prefix + ([...names].sort((a, b) => (called.get(prefix + b) ?? 0) - (called.get(prefix + a) ?? 0))[0] as string);
  const same = most(SAME);
  const equal = most(EQUAL);
  return { kind: 'node-assert', same, equal, throws: `${prefix}throws`, rejects: `${prefix}rejects`, strict: strict || /strict/i.test(same) };
}
