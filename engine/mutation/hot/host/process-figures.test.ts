import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { processorMs, queuedMs, residentBytes } from './process-figures.ts';

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

  onLinux('are how long it waits for a processor that another has', async () => {
    const [, processor = ''] = /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    const spin = ['-c', processor, process.execPath, '-e', 'console.log(1); for (;;);'];
    const [one, other] = [spawn('taskset', spin), spawn('taskset', spin)];
    try {
      await Promise.all([once(one.stdout, 'data'), once(other.stdout, 'data')]);
      const before = queuedMs(one.pid as number) ?? 0;
      await setTimeout(500);
      const waited = (queuedMs(one.pid as number) ?? 0) - before;
      assert.ok(waited > 50 && waited < 2000, `${waited} ms`);
    } finally {
      one.kill('SIGKILL');
      other.kill('SIGKILL');
    }
  });

  it('are unknown where it is gone', () => {
    assert.equal(queuedMs(2 ** 30), undefined);
    assert.equal(processorMs(2 ** 30), undefined);
    assert.equal(residentBytes(2 ** 30), 0);
  });
});
