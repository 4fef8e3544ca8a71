/**
 * Load on servers whose knee is known: `node bench/knee.ts [--k6] [NAME …]` prints the table of bench/README.md. `npm run build` must have run, and nothing else may be running.
 * With `--k6`, the same with k6, which must be on the PATH.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { embeddedGenerator, k6Generator, type LoadTarget, PLAIN_REQUEST, startApp, testLoad, waitForPorts } from '../engine/load/index.ts';
import type { BottleneckKind } from '../engine/load/model.ts';

interface Known {
  name: string;
  /** Arguments of bench/knee/server.ts: kind, milliseconds, limit. */
  server: string[];
  /** Of the server that it asks, where it asks one. */
  downstream?: string[];
  /** The limit of the 95th percentile, milliseconds. */
  p95: number;
  knee: number;
  bottleneck: BottleneckKind;
  /** Bytes that it may take. */
  memory?: number;
}

/**
 * In a closed loop n users of C slots of S milliseconds are answered after n / C × S, in rounds: a limit a little (12 %) above k × S lets in k × C users. A lock, a busy processor and a blocked loop are one slot:
 * their limit is in the middle between k and k + 1 of it. Of memory, as many users fit as there is room beside the server itself (about 100 MB).
 */
const FAMILY: Known[] = [
  { name: '5 slots of 50 ms', server: ['slots', '50', '5'], p95: 224, knee: 20, bottleneck: 'lock' },
  { name: '10 slots of 50 ms', server: ['slots', '50', '10'], p95: 168, knee: 30, bottleneck: 'lock' },
  { name: '20 slots of 100 ms', server: ['slots', '100', '20'], p95: 224, knee: 40, bottleneck: 'lock' },
  { name: '40 slots of 80 ms', server: ['slots', '80', '40'], p95: 180, knee: 80, bottleneck: 'lock' },
  { name: '100 slots of 100 ms', server: ['slots', '100', '100'], p95: 224, knee: 200, bottleneck: 'lock' },
  { name: 'a lock held for 30 ms', server: ['lock', '30', '1'], p95: 263, knee: 8, bottleneck: 'lock' },
  { name: '20 ms of processor', server: ['cpu', '20'], p95: 178, knee: 8, bottleneck: 'cpu' },
  { name: '30 ms of processor', server: ['cpu', '30'], p95: 170, knee: 5, bottleneck: 'cpu' },
  { name: '30 ms of blocked loop', server: ['block', '30'], p95: 201, knee: 6, bottleneck: 'event-loop' },
  {
    name: 'a pool of 10 to 50 ms',
    server: ['pool', '0', '10'],
    downstream: ['slots', '50', '1000'],
    p95: 168,
    knee: 30,
    bottleneck: 'connection-limit',
  },
  {
    name: 'a pool of 4 to 100 ms',
    server: ['pool', '0', '4'],
    downstream: ['slots', '100', '1000'],
    p95: 336,
    knee: 12,
    bottleneck: 'connection-limit',
  },
  {
    name: '12 slots of 50 ms downstream',
    server: ['downstream', '0'],
    downstream: ['slots', '50', '12'],
    p95: 168,
    knee: 36,
    bottleneck: 'downstream',
  },
  { name: '25 MB a request', server: ['memory', '300', '25'], p95: 900, knee: 40, bottleneck: 'memory', memory: 1100e6 },
];

const SERVER = fileURLToPath(new URL('./knee/server.ts', import.meta.url));
const WATCH = fileURLToPath(new URL('../dist/load/loop-watch.cjs', import.meta.url));
const SECONDS = { level: 1.5, hold: 3, warmUp: 1.5 };
const { signal } = new AbortController();
const withK6 = process.argv.includes('--k6');
const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'));

console.log('| server | known knee | found | off | bottleneck | requests/s | p95 | s |');
console.log('| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |');
for (const known of FAMILY.filter(({ name }) => wanted.length === 0 || wanted.some((one) => name.includes(one)))) await measure(known);

async function measure(known: Known): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-knee-'));
  const memory = known.memory ?? 1e9;
  const downstream = known.downstream && (await serve(known.downstream, {}, memory));
  const env = { NODE_OPTIONS: `--require ${WATCH}`, ASSAY_LOOP_FILE: path.join(folder, 'loop'), ...(downstream && { DOWNSTREAM: downstream.url }) };
  let target = await serve(known.server, env, memory);
  const generator = withK6 ? k6Generator('k6', folder, process.env, signal) : embeddedGenerator(signal);
  const began = Date.now();
  const { search, bottleneck, inconclusive } = await testLoad(
    target,
    { health: { p95: known.p95, errorRate: 0.01 }, most: 1024, seconds: SECONDS },
    {
      generator,
      loopFile: env.ASSAY_LOOP_FILE,
      memory,
      restart: async () => {
        target = await serve(known.server, env, memory);
        return target;
      },
      signal,
      report: () => {},
    },
  );
  const { held } = search;
  const off = held ? `${Math.round((held.connections / known.knee - 1) * 100)} %` : '';
  const kind = bottleneck?.kind === known.bottleneck ? known.bottleneck : `${bottleneck?.kind ?? inconclusive} for ${known.bottleneck}`;
  const numbers = [held?.measured.throughput.toFixed(0), held?.measured.latency.p95.toFixed(0), ((Date.now() - began) / 1000).toFixed(0)];
  console.log(`| ${[known.name, known.knee, held?.connections ?? 'none', off, kind, ...numbers].join(' | ')} |`);
  await Promise.all([generator.end(), target.app?.stop(), downstream?.app?.stop()]);
  rmSync(folder, { recursive: true, force: true });
}

async function serve(server: readonly string[], env: Record<string, string>, memory: number): Promise<LoadTarget> {
  const command = {
    program: process.execPath,
    args: [SERVER, ...server],
    cwd: path.dirname(SERVER),
    env: { PATH: process.env['PATH'] ?? '', ...env },
  };
  const app = startApp(command, memory, signal, () => {});
  const [port] = await waitForPorts(app, 0, 10_000, signal);
  if (port === undefined) throw new Error(`${server.join(' ')} does not listen.`);
  return { url: `http://127.0.0.1:${port}/`, request: PLAIN_REQUEST, app };
}
