import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformFromAstSync, type types } from '@babel/core';
import { replacementInText } from '../engine/mutation/replacement.ts';
import { TextSlices } from '../engine/mutation/text-slices.ts';

/**
 * Each mutant, written into the text by its range and replacement, is the program that the instrumenter runs: both are printed from their syntax trees and compared.
 * The instrumenter exports neither its parser nor its mutants with their nodes, so they are taken from the files that have them.
 */

const internal = (file: string) => import(new URL(`dist/src/${file}`, import.meta.resolve('@stryker-mutator/instrumenter/package.json')).href);
const { createParser } = (await internal('parsers/index.js')) as {
  createParser(options: object): (text: string, file: string) => Promise<{ root: Root }>;
};
const { transformBabel } = (await internal('transformers/babel-transformer.js')) as {
  transformBabel(ast: object, into: object, context: object): void;
};
const { MutantCollector } = (await internal('transformers/mutant-collector.js')) as { MutantCollector: new () => { mutants: PlacedMutant[] } };
const parse = createParser({});

type Root = types.File;
interface PlacedMutant {
  original: types.Node;
  mutatorName: string;
  replacementCode: string;
  applied(tree: Root): Root;
}

const SOURCES = [
  'replacements/awkward.ts.txt',
  'replacements/no-semicolons.jsx.txt',
  '../engine/mutation/resolve.ts',
  '../engine/mutation/targets.ts',
];

describe('mutants written into the text', () => {
  for (const source of SOURCES) {
    it(source, async () => {
      const text = readFileSync(new URL(source, import.meta.url), 'utf8').replaceAll('\r\n', '\n');
      const file = `/nowhere/${path.basename(source, '.txt')}`;
      const { root } = await parse(text, file);
      const slices = new TextSlices(new Map([[file, text]]));
      for (const mutant of await mutantsOf(text, file)) {
        const change = written(mutant, text, file, slices);
        const tree = await parse(change.text, file).catch((error: Error) => assert.fail(`${change.says} does not parse: ${error.message}`));
        assert.equal(print(tree.root), print(mutant.applied(root)), change.says);
      }
    });
  }
});

async function mutantsOf(text: string, file: string): Promise<PlacedMutant[]> {
  const collector = new MutantCollector();
  const options = { ignorers: [], excludedMutations: [], noHeader: true };
  transformBabel(await parse(text, file), collector, { options, mutateDescription: true, logger: console, isExpressionContext: false });
  return collector.mutants;
}

function written({ original, mutatorName, replacementCode }: PlacedMutant, text: string, file: string, slices: TextSlices) {
  assert.ok(original.loc);
  const { start, end } = original.loc;
  const range = { start: { ...start, line: start.line - 1 }, end: { ...end, line: end.line - 1 } };
  const [from, to] = [range.start, range.end].map(({ line, column }) =>
    text
      .split('\n')
      .slice(0, line)
      .reduce((sum, { length }) => sum + length + 1, column),
  ) as [number, number];
  const change = { mutator: mutatorName, original: slices.slice(file, range), replacement: replacementCode };
  const replacement = replacementInText(change, ...slices.around(file, range));
  return {
    text: text.slice(0, from) + replacement + text.slice(to),
    says: `${mutatorName} at line ${start.line}: ${change.original} becomes ${replacement}`,
  };
}

/** The program without its comments and its empty statements: one that takes the place of a call ends a line before it that has no semicolon. */
function print(root: Root): string {
  const code = transformFromAstSync(root, '', { configFile: false, babelrc: false, comments: false, compact: true })?.code ?? '';
  return code.replace(/;+/g, ';');
}
