import type { Bare } from '../../../syntax/index.ts';
import type { Standing, Stated } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { follow, isAsserting } from './helpers.ts';
import { fateOf, noticed } from './tasks.ts';
import type { Walk } from './walk.ts';

/** Methods that many things have: a helper of that name is another one. */
const OFTEN =
  /^(new|next|get|len|iter|clone|drop|fmt|eq|default|from|into|poll|read|write|flush|build|run|call|insert|push|pop|remove|map|unwrap\w*|expect\w*|is_\w+|as_\w+|to_\w+|into_\w+|set|take|send|recv|start|stop|close|join|wait|lock|parse|find|add|sub|cmp|hash|deref|index|spawn|await|ok|err|collect|extend|contains|clear|first|last|name|id|value|key|path|size|state)$/;

/** A call: an assertion, a helper that makes some, or a call of what is tested. */
export function readCall(walk: Walk, call: Bare, standing: Standing): void {
  const { gathered } = walk;
  gathered.acts = true;
  const callee = call.get('function');
  const args = call.get('arguments')?.children ?? [];
  if (callee) readCallee(walk, call, callee, args, standing);
  if (/(^|\.|::)quickcheck$/.test(callee?.text ?? '')) readProperties(walk, args, call, standing);
  const lost = fateOf(call, walk.fn);
  const from = gathered.checks.length;
  for (const arg of args)
    walk.visit(arg, lost && !standing.flaw ? { ...standing, flaw: lost, ...(lost === 'swallowed' && { isPlain: true }) } : standing);
  if (lost === 'unawaited') gathered.replace(from, gathered.checks.length, (check) => noticed(check, call));
  walk.visit(callee, standing);
}

/** What is called: by a name, or as a method of something. */
function readCallee(walk: Walk, call: Bare, callee: Bare, args: readonly Bare[], standing: Standing): void {
  const method = callee.type === 'field_expression' ? (callee.get('field')?.text ?? '') : '';
  const stated = ofCallee(walk, call, callee, method);
  if (stated) walk.add(stated, standing, call);
  else if (callee.type === 'identifier' || callee.type === 'scoped_identifier') readNamed(walk, call, callee, standing);
  else if (/^(assert|check|verify|expect_)/.test(method))
    walk.add({ fact: args.length > 0 ? 'partial' : 'custom', subject: squeezed(call) }, standing, call);
  else if (/^(compile_fail|pass)$/.test(method) && /\bTestCases::new\b/.test(walk.fn.text))
    // trybuild holds what the compiler says against what is stored.
    walk.add({ fact: 'large-snapshot', subject: squeezed(call) }, standing, call);
  else if (method !== '' && !OFTEN.test(method)) {
    const helper = walk.find.find(method);
    if (helper && helper !== walk.fn && takesSelf(helper) && isAsserting(helper)) follow(walk, helper, method, call, standing);
  }
}

/** What a call states whose name is known. */
function ofCallee({ find }: Walk, call: Bare, callee: Bare, method: string): Stated | undefined {
  if (find.named(squeezed(callee))) return { fact: 'declared', subject: squeezed(call) };
  if (/^(unwrap|expect)$/.test(method)) return { fact: 'no-error', subject: squeezed(call) };
  if (/^(unwrap_err|expect_err)$/.test(method)) return { fact: 'exists', subject: squeezed(call) };
  return undefined;
}

/** A function or closure that is called by its name. */
function readNamed(walk: Walk, call: Bare, callee: Bare, standing: Standing): void {
  const name = callee.text.split('::').at(-1) ?? '';
  const closure = walk.closures.get(name);
  const helper = closure ?? walk.find.find(name);
  if (helper && helper !== walk.fn) follow(walk, helper, name, call, standing, closure !== undefined);
  else if (!helper && /^(assert|check|verify|expect|ensure|test|roundtrip|compare)(_|$)/.test(name))
    walk.add({ fact: 'custom', subject: squeezed(call) }, standing, call);
}

/** Functions that quickcheck is given hold against many inputs: by what they answer, or by what they assert. */
function readProperties(walk: Walk, args: readonly Bare[], call: Bare, standing: Standing): void {
  for (const arg of args) {
    const name = (arg.type === 'type_cast_expression' ? arg.get('value') : arg)?.text ?? '';
    const property = walk.closures.get(name) ?? walk.find.find(name);
    if (!property) continue;
    if (/bool|TestResult/.test(property.get('return_type')?.text ?? '')) walk.add({ fact: 'property', subject: name }, standing, call);
    else follow(walk, property, name, call, standing);
  }
}

function takesSelf(fn: Bare): boolean {
  return /^\(\s*&?(?:'\w+\s+)?(?:mut\s+)?self\b/.test(fn.get('parameters')?.text ?? '');
}
