import type { Node, Tree } from 'web-tree-sitter';
import { LAB } from '../../mutation/index.ts';
import { bindingsIn, servesTests } from './bindings.ts';
import { usesImport, type Way, waysText } from './reaching.ts';
import type { Site } from './sites.ts';

interface Insertion {
  at: number;
  text: string;
  /** Of insertions at the same place, those of outer nodes come first in front of them, and last behind them. */
  order: number;
}

/**
 * The text of a test file that tells a recorder (`explorer/recorder.ts`) what it calls of what it imports, and with what:
 *
 *     const cart = new Cart('EUR');
 *     expect(total(cart.add(2)));
 *
 * becomes
 *
 *     const cart = new (lab.n("Cart", Cart))('EUR');
 *     expect(lab.f("total", total)(lab.m(cart, "add")(2)));
 *
 * At some places it tells the values there to a watcher too (`tightener/watcher.ts`): `expect(lab.value(0,total(2)))`.
 *
 * Nothing but what is called is another text: lines stay where they are. No statement begins with a parenthesis, which one without a semicolon before it
 * would take for its own.
 */
export function observedText(
  tree: Tree,
  text: string,
  sites: readonly Site[] = [],
  ways: ReadonlyMap<string, readonly Way[]> = new Map(),
  isModule = usesImport(tree),
): string {
  const bindings = bindingsIn(tree);
  const tested = new Set(bindings.filter(({ from }) => !servesTests(from)).map(({ name }) => name));
  const testing = new Set([...bindings.filter(({ from }) => servesTests(from)).map(({ name }) => name), ...TEST_GLOBALS]);
  const insertions: Insertion[] = [];
  const wrap = (node: Node, before: string, after: string, depth: number) => {
    insertions.push({ at: node.startIndex, text: before, order: depth }, { at: node.endIndex, text: after, order: -depth });
  };
  const visit = (node: Node, depth: number) => {
    if (node.type === 'call_expression') {
      const callee = node.childForFieldName('function');
      if (callee?.type === 'identifier' && tested.has(callee.text)) wrap(callee, `${LAB}.f(${JSON.stringify(callee.text)},`, ')', depth);
      else if (callee?.type === 'member_expression' && isPlain(callee)) observeMethod(callee, depth);
    } else if (node.type === 'new_expression') {
      const made = node.childForFieldName('constructor');
      const path = made ? pathOf(made) : undefined;
      if (made && path !== undefined && tested.has(path.split('.')[0] as string)) wrap(made, `(${LAB}.n(${JSON.stringify(path)},`, '))', depth);
    }
    for (const child of node.namedChildren) if (child) visit(child, depth + 1);
  };
  const observeMethod = (callee: Node, depth: number) => {
    const object = callee.childForFieldName('object') as Node;
    const property = callee.childForFieldName('property') as Node;
    const root = rootOf(object);
    if (root === undefined || testing.has(root)) return;
    const path = pathOf(callee);
    const known = path !== undefined && tested.has(root) ? `,${JSON.stringify(path)}` : '';
    // A dot between the two becomes a comma.
    insertions.push({ at: callee.startIndex, text: `${LAB}.m(`, order: depth });
    insertions.push({ at: object.endIndex, text: `,${JSON.stringify(property.text)}${known})/*`, order: Number.MAX_SAFE_INTEGER });
    insertions.push({ at: callee.endIndex, text: '*/', order: -depth });
  };
  visit(tree.rootNode, 1);
  for (const [i, { how, subject }] of sites.entries()) {
    insertions.push({ at: subject.start, text: `${LAB}.${how}(${i},`, order: 0.5 }, { at: subject.end, text: ')', order: -0.5 });
  }
  const scope = [...tested].map((name) => `${JSON.stringify(name)}:()=>${name}`).join(',');
  insertions.sort((a, b) => a.at - b.at || sideOf(a) - sideOf(b) || a.order - b.order);
  let observed = '';
  let at = 0;
  for (const { at: to, text: inserted } of insertions) {
    observed += text.slice(at, to) + inserted;
    at = to;
  }
  return `${observed}${text.slice(at)}\n;${LAB}.s({${scope}},globalThis);\n${waysText(isModule, LAB, ways)}`;
}

const TEST_GLOBALS = [
  'expect',
  'assert',
  'should',
  'chai',
  'sinon',
  'vi',
  'vitest',
  'jest',
  'describe',
  'it',
  'test',
  'suite',
  'context',
  'before',
  'after',
  'beforeEach',
  'afterEach',
  'beforeAll',
  'afterAll',
  't',
  'console',
  'process',
  'Promise',
  'Object',
  'Array',
  'JSON',
  'Math',
  'String',
  'Number',
  'Reflect',
  'Symbol',
  'Buffer',
  'Date',
];

/** What ends at a place comes before what begins there. */
function sideOf({ order, text }: Insertion): number {
  return order < 0 || text.endsWith('/*') ? 0 : 1;
}

/** `a.b`, and neither `a?.b`, `a.#b` nor `super.b`; comments in it would end ours. */
function isPlain(callee: Node): boolean {
  const object = callee.childForFieldName('object');
  return (
    callee.childForFieldName('property')?.type === 'property_identifier' &&
    object?.type !== 'super' &&
    !callee.children.some((child) => child?.type === 'optional_chain') &&
    !callee.text.slice((object?.endIndex ?? 0) - callee.startIndex).includes('/')
  );
}

/** `a.b.c` of identifiers only. */
function pathOf(node: Node): string | undefined {
  if (node.type === 'identifier') return node.text;
  if (node.type !== 'member_expression' || !isPlain(node)) return undefined;
  const object = pathOf(node.childForFieldName('object') as Node);
  return object === undefined ? undefined : `${object}.${node.childForFieldName('property')?.text}`;
}

/** The name that a chain of calls and members begins with. */
function rootOf(node: Node): string | undefined {
  switch (node.type) {
    case 'identifier':
    case 'this':
      return node.text;
    case 'member_expression':
    case 'subscript_expression':
      return rootOf(node.childForFieldName('object') as Node);
    case 'call_expression':
      return rootOf(node.childForFieldName('function') as Node);
    case 'new_expression':
      return rootOf(node.childForFieldName('constructor') as Node);
    case 'parenthesized_expression':
    case 'non_null_expression':
    case 'as_expression':
    case 'await_expression':
      return node.namedChildren[0] ? rootOf(node.namedChildren[0]) : undefined;
    default:
      return undefined;
  }
}
