import assert from 'node:assert/strict';
import { criticalityOf } from './criticality.ts';
import type { Signals } from './model.ts';

const NOTHING: Signals = { exported: false, fanIn: 0, functions: 0, changes: 0, fixes: 0 };

/** Signals, and the criticality that they make. */
const CASES: [signals: Signals, expected: number][] = [
  [NOTHING, 0],
  [{ ...NOTHING, exported: true }, 0.3],
  [{ ...NOTHING, fanIn: 16 }, 0.2],
  [{ ...NOTHING, fanIn: 400 }, 0.2],
  [{ ...NOTHING, functions: 7 }, 0.07],
  [{ ...NOTHING, changes: 32 }, 0.15],
  [{ ...NOTHING, fixes: 2 }, 0.1],
  [{ exported: true, fanIn: 16, functions: 64, changes: 32, fixes: 8 }, 1],
  [{ exported: true, fanIn: 0, functions: 0 }, 0.46],
  [{ exported: true, fanIn: 16, functions: 64 }, 1],
];

describe('criticality', () => {
  for (const [signals, expected] of CASES)
    it(`of ${JSON.stringify(signals)} is ${expected}`, () => assert.equal(Math.round(criticalityOf(signals) * 100) / 100, expected));
});
