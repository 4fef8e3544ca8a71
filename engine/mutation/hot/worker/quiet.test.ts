import assert from 'node:assert/strict';
import { readFile } from 'node:fs';
import { Quiet } from './quiet.ts';

/** Timers that run before, those that run now, how many of them are known to change nothing, and whether nothing else is there. */
const CASES: [before: number, now: number, known: number, quiet: boolean][] = [
  [0, 0, 0, true],
  [2, 2, 0, true],
  [2, 1, 0, true],
  [0, 1, 0, false],
  [2, 3, 0, false],
  [0, 1, 1, true],
  [0, 2, 1, false],
  [1, 3, 2, true],
];

describe('whether nothing is under way that a test could be waiting for', () => {
  for (const [before, now, known, quiet] of CASES) {
    it(`${quiet ? 'yes' : 'no'}, with ${now} timers where ${before} were, ${known} of them known`, () => {
      const timers: NodeJS.Timeout[] = [];
      const have = (count: number) => {
        while (timers.length > count) clearTimeout(timers.pop());
        while (timers.length < count) timers.push(setTimeout(() => {}, 60_000));
      };
      try {
        have(before);
        const watched = new Quiet();
        have(now);
        assert.equal(watched.holds(known), quiet);
      } finally {
        have(0);
      }
    });
  }

  it('no, while a file is read', async () => {
    const quiet = new Quiet();
    const reading = new Promise((resolve) => readFile(import.meta.filename, resolve));
    assert.equal(quiet.holds(0), false);
    await reading;
  });
});
