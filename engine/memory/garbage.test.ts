import assert from 'node:assert/strict';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Garbage } from './garbage.ts';

/** What Node tells of a collection, which its types leave out. */
type Collection = PerformanceEntry & { detail: { flags: number } };

describe('garbage', () => {
  const used = () => getHeapStatistics().used_heap_size / 2 ** 20;
  const array = (mebibytes: number) => Array.from({ length: mebibytes }, () => Array.from({ length: 2 ** 17 }, (_, i) => i + 0.5));

  it('is cleared when there is much of it', () => {
    const garbage = new Garbage();
    const before = used();
    array(60);
    garbage.look();
    assert.ok(used() < before + 20, `${before} MiB before, ${used()} MiB afterwards`);
  });

  it('may be more where more is left', async () => {
    let forced = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { detail } of list.getEntries() as Collection[]) if (detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) forced++;
    });
    observer.observe({ entryTypes: ['gc'] });
    const live = [array(80)];
    const garbage = new Garbage({ share: 0.5 });
    live.push(array(30));
    garbage.look();
    await delay(20);
    assert.equal(forced, 0);
    live.push(array(Math.ceil(used() / 2)));
    garbage.look();
    await delay(20);
    observer.disconnect();
    assert.equal(forced, 1);
    assert.equal(live.length, 3);
  });

  it('leaves no trace on what is global', () => {
    new Garbage();
    assert.equal(runInNewContext('typeof gc'), 'undefined');
    assert.equal('gc' in globalThis, false);
  });
});
