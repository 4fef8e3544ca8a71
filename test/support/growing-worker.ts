import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { serve } from '../../engine/mutation/hot/worker/link.ts';

/** What Node tells of a collection, which its types leave out. */
type Collection = PerformanceEntry & { detail: { flags: number } };

/** A worker whose heap grows by so many MiB with the first file that it runs, and with each one after it. It prints how often it cleared it. */
const GROWTHS = [120, 20];

let cleared = 0;
const observer = new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries() as Collection[]) if (detail.flags & constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) cleared++;
});
observer.observe({ entryTypes: ['gc'] });
const kept: unknown[] = [];
const grow = async () => {
  const growth = kept.length === 0 ? GROWTHS[0] : GROWTHS[1];
  kept.push(Array.from({ length: growth as number }, () => new Array(2 ** 17).fill(0.5)));
  return {};
};
await serve({ fresh: grow, open: async () => ({ cold: 'never' }) }, 'f');
await delay(20);
process.stdout.write(String(cleared), () => process.exit(kept.length > 0 ? 0 : 1));
