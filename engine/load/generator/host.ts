import { createReadStream, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import autocannon from 'autocannon';
import { latencyOf } from '../latency.ts';
import type { Generated } from '../model.ts';
import type { LoadOrder } from './orders.ts';

/** The process that makes the load: its event loop is its own, so that what it measures is not what else this machine's Assay does. Orders come on descriptor 5, answers go to 4. */

/** How long answers do not count at the beginning of each level: connections are made, and the app gets used to the load. Seconds. */
const SETTLING = 0.3;

for await (const line of createInterface({ input: createReadStream('', { fd: 5 }) })) {
  const order = JSON.parse(line) as LoadOrder;
  writeSync(4, `${JSON.stringify(await generate(order))}\n`);
}

async function generate({ url, method, headers, body, connections, seconds, timeout }: LoadOrder): Promise<Generated> {
  const durations: number[] = [];
  const errors: Record<string, number> = {};
  let answered = 0;
  const began = performance.now();
  const opens = began + SETTLING * 1000;
  let cpu = process.cpuUsage();
  setTimeout(() => {
    cpu = process.cpuUsage();
  }, SETTLING * 1000);
  const fails = (kind: string) => {
    if (performance.now() >= opens) errors[kind] = (errors[kind] ?? 0) + 1;
  };
  await new Promise<void>((resolve) => {
    const running = autocannon(
      {
        url,
        method: method as 'GET',
        headers: { ...headers },
        ...(body !== undefined && { body }),
        connections,
        duration: seconds + SETTLING,
        timeout,
        sampleInt: 50,
      },
      () => resolve(),
    );
    running.on('response', (_client, status, _bytes, duration) => {
      if (performance.now() - duration < opens) return;
      if (status >= 200 && status < 400) {
        answered++;
        durations.push(duration);
      } else fails(`status ${status}`);
    });
    running.on('reqError', (error: NodeJS.ErrnoException) =>
      fails(error.message === 'request timed out' ? 'timeout' : (error.code ?? error.message)),
    );
  });
  const measured = (performance.now() - opens) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const failed = Object.values(errors).reduce((sum, n) => sum + n, 0);
  return {
    connections,
    seconds: measured,
    requests: answered + failed,
    throughput: answered / measured,
    latency: latencyOf(Float64Array.from(durations)),
    errors,
    generatorBusy: (user + system) / 1e6 / measured,
  };
}
