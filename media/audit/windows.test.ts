import assert from 'node:assert/strict';
import { rowsInSight } from './windows.ts';

const list = { view: 600, rowHeight: 30, count: 3000 };

describe('rowsInSight', () => {
  it('is what is in view, with some before and after', () => {
    assert.deepEqual(rowsInSight({ ...list, top: 300 }), { from: 0, to: 40, height: 30 });
    assert.deepEqual(rowsInSight({ ...list, top: -30_000 }), { from: 980, to: 1040, height: 30 });
  });

  it('stays the same while a group is in view', () => {
    assert.deepEqual(rowsInSight({ ...list, top: -30_010 }), rowsInSight({ ...list, top: -30_590 }));
  });

  it('ends with the list, also where less is left than is scrolled to', () => {
    assert.deepEqual(rowsInSight({ ...list, top: -89_500 }), { from: 2960, to: 3000, height: 30 });
    assert.deepEqual(rowsInSight({ ...list, top: -30_000, count: 7 }), { from: 0, to: 7, height: 30 });
    assert.deepEqual(rowsInSight({ ...list, top: 5000, count: 0 }), { from: 0, to: 0, height: 30 });
  });
});
