import assert from 'node:assert/strict';
import { Queues } from './queues.ts';
import { type Track, track } from './tracks.ts';

const [ONE, TWO, THREE] = [...track(['1', '2', '3'], []).values()] as [Track, Track, Track];

describe('mutants that wait', () => {
  it('wait for a file, in their order', () => {
    const queues = new Queues();
    queues.put('f', TWO);
    queues.put('g', THREE);
    queues.put('f', ONE);
    assert.deepEqual([...queues.files()], ['f', 'g']);
    assert.deepEqual([queues.of('f'), queues.of('g'), queues.of('h')], [[TWO, ONE], [THREE], []]);
  });

  it('wait once', () => {
    const queues = new Queues();
    queues.put('f', ONE);
    queues.put('f', ONE);
    assert.deepEqual(queues.of('f'), [ONE]);
  });

  it('are gone when they are taken; a file for which none waits is none', () => {
    const queues = new Queues();
    for (const one of [ONE, TWO, THREE]) queues.put('f', one);
    assert.deepEqual(queues.take('f', [ONE, THREE]), [ONE, THREE]);
    assert.deepEqual([queues.of('f'), [...queues.files()]], [[TWO], ['f']]);
    queues.take('f', [TWO]);
    assert.deepEqual([queues.of('f'), [...queues.files()]], [[], []]);
  });

  it('can come while those that wait are looked at', () => {
    const queues = new Queues();
    queues.put('f', ONE);
    const seen = queues.of('f');
    queues.put('f', TWO);
    assert.deepEqual(seen, [ONE]);
  });
});
