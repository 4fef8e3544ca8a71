import { createReadStream, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import autocannon from 'autocannon';
import type { Generated } from '../model.ts';
import type { LoadOrder } from './orders.ts';
import { Tally } from './tally.ts';

/** The process that makes the load: its event loop is its own, so that what it measures is not what else this machine's Assay does. Orders come on descriptor 5, answers go to 4. */

/** How long answers do not count at the beginning of each level: connections are made, and the app gets used to the load. Seconds. */
const SETTLING = 0.3;

for await (const line of createInterface({ input: createReadStream('', { fd: 5 }) })) {
  const order = JSON.parse(line) as LoadOrder;
  writeSync(4, `${JSON.stringify(await generate(order))}\n`);
}

async function generate({ url, method, headers, body, connections, seconds, timeout, limit }: LoadOrder): Promise<Generated> {
  const opens = performance.now() + SETTLING * 1000;
  const tally = new Tally<autocannon.Client>(opens, limit);
  let cpu = process.cpuUsage();
  setTimeout(() => {
    cpu = process.cpuUsage();
  }, SETTLING * 1000);
  await new Promise<void>((resolve) => {
    autocannon(
      {
        url,
        method: method as 'GET',
        headers: { ...headers },
        ...(body !== undefined && { body }),
        connections,
        duration: seconds + SETTLING,
        timeout,
        sampleInt: 50,
        setupClient(client) {
          // Its types know of answers only.
          const events: NodeJS.EventEmitter = client;
          events.on('request', () => tally.asks(client, performance.now()));
          events.on('response', (status: number) => tally.answered(client, performance.now(), status));
          events.on('connError', (error: NodeJS.ErrnoException) => tally.failed(client, performance.now(), error.code ?? error.message));
          events.on('timeout', () => {
            tally.failed(client, performance.now(), 'timeout');
            // It has asked again by then.
            tally.asks(client, performance.now());
          });
        },
      },
      () => resolve(),
    );
  });
  const end = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  return { connections, ...tally.sum(end), generatorBusy: (user + system) / 1000 / (end - opens) };
}
