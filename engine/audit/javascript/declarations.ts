import type { Bare } from '../../syntax/index.ts';
import type { TestState } from '../model.ts';
import { type Chain, chainOf, isFunctionValue, squeezed, stringOf, unwrap } from './chain.ts';
import { isFunctionLike, type Script } from './script.ts';

const TESTS = /^(?:[fx]?it|[fx]?test|x?specify|Deno\.test)$/;
const SUITES = /^(?:[fx]?describe|x?context|x?suite)$/;
const MODIFIERS = new Set(
  'only skip todo fixme fail fails failing concurrent sequential serial shuffle each for skipIf runIf extend prop cb slow parallel test it describe suite effect scoped live'.split(
    ' ',
  ),
);
/** Modules that export what declares tests. */
const TEST_MODULES =
  /^(ava|tape|tap|node:test|test|uvu|qunit|blue-tape|tape-promise.*|@playwright\/test|vitest|@jest\/globals|bun:test|zora|brittle|borp|lab|@effect\/vitest|@fast-check\/(?:vitest|jest|ava).*)$/;

/** Whether a call declares a test or a suite. */
export function declares(chain: Chain, script: Script): 'test' | 'suite' | undefined {
  const { root, links } = chain;
  const last = links.at(-1);
  if (!last?.args || last.node !== chain.node || (root.type !== 'identifier' && root.type !== 'ternary_expression')) return undefined;
  const imported = script.imports.get(root.text);
  const isModule = imported !== undefined && TEST_MODULES.test(imported.module);
  const names = links.flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (!names.every((name) => MODIFIERS.has(name))) return undefined;
  if (isOwnThing(root, script)) return undefined;
  // `it_id('…')(it)('title', …)`: what wraps a test function is one.
  if (links.slice(0, -1).some(({ name, args = [] }) => name === undefined && args.length === 1 && TESTS.test(args[0]?.text ?? '')))
    return hasFunction(last.args) ? 'test' : undefined;
  const word = isModule && imported.name !== '*' && imported.name !== 'default' ? imported.name : root.text;
  if (SUITES.test(word) || names.includes('describe') || names.includes('suite')) return hasFunction(last.args) ? 'suite' : undefined;
  const isTest =
    TESTS.test(word) ||
    (isModule && (imported.name === 'default' || imported.name === '*')) ||
    isAlias(root, script) ||
    names.includes('test') ||
    names.includes('it');
  if (!isTest) return undefined;
  // `it.each([…])` alone and `test.skip(condition)` declare nothing.
  if (
    links.some(({ name }) => name === 'each' || name === 'for' || name === 'skipIf' || name === 'runIf' || name === 'prop' || name === 'extend') &&
    last.name !== undefined
  )
    return undefined;
  const title = last.args[0];
  if (!title) return links.some(({ name }) => name === 'each') && last.name === undefined ? 'test' : undefined;
  // `test(10, 10)` calls a function of the file's own.
  if (!hasFunction(last.args) && script.functionOf(root.text, root) !== undefined) return undefined;
  // `test.skip(({ browserName }) => …, 'why')` of Playwright is a condition.
  if (names.some((name) => /^(skip|fixme|fail|slow)$/.test(name)) && (titleOf(title) === undefined || isCondition(title))) return undefined;
  return hasFunction(last.args) || (last.args.length === 1 && titleOf(title) !== undefined) || last.args.length > 1 ? 'test' : undefined;
}

/** Whether what is called is a function of the file that calls nothing itself, so that it makes something and runs no test, or that hands what it is given to a rule tester. */
function isOwnThing(root: Bare, script: Script): boolean {
  const fn = script.functionOf(root.text, root);
  const body = fn?.get('body') ?? fn;
  if (!body) return false;
  return !body.some(({ type }) => type === 'call_expression' || type === 'new_expression') || /\bnew \w*RuleTester\(/.test(body.text);
}

/** Whether what stands in the place of a title is computed: `!!process.env.CI || browser === 'firefox'`. */
function isCondition(title: Bare): boolean {
  return title.type === 'binary_expression' && title.operator !== '+';
}

function isAlias(root: Bare, script: Script): boolean {
  const value = root.type === 'ternary_expression' ? root : unwrap(script.declared(root.text, root)?.value);
  if (!value || isFunctionLike(value)) return false;
  if (value.type === 'ternary_expression') return value.children.slice(1).every((one) => TESTS.test(chainOf(one).root.text));
  const chain = chainOf(value);
  return (
    TESTS.test(chain.root.text) &&
    chain.links.every(({ name }) => name === undefined || MODIFIERS.has(name)) &&
    (chain.links.length > 0 || TESTS.test(value.text))
  );
}

/** Tests that a test declares (`t.test(…)`), without those that they declare themselves. */
export function innerTests(fn: Bare, script: Script): Chain[] {
  const found: Chain[] = [];
  if (!/\.(test|it)\b/.test(fn.text)) return found;
  const look = (node: Bare) => {
    if (node.type === 'call_expression') {
      const chain = chainOf(node);
      if (
        chain.links.some(({ name }) => name === 'test' || name === 'it') &&
        declares(chain, script) === 'test' &&
        hasFunction(chain.links.at(-1)?.args ?? [])
      ) {
        found.push(chain);
        return;
      }
    }
    node.children.forEach(look);
  };
  fn.children.forEach(look);
  return found;
}

/** Whether a test or suite is run, by how it is called and what is around it. */
export function stateOf({ root, links }: Chain, args: readonly Bare[], around: TestState): TestState {
  const names = links.map(({ name }) => name);
  const options = args.find(({ type }) => type === 'object');
  const option = (name: string) =>
    options?.children.some((pair) => pair.get('key')?.text === name && /^(true|'|"|`)/.test(pair.get('value')?.text ?? ''));
  if (/^x/.test(root.text) || names.includes('skip') || names.includes('todo') || names.includes('fixme') || option('skip') || option('todo'))
    return 'skipped';
  if (around === 'skipped') return 'skipped';
  if (/^f(it|test|describe)$/.test(root.text) || names.includes('only') || option('only')) return 'focused';
  return around === 'focused' ? 'run' : around;
}

/** Whether the first thing a test does is to skip itself. */
export function skipsItself(fn: Bare): boolean {
  const first = fn.get('body')?.children[0];
  return (
    first?.type === 'expression_statement' &&
    /^(?:(?:this|t|ctx|context)\.(?:skip|todo)\(|test\.(?:skip|fixme)\(\s*\)|pending\(|skip\(\s*\))/.test(first.text)
  );
}

/** The function among what a test or suite is given, also where it is written elsewhere in the file; undefined where there is none. */
export function functionIn(args: readonly Bare[], script: Script): Bare | undefined {
  const written = args.findLast((arg) => isFunctionValue(unwrap(arg) ?? arg));
  if (written) return unwrap(written);
  for (const arg of args.toReversed()) {
    const value = unwrap(arg);
    if (value?.type === 'identifier') {
      const found = script.functionOf(value.text, value);
      if (found) return found;
    }
    if (value?.type === 'call_expression') {
      const inner = chainOf(value).links.flatMap(({ args: given = [] }) => given);
      const found = inner.findLast(isFunctionValue);
      if (found) return found;
    }
  }
  return undefined;
}

function hasFunction(args: readonly Bare[]): boolean {
  return args.some((arg) => isFunctionValue(unwrap(arg) ?? arg));
}

/** The title as it is written; undefined where it is no text. */
export function titleOf(node: Bare | undefined): string | undefined {
  if (!node) return undefined;
  const value = unwrap(node);
  if (value?.type === 'template_string') return value.text.slice(1, -1);
  if (value?.type === 'binary_expression') return squeezed(value);
  return stringOf(value);
}
