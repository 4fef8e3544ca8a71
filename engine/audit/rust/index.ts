import type { Bare } from '../../syntax/index.ts';
import type { Check, TestCase } from '../model.ts';
import type { Named } from '../named.ts';
import type { FunctionFinder } from '../reading/index.ts';
import { bodyText, squeezed } from '../text.ts';
import { Walk } from './body/index.ts';
import { assertionsIn, closing } from './tokens.ts';
import { mayCheckUnseen } from './unseen.ts';

const COMMENT = /\/\/[^\n]*|\/\*.*?\*\//gs;
/** A property is held against many inputs: as many rows as make a test comprehensive. */
const PROPERTY_ROWS = 8;

/** The tests of a Rust file: functions with an attribute that ends in `test`, rstest's, and those in `proptest!`. `elsewhere` finds functions in the modules of helpers that the file uses. */
export function readRust(root: Bare, file: string, named: Named, elsewhere: (name: string) => Bare | undefined): TestCase[] {
  const functions = new Map<string, Bare>();
  for (const scope of testScopes(root, file)) {
    for (const node of scope.filter(({ type }) => type === 'function_item' || type === 'macro_definition'))
      functions.set(`${node.get('name')?.text ?? ''}${node.type === 'macro_definition' ? '!' : ''}`, node);
  }
  const tests: TestCase[] = [];
  collect(root, [], { find: (name) => functions.get(name) ?? elsewhere(name), named, read: new Map() }, tests);
  return tests;
}

/** Where helpers of tests stand: in modules of tests, and in all of a file of tests. What is tested may have assertions of its own, which say nothing of its tests. */
function testScopes(root: Bare, file: string): Bare[] {
  const isTest = ({ type, text }: Bare) => type === 'attribute_item' && /^#\s*\[\s*(?:\w+::)*(?:test|rstest)\b/.test(text);
  if (/(?:^|[\\/])tests[\\/]/.test(file) || root.children.some(isTest)) return [root];
  return root
    .filter(({ type }) => type === 'mod_item')
    .filter((node) => /^tests?$|_tests?$/.test(node.get('name')?.text ?? '') || node.children.some((child) => child.children.some(isTest)));
}

function collect(scope: Bare, suites: string[], find: FunctionFinder, into: TestCase[]): void {
  let attributes: string[] = [];
  for (const node of scope.children) {
    if (node.type === 'attribute_item') {
      attributes.push(node.text.replace(/^#\s*\[\s*|\s*\]$/g, ''));
      continue;
    }
    const name = node.get('name')?.text ?? '';
    if (node.type === 'mod_item') {
      const body = node.get('body');
      if (body) collect(body, [...suites, name], find, into);
    } else if (
      node.type === 'function_item' &&
      attributes.some((one) => /(^|::|_)test(\(|$)|^rstest(\(|$)|^test_case\b|^test_log::test|^quickcheck/.test(one)) &&
      !attributes.some((one) => /^template$/.test(one))
    ) {
      into.push(readTest(node, suites, attributes, find));
    } else if (/^(macro_invocation|expression_statement)$/.test(node.type))
      properties(node.type === 'macro_invocation' ? node : (node.children[0] ?? node), suites, into);
    attributes = [];
  }
}

function readTest(fn: Bare, suites: string[], attributes: readonly string[], find: FunctionFinder): TestCase {
  const name = fn.get('name');
  const { checks, acts } = new Walk(fn, find).read();
  const head = { start: fn.start, end: name?.end ?? fn.start };
  const panics = attributes.find((one) => one.startsWith('should_panic'));
  const panic: Check[] = panics
    ? [{ fact: /=/.test(panics) ? 'error' : 'any-error', subject: 'panic', details: 1, certainty: 'always', ...head }]
    : [];
  // `#[quickcheck] fn holds(a: u8) -> bool` asserts by what it answers.
  const isAnswer = attributes.some((one) => /^quickcheck/.test(one)) && /bool|TestResult/.test(fn.get('return_type')?.text ?? '');
  const answers: Check[] = isAnswer ? [{ fact: 'property', subject: 'result', details: 1, certainty: 'always', ...head }] : [];
  const rows = attributes.filter((one) => /^(case|test_case)\b/.test(one)).length;
  return {
    title: [...suites, name?.text ?? ''],
    start: fn.start,
    end: fn.end,
    head,
    state: attributes.some((one) => /^ignore\b/.test(one)) ? 'skipped' : 'run',
    isToldAround: false,
    dropped: [],
    rows: Math.max(1, rows, attributes.some((one) => /^quickcheck/.test(one)) ? PROPERTY_ROWS : 1),
    acts,
    mayCheckUnseen: checks.length === 0 && mayCheckUnseen(fn, find),
    checks: [...panic, ...answers, ...checks],
    body: fn.get('body') ? `${fn.parent?.start} ${attributes.join()} ${fn.get('parameters')?.text} ${bodyText(fn.get('body') as Bare, COMMENT)}` : '',
  };
}

/** The tests in `proptest! { … }` and other macros: their text is not read as code, so that only the macros in them are looked at. */
function properties(macro: Bare, suites: string[], into: TestCase[]): void {
  const name = macro.get('macro')?.text ?? '';
  const rows = /(^|::)proptest$/.test(name) ? PROPERTY_ROWS : 1;
  const { text } = macro;
  const found = [
    ...text.matchAll(/(?:#\[ignore[^\]]*\]\s*)?#\[(?:\w+::)?test(?:\([^\]]*\))?\]\s*(?:#\[[^\]]*\]\s*|\/\/[^\n]*\s*)*(?:async\s+)?fn\s+(\w+)/g),
  ];
  for (const [i, match] of found.entries()) {
    const at = match.index + match[0].lastIndexOf('fn ');
    const end = found[i + 1]?.index ?? text.length;
    const opens = text.indexOf('{', at + match[0].length - match[0].lastIndexOf('fn '));
    const stop = opens < 0 ? end : Math.min(end, closing(text, opens));
    const body = text.slice(at, stop);
    const head = { start: macro.start + at, end: macro.start + at + `fn ${match[1]}`.length };
    const checks = assertionsIn(body, macro.start + at, { certainty: 'always' });
    into.push({
      title: [...suites, match[1] as string],
      start: head.start,
      end: macro.start + stop,
      head,
      state: /#\[ignore/.test(match[0]) ? 'skipped' : 'run',
      isToldAround: false,
      dropped: [],
      rows,
      acts: true,
      checks,
      body: `${macro.start} ${squeezed(body.slice(`fn ${match[1]}`.length).replace(COMMENT, ''))}`,
    });
  }
}
