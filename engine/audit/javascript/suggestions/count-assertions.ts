import { type Bare, nodeAt } from '../../../syntax/index.ts';
import type { Check, Suggestion, TestAudit } from '../../model.ts';
import { chainOf, isFunctionValue } from '../chain.ts';
import { parameterNames, type Script } from '../script.ts';
import { expectOf } from './expect-of.ts';

/** Modules whose `expect` counts. */
const MODULES = /^(vitest|@jest\/globals|bun:test)$/;
/** What calls a function that it is given once at most. */
const ONCE = /^(then|catch|finally|once|setTimeout|setImmediate|nextTick|queueMicrotask)$/;
/** What runs more or less often than it is written. */
const VARYING = /^(if_statement|ternary_expression|switch_statement|for_statement|for_in_statement|while_statement|do_statement|binary_expression)$/;

/** An assertion that `expect` counts. */
interface Counted {
  check: Check;
  node: Bare;
  root: Bare;
}

/**
 * `expect.assertions(n)` at the beginning of a test whose assertions may not run: then it fails where one does not. `hasAssertions()` where it cannot be told how
 * many run, and none of them does so surely. Nothing for assertions of others, which `expect` does not count, nor for tests that run beside each other.
 */
export function countAssertions(test: TestAudit, script: Script): Suggestion[] {
  const findings = test.findings.filter(({ rule }) => rule === 'conditional-assertion');
  const body = test.code && nodeAt(script.root, test.code);
  const first = body?.children[0];
  if (findings.length === 0 || body?.type !== 'statement_block' || !first || isConcurrent(test, script)) return [];
  const counted = test.checks.flatMap((check) => asCounted(check, script));
  const [any] = counted;
  if (!any || !findings.every(({ start }) => counted.some(({ check }) => check.start === start))) return [];
  const isSure = test.checks.some((check) => check.certainty === 'always' && (isUnread(check) || counted.some((one) => one.check === check)));
  const number = numberOf(test, counted, body, script);
  if (number === undefined && (isSure || hooksExpect(script))) return [];
  const name = any.root.text;
  const call = number === undefined ? `${name}.hasAssertions()` : `${name}.assertions(${number})`;
  const title = number === undefined ? `Have it fail without an assertion: ${call}` : `Have all assertions made: ${call}`;
  const space = /\n[ \t]*$/.exec(body.between(body.start + 1, first.start))?.[0] ?? ' ';
  const text = `${call}${space === ' ' || /;[ \t]*$/m.test(script.root.text) ? ';' : ''}${space}`;
  const needsJest = expectOf(any.root, script) === 'global';
  return findings.map(({ start, end }) => ({
    at: { start, end },
    rule: 'conditional-assertion',
    needsJest,
    fix: { title, edits: [{ start: first.start, end: first.start, text }] },
  }));
}

function asCounted(check: Check, script: Script): Counted[] {
  const node = check.via === undefined && check.flaw !== 'uncalled' && check.fact !== 'types' ? nodeAt(script.root, check) : undefined;
  if (node?.type !== 'call_expression') return [];
  const { root } = chainOf(node);
  const module = expectOf(root, script);
  return module === 'global' || MODULES.test(module) ? [{ check, node, root }] : [];
}

/** Whether what a helper asserts is only known in part. */
function isUnread({ via, fact }: Check): boolean {
  return via !== undefined || fact === 'custom' || fact === 'declared';
}

/** How many assertions are made where all goes as it is written; undefined where that cannot be told. */
function numberOf(test: TestAudit, counted: readonly Counted[], body: Bare, script: Script): number | undefined {
  // What cannot be read may assert by itself, and what nothing waits for may come too late to be counted.
  if (test.checks.some((check) => isUnread(check) || check.fact === 'property' || check.flaw)) return undefined;
  if (!counted.every(({ node }) => runsOnce(node, body)) || body.some(mayLeave) || hooksExpect(script)) return undefined;
  const tried = new Set(counted.flatMap(({ node }) => tryAround(node, body)));
  const inBody = (one: Bare) => counted.some(({ node }) => contains(one.get('body'), node));
  const inHandler = (one: Bare) => counted.some(({ node }) => contains(one.get('handler'), node));
  // Where it throws, what stands behind it in the `try` does not run.
  return [...tried].some((one) => inBody(one) && inHandler(one)) ? undefined : counted.length;
}

/** Whether an assertion runs once, if what it stands in does as it should. */
function runsOnce(node: Bare, body: Bare): boolean {
  if (/\.\s*poll\s*\(/.test(node.text)) return false;
  for (let at = node; at !== body; ) {
    const { parent } = at;
    if (!parent || VARYING.test(parent.type)) return false;
    if (isFunctionValue(parent) && !isCalledOnce(parent)) return false;
    if (/^(function_declaration|method_definition|generator_function_declaration|class_body)$/.test(parent.type)) return false;
    at = parent;
  }
  return true;
}

/** Whether a function is given to what calls it once: a promise, a timer, or what takes a callback as Node's functions do. */
function isCalledOnce(fn: Bare): boolean {
  const call = fn.parent?.parent;
  if (fn.parent?.type !== 'arguments' || !call) return false;
  if (call.type === 'new_expression') return call.get('constructor')?.text === 'Promise';
  const { root, links } = chainOf(call);
  const last = links.at(-1);
  const [first, ...others] = parameterNames(fn);
  return ONCE.test(last?.name ?? root.text) || (/^_?(err|error|e|er)$/.test(first ?? '') && others.length > 0);
}

/** Whether a `return` leaves the test, or a callback, under a condition: what stands behind it does not run then. */
function mayLeave({ type, parent }: Bare): boolean {
  return type === 'return_statement' && !(parent?.type === 'statement_block' && /function|method/.test(parent.parent?.type ?? ''));
}

function tryAround(node: Bare, body: Bare): Bare[] {
  const found: Bare[] = [];
  for (let at: Bare | undefined = node; at && at !== body; at = at.parent) if (at.type === 'try_statement') found.push(at);
  return found;
}

function contains(outer: Bare | undefined, { start, end }: Bare): boolean {
  return outer !== undefined && outer.start <= start && end <= outer.end;
}

/** Tests that run beside each other share what `expect` counts. */
function isConcurrent({ start }: TestAudit, { root }: Script): boolean {
  return root.some((node) => node.type === 'call_expression' && node.start <= start && start < node.end && /^[\w.]*\bconcurrent\b/.test(node.text));
}

/** Whether hooks assert, which may be counted with each test. */
function hooksExpect({ root }: Script): boolean {
  return root.some((node) => node.type === 'call_expression' && /^(before|after)Each\b/.test(node.text) && /\bexpect\b/.test(node.text));
}
