import assert from 'node:assert/strict';
import type { Argv } from './jest-types.ts';
import { serialIn } from './serial.ts';

/** A command as Jest reads it, and what of it says that files run one after the other. */
const CASES: [argv: Argv, serial: string | undefined][] = [
  [{}, undefined],
  [{ runInBand: false, maxWorkers: 2 }, undefined],
  [{ maxWorkers: '50%' }, undefined],
  [{ runInBand: true }, '--runInBand'],
  [{ maxWorkers: 1 }, '--maxWorkers=1'],
  [{ maxWorkers: '1' }, '--maxWorkers=1'],
];

describe('what has Jest run test files one after the other', () => {
  for (const [argv, serial] of CASES) it(`${JSON.stringify(argv)}: ${serial}`, () => assert.equal(serialIn(argv), serial));
});
