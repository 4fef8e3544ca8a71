import assert from 'node:assert/strict';
import { commandOf } from './keys.ts';

const bare = { ctrlKey: false, metaKey: false, altKey: false };

describe('commandOf', () => {
  it('knows the letters and the arrows', () => {
    assert.deepEqual(
      ['j', 'ArrowDown', 'k', 'ArrowUp', 'o', 'Escape', '/', '?', 'x'].map((key) => commandOf({ ...bare, key }, false)),
      ['next', 'next', 'previous', 'previous', 'openLine', 'back', 'filter', 'keys', undefined],
    );
  });

  it('leaves letters to the filter while one types', () => {
    assert.equal(commandOf({ ...bare, key: 'j' }, true), undefined);
    assert.equal(commandOf({ ...bare, key: 'Escape' }, true), 'leaveFilter');
    assert.equal(commandOf({ ...bare, key: 'ArrowDown' }, true), 'next');
  });

  it('leaves combinations to the editor', () => {
    assert.equal(commandOf({ ...bare, key: 'j', ctrlKey: true }, false), undefined);
    assert.equal(commandOf({ ...bare, key: 'k', metaKey: true }, false), undefined);
  });
});
