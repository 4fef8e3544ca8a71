import type { Bare } from '../../syntax/index.ts';
import type { TestCase } from '../model.ts';
import type { Named } from '../named.ts';
import type { FunctionFinder } from '../reading/index.ts';
import { bodyText } from '../text.ts';
import { statementsIn, Walk } from './body/index.ts';
import { mayCheckUnseen } from './unseen.ts';

export { declaredIn } from './values.ts';

const COMMENT = /\/\/[^\n]*|\/\*.*?\*\//gs;

/** The tests of a Go file: `TestXxx` with their subtests, methods of suites, fuzz tests and examples. `sibling` finds functions of the other test files of its package, `value` what names are set to in all of its files. */
export function readGo(root: Bare, named: Named, sibling: (name: string) => Bare | undefined, value: (name: string) => Bare | undefined): TestCase[] {
  const functions = new Map<string, Bare>();
  for (const node of root.children) if (/^(function|method)_declaration$/.test(node.type)) functions.set(node.get('name')?.text ?? '', node);
  const find: FunctionFinder = { find: (name) => functions.get(name) ?? sibling(name), value, named, read: new Map() };
  return root.children.flatMap((node) => {
    const name = node.get('name')?.text ?? '';
    const parameters = node.get('parameters')?.text ?? '';
    const isTest = node.type === 'function_declaration' && /^(Test|Fuzz)(?![a-z])/.test(name) && /testing\.(T|F)\b/.test(parameters);
    const isOfSuite =
      node.type === 'method_declaration' && /^Test(?![a-z])/.test(name) && /^\(\s*(\w+ \*check\.C)?\s*\)$/.test(parameters) && isInSuite(node, root);
    if (node.type === 'function_declaration' && /^Example(?![a-z])/.test(name) && /^\(\s*\)$/.test(parameters)) return [example(node)];
    return isTest || isOfSuite ? [readTest(node, find)] : [];
  });
}

/** Whether a method is a test of a suite: others have names like it where tests make up what they call. */
function isInSuite(method: Bare, root: Bare): boolean {
  return /suite|check\.C/i.test(root.text) || /\.(T|Require|Assert|Equal\w*|NoError|Error\w*|True|False|Nil|NotNil|Run)\(/.test(method.text);
}

function readTest(fn: Bare, find: FunctionFinder): TestCase {
  const names = [...(fn.get('parameters')?.children ?? []), ...(fn.get('receiver')?.children ?? [])].map((one) => one.get('name')?.text ?? '');
  const { checks, acts, rows } = new Walk(fn, find, names).read();
  const skips = skipsItself(fn);
  // Of a test that does no more than skip itself there is nothing else to say.
  return {
    ...base(fn),
    state: skips ? 'skipped' : 'run',
    rows,
    acts,
    checks: isOfAssertions(fn) ? checks.map(({ flaw, ...check }) => (flaw === 'tautology' ? check : { ...check, ...(flaw && { flaw }) })) : checks,
    mayCheckUnseen: checks.length === 0 && mayCheckUnseen(fn, names, find),
    // Who leaves a comment knows.
    isIdle: statementsIn(fn.get('body')).length === 0 && !/\/\/ |\/\*/.test(fn.get('body')?.text ?? ''),
    ...(skips && statementsIn(fn.get('body')).length === 1 && { body: '' }),
  };
}

/** An example is run only if it says what it prints. */
function example(fn: Bare): TestCase {
  const output = /\/\/\s*(?:unordered )?output:/i.test(fn.text);
  const { start, end } = base(fn).head;
  return {
    ...base(fn),
    state: 'run',
    rows: 1,
    acts: true,
    checks: output ? [{ fact: 'value', subject: 'output', details: 1, certainty: 'always', start, end }] : [],
  };
}

function base(fn: Bare) {
  const name = fn.get('name');
  const body = fn.get('body');
  return {
    title: [name?.text ?? ''],
    start: fn.start,
    end: fn.end,
    head: { start: fn.start, end: name?.end ?? fn.start },
    isToldAround: false,
    dropped: [],
    body: body ? `${fn.get('receiver')?.text} ${bodyText(body, COMMENT)}` : '',
  };
}

function skipsItself(fn: Bare): boolean {
  const [first] = statementsIn(fn.get('body'));
  return /^\w+(\.T\(\))?\.Skip(f|Now)?\(/.test(first?.text ?? '');
}

/** Whether a test is one of a package of assertions, which holds constants against each other on purpose. */
function isOfAssertions({ parent }: Bare): boolean {
  const name = parent?.children.find(({ type }) => type === 'package_clause')?.children[0]?.text ?? '';
  return /^(assert|require|expect|must|suite|check|testify|should|convey|gomega|qt|quicktest|matchers?)(_test)?$/.test(name);
}
