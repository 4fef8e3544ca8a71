import assert from 'node:assert/strict';
import { ofStretches } from './of-stretches.ts';

/** Where stretches are in a line (each letter one), where the complaints are that are new and that were there before, and whose they are. */
const CASES: [stretches: string, complaints: string, known: string, whose: string][] = [
  ['  aaa  bb ', '   n      ', '', 'n:0'],
  ['  aaa  bb ', ' n     n  ', '', 'n:0 n:1'],
  ['  aaa  bb ', 'x         ', 'x', ''],
  ['  aaa  bb ', 'x        x', 'x', 'x:1'],
  ['  aaa  bb ', '  x       ', 'x', 'x:0'],
  ['          ', ' n        ', '', ''],
];

describe('whose complaints are', () => {
  for (const [line, marks, known, whose] of CASES) {
    it(JSON.stringify([line, marks, known]), () => {
      const stretches = [...line.matchAll(/(\w)\1*/g)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
      const complaints = [...marks.matchAll(/\w/g)].map(({ index, 0: message }) => ({ offset: index, message }));
      const found = ofStretches(complaints, [...known], stretches);
      assert.equal(found.map(({ message, stretch }) => `${message}:${stretch}`).join(' '), whose);
    });
  }
});
