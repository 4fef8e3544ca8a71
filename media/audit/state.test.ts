import assert from 'node:assert/strict';
import { initialState, mementoOf, placeOf, restore } from './state.ts';

describe('restore of the test audit', () => {
  it('brings back what a memento kept, through JSON', () => {
    const state = {
      ...initialState(),
      chosen: 'file:///shop',
      section: 'findings' as const,
      search: 'cart',
      group: 'weak' as const,
      expanded: ['tautology' as const],
      announcement: 'gone',
    };
    const saved: unknown = JSON.parse(JSON.stringify(mementoOf(state, { 'file:///shop#findings': 120 })));
    const { state: restored, scroll } = restore(saved);
    assert.deepEqual(restored, { ...state, announcement: '' });
    assert.deepEqual(scroll, { 'file:///shop#findings': 120 });
  });

  it('begins anew without a memento, and with one of another version', () => {
    assert.deepEqual(restore(undefined), { state: initialState(), scroll: {} });
    assert.deepEqual(restore({ version: 0, search: 'cart' }), { state: initialState(), scroll: {} });
  });
});

describe('placeOf the test audit', () => {
  it('tells packages and their lists apart', () => {
    const state = { ...initialState(), chosen: 'file:///shop' };
    const places = [state, { ...state, section: 'findings' as const }, { ...state, chosen: 'file:///worker' }].map(placeOf);
    assert.equal(new Set(places).size, 3);
  });
});
