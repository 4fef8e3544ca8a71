import assert from 'node:assert/strict';
import { processorMs, residentBytes } from './process-figures.ts';

describe('the figures of a process', () => {
  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux('are its memory and its processor time', () => {
    const before = processorMs(process.pid) as number;
    const began = performance.now();
    while (performance.now() - began < 200);
    const spent = (processorMs(process.pid) as number) - before;
    assert.ok(spent >= 50 && spent < 2000, `${spent} ms`);
    const [rss, told] = [process.memoryUsage().rss, residentBytes(process.pid)];
    assert.ok(told > rss / 2 && told < rss * 2, `${told} of ${rss} bytes`);
  });

  it('are unknown where it is gone', () => {
    assert.equal(processorMs(2 ** 30), undefined);
    assert.equal(residentBytes(2 ** 30), 0);
  });
});
