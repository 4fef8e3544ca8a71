import type { Bare } from '../../syntax/index.ts';
import { finding } from '../findings.ts';
import type { Finding, TestCase } from '../model.ts';
import { chainOf, squeezed } from './chain.ts';
import { RECOGNIZERS } from './frameworks/index.ts';
import { HelperFinder, type ModuleReader } from './helpers.ts';
import { enclosingFunction } from './promises.ts';
import { BodyReader } from './reader.ts';
import { parameterNames, type Script } from './script.ts';
import { findTests, type WrittenTest } from './suites.ts';

export type { ModuleReader } from './helpers.ts';
export { Script } from './script.ts';

/** The tests of a script, and what is wrong outside of them. */
export function readScript(script: Script, read: ModuleReader): { tests: TestCase[]; findings: Finding[] } {
  const tests: TestCase[] = [];
  const findings: Finding[] = [];
  const helpers = new HelperFinder(read);
  const hasContexts = [...script.imports.values()].some(({ module }) => CONTEXT_MODULES.test(module)) || /\bQUnit\b/.test(script.root.text);
  findTests(script, {
    test: (written) => {
      const test = readTest(written, script, helpers, hasContexts);
      // A test that only holds others is their suite.
      if (!written.declares || test.checks.length > 0) tests.push(test);
    },
    other: (call, inSuite) => {
      if (inSuite && isStandalone(call, script))
        findings.push(finding('standalone-assertion', call, 'This runs while tests are collected, and belongs to none of them.'));
    },
  });
  return { tests, findings };
}

/** Frameworks that give a test what it asserts with. */
const CONTEXT_MODULES = /^(ava|tape|tap|node:test|test|qunit|blue-tape|zora|brittle|borp|tape-.*|.*-tape|t-tap|@japa\/runner)$/;

function readTest(written: WrittenTest, script: Script, helpers: HelperFinder, hasContexts: boolean): TestCase {
  const { title, call, head, state, rows, fn, unread } = written;
  const [first] = fn ? parameterNames(fn) : [];
  const contexts = new Set(first && (hasContexts || /^(t|assert|tt|st)$/.test(first)) ? [first] : []);
  const reading = fn ? new BodyReader(script, helpers, contexts).read(fn) : { checks: [], acts: false };
  const checks =
    unread && !fn
      ? [{ fact: 'custom' as const, subject: squeezed(unread), details: 1, certainty: 'always' as const, start: unread.start, end: unread.end }]
      : reading.checks;
  return {
    title,
    start: call.start,
    end: call.end,
    head,
    state,
    rows,
    acts: reading.acts || unread !== undefined,
    checks,
    body: fn ? bodyOf(fn, call, script) : '',
  };
}

/** What makes two tests the same: the function that they are declared in, and all that is given to them but the title. */
function bodyOf(fn: Bare, call: Bare, script: Script): string {
  const others = (call.get('arguments')?.children ?? []).slice(1).filter((arg) => arg !== fn);
  const table = squeezed(call.get('function')?.text ?? '').replace(/^\w+/, '');
  return [String(surroundings(call, script)?.start), withoutComments(fn), ...others.map((arg) => squeezed(arg)), table].join('\0');
}

/** The innermost function around a test that says what its names and its state are: by declarations, parameters or hooks. */
function surroundings(call: Bare, script: Script): Bare | undefined {
  for (let at = enclosingFunction(call); at; at = enclosingFunction(at)) {
    if (parameterNames(at).length > 0) return at;
    for (const statement of at.get('body')?.children ?? []) {
      if (/declaration$/.test(statement.type)) return at;
      const inner = statement.children[0];
      if (
        statement.type === 'expression_statement' &&
        inner?.type === 'call_expression' &&
        /^(before|after|setup|teardown|use)/.test(chainOf(inner).root.text)
      )
        return at;
    }
  }
  return script.root;
}

function withoutComments(node: Bare): string {
  if (node.children.length === 0) return /string|template|regex/.test(node.type) ? node.text : squeezed(node);
  let text = '';
  let at = node.start;
  for (const child of node.children) {
    text += squeezed(node.between(at, child.start).replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '')) + withoutComments(child);
    at = child.end;
  }
  return text + squeezed(node.between(at, node.end).replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, ''));
}

function isStandalone(call: Bare, script: Script): boolean {
  const chain = chainOf(call);
  if (chain.root.text !== 'expect' && chain.root.text !== 'assert') return false;
  const place = { script, contexts: new Set<string>() };
  return RECOGNIZERS.some((recognize) => {
    const found = recognize(chain, place);
    return found !== undefined && (Array.isArray(found) || (found as { kind: string }).kind === 'check');
  });
}
