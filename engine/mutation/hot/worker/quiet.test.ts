import assert from 'node:assert/strict';
import { readFile } from 'node:fs';
import { Quiet } from './quiet.ts';

describe('whether a test could be waiting for anything', () => {
  it('no, where nothing is there but what was there before', () => {
    const before = setTimeout(() => {}, 10_000);
    try {
      assert.equal(new Quiet().holds(0), true);
    } finally {
      clearTimeout(before);
    }
  });

  it('yes, where a timer came', () => {
    const quiet = new Quiet();
    const timer = setTimeout(() => {}, 10_000);
    try {
      assert.equal(quiet.holds(0), false);
      assert.equal(quiet.holds(1), true);
    } finally {
      clearTimeout(timer);
    }
  });

  it('no, where what was there before is gone', () => {
    const timer = setTimeout(() => {}, 10_000);
    const quiet = new Quiet();
    clearTimeout(timer);
    assert.equal(quiet.holds(0), true);
  });

  it('yes, where a file is read', async () => {
    const quiet = new Quiet();
    const reading = new Promise((resolve) => readFile(import.meta.filename, resolve));
    assert.equal(quiet.holds(0), false);
    await reading;
  });
});
