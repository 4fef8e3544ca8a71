import assert from 'node:assert/strict';
import { getHeapStatistics } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Garbage } from './garbage.ts';

describe('garbage', () => {
  const used = () => getHeapStatistics().used_heap_size / 2 ** 20;
  const litter = (mebibytes: number) => Array.from({ length: mebibytes }, () => Array.from({ length: 2 ** 17 }, (_, i) => i + 0.5)).length;

  it('is cleared when there is much of it', () => {
    const garbage = new Garbage();
    const before = used();
    litter(60);
    garbage.look();
    assert.ok(used() < before + 20, `${before} MiB before, ${used()} MiB afterwards`);
  });

  it('leaves no trace on what is global', () => {
    new Garbage();
    assert.equal(runInNewContext('typeof gc'), 'undefined');
    assert.equal('gc' in globalThis, false);
  });
});
