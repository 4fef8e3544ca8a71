import type { Bare } from '../../syntax/index.ts';
import type { Check, TestCase, TestState } from '../model.ts';
import type { Named } from '../named.ts';
import { bodyText } from '../text.ts';
import { Walk } from './body/index.ts';
import { Definitions, decoratorsOf, type PythonModules, undecorated } from './definitions.ts';

import { mayCheckUnseen } from './unseen.ts';

export type { PythonModules } from './definitions.ts';

const COMMENT = /#[^\n]*/g;
/** A property is held against many inputs: as many rows as make a test comprehensive. */
const PROPERTY_ROWS = 8;

/** The tests of a Python module: pytest's functions and classes, and the methods of `unittest.TestCase`. */
export function readPython(root: Bare, file: string, named: Named, modules: PythonModules): TestCase[] {
  const definitions = new Definitions(root, file, named, modules);
  const tests: TestCase[] = [];
  collect(root, [], 'run', definitions, tests);
  return tests;
}

function collect(scope: Bare, suites: string[], around: TestState, definitions: Definitions, into: TestCase[]): void {
  for (const statement of scope.children) {
    const node = undecorated(statement);
    const decorators = decoratorsOf(statement);
    const state = around === 'skipped' || decorators.some(isSkip) ? 'skipped' : 'run';
    const name = node.get('name')?.text ?? '';
    if (node.type === 'class_definition') {
      const body = node.get('body');
      if (body && (/^_?test|Tests?$|TestCase$|Case$/i.test(name) || /Test|Case|Suite/.test(node.get('superclasses')?.text ?? '')))
        collect(body, [...suites, name], state, definitions, into);
    } else if (node.type === 'function_definition' && /^test/.test(name) && !decorators.some(({ text }) => /fixture/.test(text)))
      into.push(...readTest(node, statement, suites, state, decorators, definitions));
    else if (/^(if_statement|try_statement|with_statement|block|else_clause|except_clause)$/.test(node.type))
      collect(node, suites, state, definitions, into);
  }
}

function readTest(fn: Bare, statement: Bare, suites: string[], state: TestState, decorators: readonly Bare[], definitions: Definitions): TestCase[] {
  const name = fn.get('name');
  const { checks, acts, dropped } = new Walk(fn, definitions).read();
  // Benchmarks are no tests, but where they assert.
  if (checks.length === 0 && isBenchmark(fn, decorators)) return [];
  const skips = skipsItself(fn);
  const test: TestCase = {
    title: [...suites, name?.text ?? ''],
    start: fn.start,
    end: fn.end,
    head: { start: fn.start, end: name?.end ?? fn.start },
    state: state === 'run' && skips ? 'skipped' : state,
    isToldAround: false,
    rows: decorators.reduce((rows, decorator) => rows * rowsOf(decorator), 1),
    acts,
    mayCheckUnseen: checks.length === 0 && mayCheckUnseen(fn, decorators, definitions),
    dropped,
    checks: withExpectedFailure(checks, decorators, fn),
    // Of a test that does no more than skip itself there is nothing else to say.
    body:
      skips && isOnly(fn)
        ? ''
        : `${statement.parent?.start} ${fn.get('parameters')?.text}${decorators.map(({ text }) => text).join()}${bodyText(fn.get('body') ?? fn, COMMENT)}`,
  };
  return [test];
}

/** A test that is given pytest-benchmark's fixture, or marked for it. */
function isBenchmark(fn: Bare, decorators: readonly Bare[]): boolean {
  const isFixture = (one: Bare) =>
    /^(benchmark|benchmark_\w+|\w+_benchmark)$/.test((one.type === 'identifier' ? one.text : one.children[0]?.text) ?? '');
  return decorators.some(({ text }) => /^pytest\.mark\.benchmark\b/.test(text)) || (fn.get('parameters')?.children ?? []).some(isFixture);
}

/** `@pytest.mark.xfail(raises=…, strict=True)` wants a failure; pytest-mpl holds the figure that is returned against a stored one. */
function withExpectedFailure(checks: Check[], decorators: readonly Bare[], fn: Bare): Check[] {
  if (decorators.some(({ text }) => /\bmpl_image_compare\b/.test(text)))
    return [...checks, { fact: 'large-snapshot', subject: 'figure', details: 1, certainty: 'always', start: fn.start, end: fn.start }];
  const xfail = decorators.find(({ text }) => /xfail\(.*strict\s*=\s*True/s.test(text) && /raises/.test(text));
  return xfail && checks.length === 0
    ? [{ fact: 'error', subject: 'xfail', details: 1, certainty: 'always', start: fn.start, end: fn.start }]
    : checks;
}

function isSkip({ text }: Bare): boolean {
  return /^(pytest\.mark\.skip|mark\.skip|unittest\.skip|skip|pytest\.mark\.skip\(.*\))(\(|$)/s.test(text) && !/^[\w.]*skip(if|If|Unless)/.test(text);
}

function statements(fn: Bare): Bare[] {
  return (fn.get('body')?.children ?? []).filter((one) => !(one.type === 'expression_statement' && one.children[0]?.type === 'string'));
}

function isOnly(fn: Bare): boolean {
  return statements(fn).length === 1;
}

function skipsItself(fn: Bare): boolean {
  const [first] = statements(fn);
  return /^(pytest\.skip\(|self\.skipTest\(|raise (unittest\.)?SkipTest|pytest\.xfail\()/.test(first?.text ?? '');
}

function rowsOf(decorator: Bare): number {
  if (/^(hypothesis\.)?given\b/.test(decorator.text)) return PROPERTY_ROWS;
  if (!/parametrize\(|parameterized/.test(decorator.text)) return 1;
  const table = decorator.get('arguments')?.children.find(({ type }) => type === 'list' || type === 'tuple');
  return Math.max(1, table?.children.length ?? 1);
}
