import type { Bare } from '../../../syntax/index.ts';
import { carried, mayFollow, type Standing, type Stated } from '../../reading/index.ts';
import { squeezed } from '../../text.ts';
import { ofTestify } from '../facts.ts';
import { ofWord } from '../words.ts';
import type { Walk } from './walk.ts';

/** Functions that keep what they are given for later. */
const LATER = /^(Handle|HandleFunc|HandlerFunc|AfterFunc|GET|POST|PUT|PATCH|DELETE|Any|Use|Cleanup|Register\w*|Subscribe|On[A-Z]\w*)$/;

/** A call: a subtest, an assertion, a helper that makes some, or a call of what is tested. */
export function readCall(walk: Walk, call: Bare, standing: Standing): void {
  const { look, gathered } = walk;
  gathered.acts = true;
  const callee = call.get('function');
  const args = call.get('arguments')?.children ?? [];
  const object = callee?.type === 'selector_expression' ? callee.get('operand') : undefined;
  const method = callee?.type === 'selector_expression' ? (callee.get('field')?.text ?? '') : '';
  if (object && look.isTest(object) && method === 'Run') {
    for (const arg of args) if (arg.type === 'func_literal') readSubtest(walk, arg, standing);
    return;
  }
  // A failure that no condition leads to: in a handler, or behind what must have left.
  if (object && look.isFailingMethod(object, method)) return;
  const worded = inWords(walk, callee, args);
  if (worded) {
    if (standing.certainty === 'always') walk.rows.measure(call);
    walk.add(worded, standing, call);
    return;
  }
  if (object && look.isTester(object) && readTestify(walk, call, method, args, standing)) return;
  if (callee?.type === 'func_literal') walk.block(callee.get('body'), standing);
  else readHelper(walk, call, callee, args, standing);
  const isLater = LATER.test(method || (callee?.text ?? ''));
  for (const arg of args) {
    if (arg.type === 'func_literal' && !isLater && !/http\.ResponseWriter/.test(arg.get('parameters')?.text ?? ''))
      walk.block(arg.get('body'), standing);
    else walk.visit(arg, standing);
  }
  if (object) walk.visit(object, standing);
}

function readSubtest(walk: Walk, fn: Bare, standing: Standing): void {
  for (const name of fn.get('parameters')?.children ?? []) if (/testing\.T/.test(name.text)) walk.look.tests.add(name.get('name')?.text ?? 't');
  walk.block(fn.get('body'), standing);
}

/** An assertion of testify, or of what is like it. Answers whether it is one. */
function readTestify(walk: Walk, call: Bare, method: string, args: readonly Bare[], standing: Standing): boolean {
  const given = args[0] && walk.look.isTest(args[0]) ? args.slice(1) : args;
  const found = ofTestify(method, given, call);
  if (!found || found === 'fail') return false;
  if (standing.certainty === 'always' && found.fact !== 'order') walk.rows.measure(call);
  walk.add(found, standing, call);
  for (const arg of given) if (arg.type === 'func_literal') walk.block(arg.get('body'), standing);
  return true;
}

/** Assertions of goconvey, gomega, quicktest and check, which name in a word what they want. */
function inWords({ look }: Walk, callee: Bare | undefined, args: readonly Bare[]): Stated | undefined {
  const [subject, word, expected] = args;
  if (callee?.text === 'So' || callee?.text === 'convey.So') return subject && word && ofWord(subject, word.text, expected, false);
  const object = callee?.get('operand');
  const method = callee?.get('field')?.text ?? '';
  if (/^(Assert|Check)$/.test(method) && subject && word && /^(\w+\.)?[A-Z]\w+$/.test(word.text) && look.isTest(object ?? subject))
    return ofWord(subject, word.text, expected, false);
  if (!/^(To|NotTo|ToNot|Should|ShouldNot)$/.test(method) || object?.type !== 'call_expression') return undefined;
  if (!/^(\w+\.)?(Expect|Eventually|Consistently|Ω)(WithOffset)?$/.test(object.get('function')?.text ?? '')) return undefined;
  const about = object.get('arguments')?.children.at(-1);
  const matcher = subject?.type === 'call_expression' ? subject : undefined;
  return about && ofWord(about, matcher?.get('function')?.text ?? '', matcher?.get('arguments')?.children[0], /Not/.test(method));
}

/** Whether a file takes the names of another package as its own: `import . "…"`. */
function hasOwnNames(node: Bare): boolean {
  let root = node;
  while (root.parent) root = root.parent;
  return root.children.some(({ type, text }) => type === 'import_declaration' && /(^|[\s(])\.\s+"/.test(text));
}

/** Whether a method that says that it asserts, or runs, is called of something that was given the test: it fails the test by that. */
function isOfTest({ values, look }: Walk, callee: Bare | undefined, name: string): boolean {
  const object = callee?.get('operand');
  const made = object?.type === 'identifier' && /^(Run|Assert|Require|Check|Verify|Expect|Want|Must)/.test(name) ? values.of(object.text) : undefined;
  return made?.type === 'call_expression' && (made.get('arguments')?.children.some((arg) => look.isTest(arg)) ?? false);
}

/** The assertions of a helper that is called, where there is one. */
function readHelper(walk: Walk, call: Bare, callee: Bare | undefined, args: readonly Bare[], standing: Standing): void {
  const { find, closures, look, following } = walk;
  if (callee && find.named(squeezed(callee))) {
    walk.add({ fact: 'declared', subject: squeezed(call) }, standing, call);
    return;
  }
  const name = callee?.type === 'selector_expression' ? (callee.get('field')?.text ?? '') : (callee?.text ?? '');
  const closure = callee?.type === 'identifier' ? closures.get(name) : undefined;
  const fn = closure ?? find.find(name);
  if (!fn) {
    // `Equal(t, got, want)` of a package whose names the file has as its own.
    const own =
      callee?.type === 'identifier' && args[0] && look.isTest(args[0]) && hasOwnNames(callee) ? ofTestify(name, args.slice(1), call) : undefined;
    if (own && own !== 'fail') {
      walk.add(own, standing, call);
      return;
    }
    const isTold = args.some((arg) => look.isTest(arg) || /\.T\(\)$/.test(arg.text));
    const saysAssert = /^(assert|require|check|verify|expect|must|test|compare|validate|run)/i.test(name);
    if ((isTold ? saysAssert : isOfTest(walk, callee, name)) && !/^(t\.)?(Log|Helper|Cleanup|TempDir|Setenv|Parallel|Skip|Name)/.test(name))
      walk.add({ fact: 'custom', subject: squeezed(call) }, standing, call);
    return;
  }
  if (fn === walk.fn || !mayFollow(fn, following)) return;
  const checks = (closure ? undefined : find.read.get(fn)) ?? walk.readHelper(fn, closure && name);
  if (!closure) find.read.set(fn, checks);
  walk.gathered.checks.push(...carried(checks, standing, call, closure ? undefined : name));
}
