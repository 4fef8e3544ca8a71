import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { instrumenter, mutatorNames } from '../../test/support/instrumenter.ts';
import { functionBodies, type LanguageName, languageOf, SyntaxTree } from '../syntax/index.ts';
import { extremeMutants, OTHER_MUTATORS } from './extreme.ts';

/** Code of which everything is marked, with `^`, that a mutant takes the place of when each function loses its body. */
const CASES: Record<string, [language: LanguageName, text: string]> = {
  'a function and what is in it': [
    'javascript',
    `
function add(a, b) { if (a) { return a + b } return 0 }
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
  ],
  'an arrow function without a block': [
    'typescript',
    `
export const half = (n: number) => n / 2;
                    ^^^^^^^^^^^^^^^^^^^^`,
  ],
  'methods, accessors, constructors and fields': [
    'typescript',
    `
class Cart {
  lines = [1];
  constructor() { this.lines.push(2) }
                ^^^^^^^^^^^^^^^^^^^^^^
  get size() { return this.lines.length }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  static { if (a) { go() } }
  readonly add = (n: number) => { this.lines.push(n) };
                                ^^^^^^^^^^^^^^^^^^^^^^
}`,
  ],
  'functions that are passed on': [
    'javascript',
    `
list.map((x) => x.id, function () { go() });
         ^^^^^^^^^^^
                                  ^^^^^^^^`,
  ],
  'a function in a branch': [
    'javascript',
    `
if (a) { on('end', () => { go() }) }
                         ^^^^^^^^`,
  ],
  'what StrykerJS leaves alone': [
    'typescript',
    `
class Tea extends Cart { name = 'tea'; constructor() { super(); go() } }
const none = () => undefined;
function empty() { /* nothing yet */ }
function strict() { 'use strict' }`,
  ],
};

/** Files whose functions the grammar and StrykerJS's own parser have to find in the same places. */
const FILES = [
  '../mutation/book.ts',
  '../mutation/selection/arid.ts',
  '../syntax/functions.ts',
  '../../media/report/source-view.ts',
  '../../server/server.ts',
];

describe('extremeMutants', () => {
  for (const [name, [language, marked]] of Object.entries(CASES)) {
    it(name, async () => {
      const { text, marks } = read(marked);
      assert.deepEqual((await extreme(text, language)).map(shown).sort(), marks.sort());
    });
  }

  for (const file of FILES) {
    it(`finds the bodies of ${file} where StrykerJS does`, async () => {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8');
      const expected = new Set<string>();
      const seen = (path: BabelPath): undefined => {
        if (path.isFunction())
          expected.add(shown({ location: zeroBased((path.node.body?.type === 'BlockStatement' ? path.node.body : path.node).loc) }));
      };
      const mutants = await mutantsOf(text, languageOf(file) as LanguageName, [{ shouldIgnore: seen }]);
      const found = extremeMutants(mutants, () => undefined)
        .filter(({ mutatorName, location }) => /^(BlockStatement|ArrowFunction)$/.test(mutatorName) && expected.has(shown({ location })))
        .map(shown);
      assert.ok(found.length > 5);
      assert.deepEqual((await extreme(text, languageOf(file) as LanguageName)).map(shown), found);
    });
  }

  it('leaves files alone whose bodies nobody tells', async () => {
    const mutants = await mutantsOf('function f(a) { return a + 1 }', 'javascript');
    assert.deepEqual(
      extremeMutants(mutants, () => undefined),
      mutants,
    );
  });

  it('names all other mutators', async () => {
    assert.deepEqual([...OTHER_MUTATORS, 'ArrowFunction', 'BlockStatement'].sort(), (await mutatorNames()).sort());
  });
});

interface BabelPath {
  isFunction(): boolean;
  node: { loc: Lines; body?: { type: string; loc: Lines } };
}
interface Lines {
  start: { line: number; column: number };
  end: { line: number; column: number };
}

async function extreme(text: string, language: LanguageName) {
  const tree = await SyntaxTree.parse(language, text);
  const bodies = functionBodies(tree.tree);
  tree.dispose();
  return extremeMutants(await mutantsOf(text, language), () => bodies);
}

async function mutantsOf(content: string, language: LanguageName, ignorers: object[] = []) {
  const options = { plugins: null, ignorers, excludedMutations: [], noHeader: true } as never;
  const name = language === 'javascript' ? 'a.js' : 'a.ts';
  return (await instrumenter.instrument([{ name, content, mutate: true }], options)).mutants;
}

function zeroBased({ start, end }: Lines): Lines {
  return { start: { ...start, line: start.line - 1 }, end: { ...end, line: end.line - 1 } };
}

function shown({ location: { start, end } }: { location: Lines }): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}

/** Takes the lines of marks out of a text: they speak of the last line of code before them. */
function read(marked: string): { text: string; marks: string[] } {
  const lines: string[] = [];
  const marks: string[] = [];
  for (const line of marked.split('\n')) {
    if (!/^[ ^]+$/.test(line)) lines.push(line);
    else
      for (const { 0: mark, index } of line.matchAll(/\^+/g)) {
        const at = lines.length - 1;
        marks.push(shown({ location: { start: { line: at, column: index }, end: { line: at, column: index + mark.length } } }));
      }
  }
  return { text: lines.join('\n'), marks };
}
