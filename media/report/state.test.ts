import assert from 'node:assert/strict';
import { initialState, mementoOf, placeOf, restore } from './state.ts';

describe('restore', () => {
  it('brings back what a memento kept, through JSON', () => {
    const state = {
      ...initialState(true),
      directory: '/shop',
      file: 'file:///cart.ts',
      selected: 'm1',
      expanded: ['m1'],
      wholeFile: true,
      announcement: 'gone',
    };
    const saved: unknown = JSON.parse(JSON.stringify(mementoOf(state, { 'file:///cart.ts': 120 })));
    const { state: restored, scroll } = restore(saved, false);
    assert.deepEqual(restored, { ...state, announcement: '' });
    assert.deepEqual(scroll, { 'file:///cart.ts': 120 });
  });

  it('begins anew without a memento, and with one of another version', () => {
    assert.deepEqual(restore(undefined, false), { state: initialState(false), scroll: {} });
    assert.deepEqual(restore({ version: 0, file: 'file:///cart.ts' }, false), { state: initialState(false), scroll: {} });
  });
});

describe('placeOf', () => {
  it('tells files, packages and their lists apart', () => {
    const state = { ...initialState(true), directory: '/shop' };
    const places = [state, { ...state, tab: 'tests' as const }, { ...state, directory: '/tools' }, { ...state, file: 'file:///cart.ts' }].map(
      placeOf,
    );
    assert.equal(new Set(places).size, 4);
  });
});
