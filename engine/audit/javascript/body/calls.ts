import type { Bare } from '../../../syntax/index.ts';
import type { Check } from '../../model.ts';
import { carried, mayFollow } from '../../reading/index.ts';
import { type Chain, chainOf, isFunctionValue, withoutAwait } from '../chain.ts';
import { declares } from '../declarations.ts';
import { type Helper, nameSaysAssert } from '../helpers.ts';
import { parameterNames, type Script } from '../script.ts';
import { readCallback, readSteps } from './callbacks.ts';
import { addCheck } from './checks.ts';
import { meant } from './meant.ts';
import { fateOf, mentions } from './promises.ts';
import { isAsync, isEmpty } from './statements.ts';
import type { State, Walk } from './walk.ts';

/** A call, or a property that is read: an assertion, a helper that makes some, or a call of what is tested. */
export function readChain(walk: Walk, chain: Chain, state: State): void {
  const direct = walk.look.recognize(chain);
  const other = direct.length === 0 ? meant(walk, chain) : undefined;
  const found = other && 'root' in other ? walk.look.recognize(other) : direct;
  for (const one of found) {
    if (one.kind === 'count') walk.planned = one.wanted ?? 'some';
    else if (one.kind === 'check') addCheck(walk, one, chain, state);
  }
  if (found.length > 0) {
    readAsserted(walk, chain, state);
    return;
  }
  if (declares(chain, walk.script)) return;
  if (isOwnFailure(walk, chain)) addCheck(walk, { kind: 'check', fact: 'boolean', subject: chain.node }, chain, { ...state, certainty: 'always' });
  const last = chain.links.at(-1);
  if (last?.name === 'catch' && last.args?.[0] && isEmpty(last.args[0]) && chain.node.parent?.type === 'await_expression')
    walk.forgotten.push({ start: last.args[0].start, end: last.args[0].end });
  const isHelper = readHelperCall(walk, chain, state, other && 'fn' in other ? other : walk.helpers.find(chain, walk.script));
  // Of code that nests too deep to be copied, a chain is all there is of itself.
  if (chain.root.type !== 'identifier' && chain.root !== chain.node) walk.visit(chain.root, state);
  for (const [index, link] of chain.links.entries()) {
    if (!link.args) continue;
    walk.gathered.acts = true;
    for (const arg of link.args) {
      if (isFunctionValue(arg)) readCallback(walk, arg, { link, index, chain, isHelper }, state);
      else if (arg.type === 'array') readSteps(walk, arg, link, chain, state);
      else if (arg.type === 'identifier' && !isHelper) readNamed(walk, arg, state);
      else if (arg.type !== 'identifier') walk.visit(arg, state);
    }
  }
}

/** A function of the test that is handed on by its name, and ends the test when it is called. */
function readNamed(walk: Walk, name: Bare, state: State): void {
  const fn = walk.script.functionOf(name.text, name);
  if (!fn || fn.start < walk.fn.start || fn.end > walk.fn.end || walk.following.includes(fn) || !mentions(fn, walk.enders)) return;
  walk.following.push(fn);
  walk.body(fn, state);
  walk.following.pop();
}

/** What an assertion is given: functions that are called for what it asks, and calls of helpers. */
function readAsserted(walk: Walk, { links }: Chain, state: State): void {
  walk.gathered.acts = true;
  const told = links.some(({ name }) => name === 'end' || name === 'expect');
  for (const { args = [], name } of links) {
    for (const arg of args) {
      if (!isFunctionValue(arg)) readHelpersIn(walk, arg, state);
      else if (told && name !== undefined) walk.body(arg, state);
    }
  }
}

/** What an asserted value is made of may be calls of helpers that assert, too. */
function readHelpersIn(walk: Walk, node: Bare, state: State): void {
  const inner = withoutAwait(node);
  if (inner.type !== 'call_expression') return;
  const chain = chainOf(inner);
  if (walk.look.recognize(chain).length === 0) readHelperCall(walk, chain, state, walk.helpers.find(chain, walk.script));
}

/** Names of what ends a test or a promise well, whatever it is given. */
const SUCCEEDS = /^(res|resolve|resolved|fulfil\w*|ok|success)$/;

/** `reject(new Error())`, `done('…')`: fails the test by hand where it is come to. */
function isOwnFailure({ enders }: Walk, { root, links }: Chain): boolean {
  const [first] = links;
  return (
    first?.name === undefined &&
    enders.has(root.text) &&
    !SUCCEEDS.test(root.text) &&
    /^(string|template_string|new_expression)$/.test(first?.args?.[0]?.type ?? '')
  );
}

/** Whether what is called is a double of the test's own (`const shouldUpdate = vi.fn()`), whatever its name says. */
function isDouble({ root }: Chain, script: Script): boolean {
  return /^(jest|vi|vitest|sinon|mock|td)\b[^;]*\b(fn|stub|spy|fake|func)\(/.test(script.declared(root.text, root)?.value?.text ?? '');
}

/** The assertions of a helper that is called; answers whether there is such a helper. */
function readHelperCall(walk: Walk, chain: Chain, state: State, helper: Helper | undefined): boolean {
  const { script, following, gathered } = walk;
  if (!helper) {
    const isTold = nameSaysAssert(chain) && !isDouble(chain, script) && (chain.links[0]?.args ?? chain.links[1]?.args) !== undefined;
    if (isTold) addCheck(walk, { kind: 'check', fact: 'custom', subject: chain.node }, chain, state);
    return isTold;
  }
  if (!mayFollow(helper.fn, following)) return false;
  following.push(helper.fn);
  const checks = checksOf(walk, helper);
  following.pop();
  const lost = checks.length > 0 && isAsync(helper.fn) && fateOf(chain.node, state.fn, walk.enders, script) === 'lost';
  // What is waited for behind it may be there for it.
  const waits = walk.fn.some(({ type, start }) => type === 'await_expression' && start >= chain.node.end);
  for (const check of carried(checks, state, chain.node, helper.name))
    gathered.checks.push({ ...check, ...(lost && { flaw: 'unawaited' as const, isHelperLost: true, ...(!waits && { isPlain: true }) }) });
  return checks.length > 0;
}

/** The assertions of a helper, read once for all tests of a file. */
function checksOf(walk: Walk, { fn, script }: Helper): readonly Check[] {
  const contexts = new Set([...walk.contexts, ...parameterNames(fn).filter((name) => /^(t|assert)$/.test(name))]);
  const key = [...contexts].join();
  const known = walk.helpers.known(fn, key);
  if (known) return known;
  const checks = walk.readHelper(fn, script, contexts);
  walk.helpers.remember(fn, key, checks);
  return checks;
}
