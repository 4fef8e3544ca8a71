import assert from 'node:assert/strict';
import { Late, withTimeLimit } from './time-limit.ts';

describe('a call with a limit of time', () => {
  it('comes to what it comes to without', () => {
    assert.equal(
      withTimeLimit(() => 7),
      7,
    );
    const error = new RangeError('no');
    assert.throws(
      () =>
        withTimeLimit(() => {
          throw error;
        }),
      error,
    );
  });

  for (const [name, call] of [
    [
      'loops',
      () => {
        for (;;);
      },
    ],
    [
      'loops and catches everything',
      () => {
        for (;;) {
          try {
            for (;;);
          } catch {}
        }
      },
    ],
    ['looks for a pattern in too many ways', () => /^(a+)+$/.test(`${'a'.repeat(40)}b`)],
  ] as const) {
    it(`is broken off where it ${name}`, () => {
      assert.throws(() => withTimeLimit(call), Late);
      assert.equal(
        withTimeLimit(() => 1),
        1,
      );
    });
  }

  it('leaves nothing behind', () => {
    withTimeLimit(() => 1);
    assert.throws(
      () =>
        withTimeLimit(() => {
          for (;;);
        }),
      Late,
    );
    // What others left behind before would be there in both of two lists.
    assert.deepEqual(
      Object.getOwnPropertyNames(globalThis).filter((name) => name.includes('assay')),
      [],
    );
  });
});
