import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Loaded into each Node process of an app under load (`--require`): tells how occupied its event loop is, and how late. It changes nothing else, and keeps no process alive. */

/** How often it tells, milliseconds. */
const TELL_MS = 250;

const file = process.env['ASSAY_LOOP_FILE'];
if (file && isMainThread) {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  let last = performance.eventLoopUtilization();
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    const lag = delays.percentile(99) / 1e6;
    delays.reset();
    try {
      appendFileSync(file, `${JSON.stringify({ pid: process.pid, at: Date.now(), busy: utilization, lag })}\n`);
    } catch {
      // The run is over, and its folder gone.
    }
  }, TELL_MS).unref();
}
