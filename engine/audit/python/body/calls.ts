import type { Bare } from '../../../syntax/index.ts';
import { carried, mayFollow, type Standing } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { assertedBy } from '../calls.ts';
import { plain } from '../facts.ts';
import type { Walk } from './walk.ts';

/** Names that say that a function asserts, for those that cannot be read. */
const SAYS_ASSERT = /^_*(assert|check|verify|expect|ensure|validate)(_|$|[A-Z])/;

/** An expression that stands as a statement. */
export function readStatement(walk: Walk, node: Bare, statement: Bare, standing: Standing): void {
  const inner = plain(node);
  if (inner.type === 'comparison_operator' && !isToRaise(statement))
    walk.add({ fact: 'truth', subject: inner, flaw: 'uncalled', isPlain: isLeftOver(inner, statement, walk) }, standing, statement);
  else if (inner.type === 'attribute' && /^(assert_\w+|called_once_with)$/.test(inner.get('attribute')?.text ?? '') && !isToRaise(statement))
    walk.add({ fact: 'called', subject: inner, flaw: 'uncalled', isPlain: true }, standing, statement);
  else readCalls(walk, inner, standing);
}

/** Whether a comparison is a statement of the test itself, of two things, so that an `assert` was left out: elsewhere it may be there for what it does. */
function isLeftOver(comparison: Bare, statement: Bare, { fn }: Walk): boolean {
  const [left, right] = comparison.children;
  return statement.parent === fn.get('body') && /^[!=]=$/.test(comparison.operator) && left?.text !== right?.text;
}

/** Whether a statement stands in what is to raise or to warn: it is there for that, and not for what it comes to. */
function isToRaise(statement: Bare): boolean {
  const around = statement.parent?.parent;
  const clause = around?.type === 'with_statement' ? around.children.find(({ type }) => type === 'with_clause') : undefined;
  return clause !== undefined && /(^|\.)(raises|warns|deprecated_call|assertRaises\w*|assertWarns\w*)\(/.test(clause.text);
}

/** The calls in an expression: assertions, and helpers that make some. */
export function readCalls(walk: Walk, node: Bare, standing: Standing): void {
  if (node.type === 'call') {
    walk.gathered.acts = true;
    const found = walk.definitions.find(node.get('function')?.text ?? '', node) ? undefined : assertedBy(node);
    if (found && found !== 'fail') {
      walk.add(found, standing, node);
      for (const argument of node.get('arguments')?.children ?? []) readHelpersIn(walk, argument, standing);
      return;
    }
    readHelper(walk, node, standing);
  }
  for (const child of node.children) if (child.type !== 'lambda') readCalls(walk, child, standing);
}

/** What an asserted value is made of may be calls of helpers that assert, too. */
function readHelpersIn(walk: Walk, node: Bare, standing: Standing): void {
  if (node.type === 'call') readHelper(walk, node, standing);
  for (const child of node.children) readHelpersIn(walk, child, standing);
}

/** Reads a function of the test that is handed to what runs it. */
function runs(walk: Walk, name: string, call: Bare, standing: Standing): void {
  const inner = walk.local.get(name);
  if (!inner || walk.called.has(name)) return;
  walk.called.add(name);
  walk.gathered.checks.push(...carried(walk.readHelper(inner, walk.definitions), standing, call));
}

/** The assertions of a helper that is called, where there is one. */
function readHelper(walk: Walk, call: Bare, standing: Standing): void {
  const callee = call.get('function');
  const name = callee?.text ?? '';
  if (walk.definitions.named(squeezed(name))) {
    walk.add({ fact: 'declared', subject: call }, standing, call);
    return;
  }
  // `run_async(inner)` runs what it is given.
  if (/(^|[._])run(_|$)/.test(name))
    for (const { type, text } of call.get('arguments')?.children ?? []) if (type === 'identifier') runs(walk, text, call, standing);
  const local = callee?.type === 'identifier' ? walk.local.get(name) : undefined;
  if (local) walk.called.add(name);
  const found = local ? { fn: local, definitions: walk.definitions } : walk.definitions.find(name, call);
  if (!found) {
    const last = name.slice(name.lastIndexOf('.') + 1);
    if (SAYS_ASSERT.test(last) && !/^(checkpoint|check_output|check_call|check_returncode|validate_)/.test(last))
      walk.add({ fact: 'custom', subject: call }, standing, call);
    return;
  }
  const { fn, definitions } = found;
  if (fn === walk.fn || !mayFollow(fn, walk.following)) return;
  const checks = (local ? undefined : definitions.read.get(fn)) ?? walk.readHelper(fn, definitions);
  if (!local) definitions.read.set(fn, checks);
  // One that says that it asserts, by methods that another class is to have.
  if (checks.length === 0 && /^(self|cls)\._*assert/.test(name) && /\bself\._*assert/.test(fn.text))
    walk.add({ fact: 'custom', subject: call }, standing, call);
  walk.gathered.checks.push(...carried(checks, standing, call, local ? undefined : name));
}
