import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';

/**
 * A server whose knee is known: `node server.ts KIND MS [LIMIT]` serves a request in MS milliseconds, LIMIT of them at once, in the way of its kind.
 * It listens on PORT, or on any port.
 */
const [kind = 'slots', ms = '20', limit = '1'] = process.argv.slice(2);
const time = Number(ms);
const gate = limiter(Number(limit));
const line = limiter(1);

const KINDS: Record<string, () => Promise<void>> = {
  /** As many slots, each taken for as long. */
  slots: () => gate(() => delay(time)),
  /** One at a time. */
  lock: () => gate(() => delay(time)),
  /** The processor works all the time. */
  cpu: () =>
    inLine(() => {
      const until = performance.now() + time;
      while (performance.now() < until);
    }),
  /** Waits without letting others run, as synchronous file access over a network does. */
  block: () => inLine(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time)),
  /** Asks another server over as many connections. */
  pool: () => ask(new URL(process.env['DOWNSTREAM'] ?? ''), pooled),
  /** Asks another server, which is the slow one, over as many connections as there are requests. */
  downstream: () => ask(new URL(process.env['DOWNSTREAM'] ?? ''), unlimited),
  /** Keeps as many megabytes for each request while it is served. */
  memory: async () => {
    const kept = buffers.pop() ?? Buffer.alloc(Number(limit) * 1e6, 1);
    await delay(time);
    buffers.push(kept);
  },
};
/** Those of requests that are over, for the next ones: how soon a garbage collector gives memory back has no part in what is known. */
const buffers: Buffer[] = [];
const pooled = new Agent({ keepAlive: true, maxSockets: Number(limit) });
const unlimited = new Agent({ keepAlive: true });

const serve = KINDS[kind];
if (!serve) throw new Error(`There is no kind "${kind}".`);
const server = createServer(async (_request, response) => {
  await serve();
  response.end('ok');
});
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => console.log(`listening on ${(server.address() as AddressInfo).port}`));

/** Lets at most `most` run at once; the others wait in line. */
function limiter(most: number): (work: () => Promise<unknown>) => Promise<void> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    await work();
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
}

/** One at a time, whoever came first: epoll answers those sockets first that it answered before, and who comes while the loop is busy would wait for two rounds. */
function inLine(work: () => void): Promise<void> {
  return line(async () => {
    await turn();
    work();
  });
}

function ask(url: URL, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      answer.resume().on('end', resolve);
    }).on('error', reject);
  });
}
