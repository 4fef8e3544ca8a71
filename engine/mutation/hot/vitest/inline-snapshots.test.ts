import assert from 'node:assert/strict';
import { compareInlineAgain } from './inline-snapshots.ts';

describe('inline snapshots that are compared again', () => {
  it('are known no more where Vitest does not know of which test they are', () => {
    const known = { _inlineSnapshotStacks: [{ line: 1 }, { line: 2, testId: 'a' }] };
    const other = { _inlineSnapshotStacks: [{ line: 1 }] };
    compareInlineAgain(
      {
        snapshotStateMap: new Map([
          ['/a.test.ts', known],
          ['/b.test.ts', other],
        ]),
      },
      '/a.test.ts',
    );
    assert.deepEqual(known._inlineSnapshotStacks, [{ line: 2, testId: 'a' }]);
    assert.equal(other._inlineSnapshotStacks.length, 1);
  });
});
