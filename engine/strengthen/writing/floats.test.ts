import assert from 'node:assert/strict';
import { encode, OF_RESULTS } from '../literals.ts';
import type { Outcome } from '../scenario.ts';
import { closeTo } from './floats.ts';

/** What a call comes to, what it does with the mutant, and what the one is told to be close to. */
const CASES: [value: unknown, mutated: unknown, close: number | undefined][] = [
  [0.1 + 0.2, 0.4, 0.3],
  [-2 / 3, 'x', -0.66667],
  [0.1 + 0.2, 0.3, undefined],
  [0.1 + 0.2, 0.30005, undefined],
  [0.25, 0.5, undefined],
  [0.123456789, 0.5, undefined],
  [0.1234567891, 0.5, 0.12346],
  [0.001 + 1e-12, 0.5, 0.001],
  [1e9 + 1 / 3, 0, undefined],
  [1 / 3000, 0, undefined],
  [1e21 / 3, 0, undefined],
  [3, 4, undefined],
  ['0.30000000000000004', '', undefined],
  [Number.NaN, 1, undefined],
];

const returns = (value: unknown): Outcome => ({ kind: 'returns', value: encode(value, OF_RESULTS) });

describe('what a float is told to be close to', () => {
  for (const [value, mutated, close] of CASES) {
    it(`${value} where a mutant comes to ${mutated}`, () => assert.equal(closeTo(returns(value), returns(mutated)), close));
  }
});
