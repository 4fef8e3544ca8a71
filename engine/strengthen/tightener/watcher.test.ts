import assert from 'node:assert/strict';
import { Watcher } from './watcher.ts';

describe('values that are watched in tests', () => {
  it('are given on as they are, and kept as they were then', () => {
    const watcher = new Watcher();
    const value = { a: 1 };
    assert.equal(watcher.value(0, value), value);
    value.a = 2;
    assert.deepEqual([...watcher.take()], [[0, [{ kind: 'returns', value: { $: 'object', entries: [['a', 1]] } }]]]);
    assert.equal(watcher.take().size, 0);
  });

  it('are what functions throw, and what they return where they do not', () => {
    const watcher = new Watcher();
    const failing = watcher.thrown(0, () => {
      throw new TypeError('no');
    }) as () => void;
    assert.throws(failing, { name: 'TypeError', message: 'no' });
    assert.equal((watcher.thrown(1, () => 5) as () => number)(), 5);
    assert.deepEqual(
      [...watcher.take()],
      [
        [0, [{ kind: 'throws', value: { $: 'error', name: 'TypeError', message: 'no' } }]],
        [1, [{ kind: 'returns', value: 5 }]],
      ],
    );
  });

  it('are what promises come to', async () => {
    const watcher = new Watcher();
    await watcher.settled(0, Promise.resolve(1));
    await assert.rejects(watcher.settled(1, Promise.reject(new Error('no'))) as Promise<unknown>, /^Error: no$/);
    assert.equal(watcher.settled(2, 'none'), 'none');
    assert.deepEqual(
      [...watcher.take()].map(([site, [outcome]]) => [site, outcome?.kind]),
      [
        [0, 'resolves'],
        [1, 'rejects'],
      ],
    );
  });

  it('say by a second one that a place is passed more than once', () => {
    const watcher = new Watcher();
    for (let i = 0; i < 5; i++) watcher.value(0, i);
    assert.equal(watcher.take().get(0)?.length, 2);
  });
});
