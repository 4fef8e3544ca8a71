import type { Bare } from '../../syntax/index.ts';
import { finding } from '../findings.ts';
import type { Check, Finding, Fix, TestCase } from '../model.ts';
import type { Named } from '../named.ts';
import { bodyText } from '../text.ts';
import { isIdle, Walk } from './body/index.ts';
import { chainOf, squeezed } from './chain.ts';
import { skipsItself } from './declarations.ts';
import { unfocus } from './fixes.ts';
import { RECOGNIZERS } from './frameworks/index.ts';
import { HelperFinder, type ModuleReader } from './helpers.ts';
import type { KnownTests, ReadTest } from './known-tests.ts';
import { isFunctionLike, parameterNames, type Script } from './script.ts';
import { findTests, type WrittenTest } from './suites.ts';
import { Surroundings } from './surroundings.ts';
import { mayCheckUnseen } from './unseen.ts';

export type { ModuleReader } from './helpers.ts';
export { KnownTests } from './known-tests.ts';
export { Script } from './script.ts';
export { type SeenMessage, suggest } from './suggestions/index.ts';

/** The tests of a script, and what is wrong outside of them. */
export function readScript(
  script: Script,
  read: ModuleReader,
  named: Named,
  before?: { known: KnownTests; generation: number },
): { tests: TestCase[]; findings: Finding[] } {
  const written: WrittenTest[] = [];
  const findings: Finding[] = [];
  const helpers = new HelperFinder(read, named);
  const hasContexts = [...script.imports.values()].some(({ module }) => CONTEXT_MODULES.test(module)) || /\bQUnit\b/.test(script.root.text);
  findTests(script, {
    test: (test) => written.push(test),
    suite: (state, head, call) => {
      // Benchmarks are no tests.
      if (/[._-]bench(mark)?s?\.\w+$/.test(script.file) || (state === 'skipped' && isUnderCondition(call))) return;
      if (state === 'skipped') findings.push(finding('skipped-test', head, 'This suite is not run.'));
      else findings.push(finding('focused-test', head, 'While this is focused, tests outside of it are not run.', unfocus(call)));
    },
    other: (call, inSuite) => {
      if (inSuite && isStandalone(call, script))
        findings.push({
          ...finding('standalone-assertion', call, 'This runs while tests are collected, and belongs to none of them.'),
          severity: 'hint',
        });
    },
  });
  const surroundings = new Surroundings(script.root);
  const known = before?.known;
  known?.within(`${before?.generation} ${outside(script, written)}`);
  let outer = -1;
  const tests = written.flatMap((one) => {
    // What is read of a test inside of another depends on that one's text, too.
    const isNested = one.call.start < outer;
    if (!isNested) outer = one.call.end;
    const reading = (isNested ? undefined : known?.get(one.call)) ?? readBody(one, script, helpers, hasContexts);
    if (!isNested) known?.set(one.call, reading);
    // A test that only holds others is their suite.
    if (one.declares && reading.checks.length === 0) return [];
    return [testOf(one, reading, surroundings)];
  });
  return { tests, findings };
}

/** The text of a script without its tests, but with where each of them is declared. */
function outside(script: Script, written: readonly WrittenTest[]): string {
  const parts: string[] = [];
  let at = script.root.start;
  for (const { call, title, state, rows } of written) {
    if (call.start < at) continue; // In one that is left out already.
    parts.push(script.root.between(at, call.start), title.slice(0, -1).join(), state, String(rows));
    at = call.end;
  }
  return [...parts, script.root.between(at, script.root.end)].join('\0');
}

/** Frameworks that give a test what it asserts with. */
const CONTEXT_MODULES = /^(ava|tape|tap|node:test|test|qunit|blue-tape|zora|brittle|borp|tape-.*|.*-tape|t-tap|@japa\/runner)$/;

/** Files whose tests the compiler runs. */
const OF_TYPES = /[._-](?:test-d|tst|types?)\.[^/\\]*$|(?:^|[/\\])(?:typings?|types?|test-d|dtslint|type-tests?)[/\\]/;

function readBody(
  { call, contexts: given, fn, unread, isTable }: WrittenTest,
  script: Script,
  helpers: HelperFinder,
  hasContexts: boolean,
): ReadTest {
  if (!fn) {
    const { start, end } = unread ?? call;
    const checks: Check[] = unread ? [{ fact: 'custom', subject: squeezed(unread), details: 1, certainty: 'always', start, end }] : [];
    return { checks, acts: unread !== undefined, dropped: [], body: '' };
  }
  const [first] = parameterNames(fn);
  const contexts = new Set(given);
  if (first && (hasContexts || /^(t|assert|tt|st)$/.test(first))) contexts.add(first);
  if (hasContexts) for (const name of takenApart(fn)) contexts.add(`${name}()`);
  const reading = new Walk(fn, script, helpers, contexts).read(!isTable);
  // In a file of types, what the compiler is to refuse is an assertion.
  const refused = reading.checks.length === 0 && OF_TYPES.test(script.file) && /@ts-expect-error/.test(fn.text);
  const types: Check[] = refused
    ? [{ fact: 'types', subject: '@ts-expect-error', details: 1, certainty: 'always', start: fn.start, end: fn.end }]
    : [];
  const checks = [...reading.checks, ...types];
  const mayCheck = checks.length === 0 && mayCheckUnseen(fn, script, helpers, contexts);
  const idle = reading.checks.length === 0 && isIdle(fn, script, helpers);
  return { ...reading, checks, ...(mayCheck && { mayCheckUnseen: true }), ...(idle && { isIdle: true }), body: bodyOf(fn, call) };
}

/** What a test takes of what it is given: `({ equal, end }) => …`. */
function takenApart(fn: Bare): string[] {
  const [first] = fn.get('parameters')?.children ?? [];
  const pattern = first?.get('pattern') ?? first;
  return pattern?.type === 'object_pattern' ? pattern.children.filter(({ type }) => type.startsWith('shorthand')).map(({ text }) => text) : [];
}

function testOf(
  { title, call, head, state, rows, inSkipped, fn }: WrittenTest,
  { checks, acts, dropped, body, mayCheckUnseen: mayCheck = false, isIdle: idle = false }: ReadTest,
  surroundings: Surroundings,
): TestCase {
  const code = fn?.get('body');
  return {
    title,
    start: call.start,
    end: call.end,
    head,
    state,
    // Under a condition, it is run where that does not hold.
    isToldAround: inSkipped || isUnderCondition(call),
    ...(state === 'focused' && unfocused(call)),
    rows,
    ...(code && { code: { start: code.start, end: code.end } }),
    acts,
    mayCheckUnseen: mayCheck,
    isIdle: idle,
    dropped,
    checks,
    // Of a test that does no more than skip itself there is nothing else to say.
    body:
      body && !(state === 'skipped' && fn && skipsItself(fn) && code?.children.length === 1)
        ? `${surroundings.of(call).start} ${branchOf(call)} ${body}`
        : '',
  };
}

function isUnderCondition(call: Bare): boolean {
  for (let at = call.parent; at; at = at.parent) if (at.type === 'if_statement') return true;
  return false;
}

/** Where the branch or loop begins that a test is declared in: in another it may be another test. */
function branchOf(call: Bare): number | undefined {
  for (let at = call.parent; at && !isFunctionLike(at); at = at.parent)
    if (/^(else_clause|if_statement|for_\w+|while_statement)$/.test(at.type)) return at.start;
  return undefined;
}

function unfocused(call: Bare): { unfocus?: Fix } {
  const fix = unfocus(call);
  return fix ? { unfocus: fix } : {};
}

/** What makes two tests in the same place the same: all that is given to them but the title. */
function bodyOf(fn: Bare, call: Bare): string {
  const others = (call.get('arguments')?.children ?? []).slice(1).filter((arg) => arg !== fn);
  const table = squeezed(call.get('function')?.text ?? '').replace(/^\w+/, '');
  return [bodyText(fn, COMMENT), ...others.map((arg) => squeezed(arg)), table].join('\0');
}

const COMMENT = /\/\*.*?\*\/|\/\/[^\n]*/gs;

function isStandalone(call: Bare, script: Script): boolean {
  const chain = chainOf(call);
  if (chain.root.text !== 'expect' && chain.root.text !== 'assert') return false;
  const place = { script, contexts: new Set<string>() };
  return RECOGNIZERS.some((recognize) => {
    const found = recognize(chain, place);
    return found !== undefined && (Array.isArray(found) || (found as { kind: string }).kind === 'check');
  });
}
