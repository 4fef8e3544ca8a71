import assert from 'node:assert/strict';
import { nothing } from 'lit';
import { cut } from './long-list.ts';
import type { Action } from './reducer.ts';

describe('cut', () => {
  const all = Array.from({ length: 250 }, (_, index) => index);

  it('shows a hundred at first, and a hundred more whenever it is asked to', () => {
    const actions: Action[] = [];
    const first = cut(all, 'tautology', { shown: {} }, (action) => void actions.push(action));
    assert.equal(first.entries.length, 100);
    assert.notEqual(first.more, nothing);
    assert.equal(cut(all, 'tautology', { shown: { tautology: 200 } }, () => {}).entries.length, 200);
  });

  it('says nothing of more where there is no more', () => {
    assert.deepEqual(
      cut(all, 'tautology', { shown: { tautology: 300 } }, () => {}),
      { entries: all, more: nothing },
    );
    assert.equal(cut(all.slice(0, 100), 'tautology', { shown: {} }, () => {}).more, nothing);
  });
});
