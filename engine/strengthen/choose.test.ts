import assert from 'node:assert/strict';
import type { ResolvedMutant } from '../mutation/index.ts';
import { chooseTestFiles } from './choose.ts';

/** Which tests reach a mutant (`a1` is one of file `a`), the texts of the test files, those that import the mutated file, and the file that is chosen. */
const CASES: [reaching: string, texts: Record<string, string>, importing: string[], chosen: string | undefined][] = [
  ['a1 b1 b2', { a: '', b: '' }, [], 'b'],
  ['b1 a1', { a: '', b: '' }, [], 'a'],
  ['a1 b1 b2', { a: 'f(1); f(2);', b: 'f(1);' }, [], 'a'],
  ['a1 b1', { a: 'f(1);', b: 'f(1); f(2);' }, ['a'], 'b'],
  ['a1 a2 b1', { a: '', b: '' }, ['b'], 'b'],
  ['a1 a2 b1', { b: '' }, [], 'b'],
  ['', { a: '' }, [], undefined],
];

describe('the test file that is looked in', () => {
  for (const [reaching, texts, importing, chosen] of CASES) {
    it(`for what ${reaching || 'no test'} reaches is ${chosen ?? 'none'}`, () => {
      const names = ['a1', 'a2', 'b1', 'b2'];
      const tests = new Map(names.map((name, id) => [id, { file: name[0] as string, name }]));
      const coveredBy = reaching.split(' ').flatMap((name) => (name === '' ? [] : [names.indexOf(name)]));
      const mutant = { coveredBy, killedBy: [], static: false } as unknown as ResolvedMutant;
      const known = {
        pieces: [{ mutants: [mutant] }],
        tests,
        texts: new Map(Object.entries(texts)),
        importing: new Map(importing.map((file) => [file, []])),
        ownersOf: () => ['f'],
      } as unknown as Parameters<typeof chooseTestFiles>[0];
      assert.deepEqual(
        chooseTestFiles(known, () => true).map(({ testFile }) => testFile),
        chosen === undefined ? [] : [chosen],
      );
    });
  }
});
