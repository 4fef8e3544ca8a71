import { connect, createServer } from 'node:net';
import path from 'node:path';
import type { Project, ProjectCommand } from '../detection/index.ts';
import { findRoutes } from '../gaps/index.ts';
import { shippedFile } from '../installation/index.ts';
import {
  type AppProcess,
  embeddedGenerator,
  findEndpoint,
  type Generator,
  k6Generator,
  type LoadedRequest,
  type LoadOptions,
  type LoadReport,
  type Measurement,
  PLAIN_REQUEST,
  problemOf,
  refusal,
  testLoad,
  waitForPorts,
} from '../load/index.ts';
import { findProgram, type SupervisedExit, seesFamilies } from '../process/index.ts';
import { count } from './count.ts';
import type { LoadLevel, Proof } from './model.ts';
import type { Finding, ProofOptions, Proving } from './proving.ts';

/** How load is put on an app. */
export interface LoadRequest extends LoadOptions {
  /** A path (`/orders`), or the whole address of an app that runs already; found where it is missing. */
  endpoint?: string;
  request: LoadedRequest;
  /** Hosts that load may go to besides this machine. */
  hosts: readonly string[];
}

/** What a load test is like where nobody asks for another: fewer than one request in a hundred may fail, and 95 % of them take at most half a second. */
export const USUAL_LOAD: LoadRequest = {
  request: PLAIN_REQUEST,
  hosts: [],
  health: { p95: 500, errorRate: 0.01 },
  most: 4096,
  seconds: { level: 3, hold: 10, warmUp: 3 },
};

/** How long an app may take until it listens, milliseconds. */
const START_MS = 60_000;

/** Proves how many users at once an app holds: starts it, finds a place to ask, and searches the knee. Nothing of it is left running. */
export async function proveHoldsLoad(
  proving: Proving,
  project: Project,
  command: ProjectCommand | undefined,
  load: LoadRequest,
  options: ProofOptions,
  signal: AbortSignal,
): Promise<Proof> {
  const loopFile = path.join(proving.folder, 'loop');
  const isRunning = load.endpoint !== undefined && URL.canParse(load.endpoint);
  const begin = async () => (isRunning || !command ? undefined : start(proving, proving.fitted(command), loopFile));
  let started = await begin();
  const generator = generatorFor(proving, signal);
  const prove = async (): Promise<Finding> => {
    const found = await locate(project, started, load, signal);
    if ('why' in found) return { verdict: 'inconclusive', summary: 'How much load it holds is not known', notes: [found.why] };
    proving.says(`Load goes to ${load.request.method} ${found.url}: ${found.says}.`);
    const report = await testLoad({ url: found.url, request: load.request, ...(started && { app: started.app }) }, load, {
      generator,
      loopFile,
      memory: options.memory,
      async restart() {
        started = await begin();
        const { pathname, search } = new URL(found.url);
        const again = await locate(project, started, { ...load, endpoint: pathname + search }, signal);
        return 'url' in again && started ? { url: again.url, request: load.request, app: started.app } : undefined;
      },
      signal,
      report: (measured, what) => proving.says(`${what} ${levelText(measured)}`),
    });
    return findingOf(report, found.url, load);
  };
  if (options.offline) proving.note('The app ran with the network: load has to reach it.');
  try {
    const finding = await prove().finally(() => started?.app.stop());
    return await proving.end(finding, [{ name: generator.name }]);
  } finally {
    await generator.end();
  }
}

/** What a load test comes to. Pure. */
export function findingOf(report: LoadReport, url: string, { health }: Pick<LoadRequest, 'health'>): Finding {
  const { search, bottleneck, inconclusive, generator } = report;
  const { held } = search;
  const levels = search.tried.map(({ measured, healthy }): LoadLevel => ({ ...measured, healthy }));
  const load = {
    url,
    generator,
    users: held?.connections ?? 0,
    throughput: held?.measured.throughput ?? 0,
    p95: held?.measured.latency.p95 ?? 0,
    limits: health,
    isHighest: held !== undefined && search.broken === undefined,
    ...(bottleneck && { bottleneck }),
    levels,
  };
  const notes = [inconclusive, bottleneck?.sentence].filter((note) => note !== undefined);
  if (inconclusive) return { verdict: 'inconclusive', summary: 'How much load it holds is not known', notes, load };
  if (!held) {
    const first = search.tried[0]?.measured;
    const why = first ? ` (p95 ${first.latency.p95.toFixed(0)} ms, limit ${health.p95} ms)` : '';
    return { verdict: 'fails', summary: `It does not hold one user${why}`, notes, load };
  }
  const more = load.isHighest ? 'at least ' : '';
  return {
    verdict: 'holds',
    summary: `It holds ${more}${count(held.connections, 'concurrent user')}: ${Math.round(load.throughput).toLocaleString('en-US')} requests a second, p95 ${load.p95.toFixed(0)} ms`,
    notes,
    load,
  };
}

interface Started {
  app: AppProcess;
  port: number;
}

async function start(proving: Proving, command: ProjectCommand, loopFile: string): Promise<Started> {
  const port = await freePort();
  const watch = shippedFile('dist', 'load', 'loop-watch.cjs');
  const env = {
    ...command.env,
    PORT: String(port),
    ASSAY_LOOP_FILE: loopFile,
    NODE_OPTIONS: `${command.env['NODE_OPTIONS'] ?? process.env['NODE_OPTIONS'] ?? ''} --require ${JSON.stringify(watch)}`.trim(),
  };
  return { app: await proving.start(command, { ...command, env }), port };
}

/** Where load goes, with why; or why it cannot go anywhere, as a sentence. */
async function locate(
  project: Project,
  started: Started | undefined,
  { endpoint, hosts, request }: LoadRequest,
  signal: AbortSignal,
): Promise<{ url: string; says: string } | { why: string }> {
  if (!started) {
    const url = endpoint ?? '';
    const refused = refusal(url, hosts);
    if (refused) return { why: refused };
    const problem = await problemOf(url, hosts, signal, request);
    return problem === undefined ? { url, says: 'it was named' } : { why: `${url} cannot be put under load: ${problem}.` };
  }
  let ended: SupervisedExit | undefined;
  void started.app.ended.then((exit) => {
    ended = exit;
  });
  const ports = await waitForPorts(started.app, started.port, START_MS, signal);
  if (ports.length === 0) return { why: whyNotListening(ended, signal) };
  const likely = ports.includes(started.port) ? [started.port, ...ports.filter((port) => port !== started.port)] : ports;
  const routes = endpoint === undefined ? await findRoutes(project.directory, signal) : [];
  for (const port of likely) {
    const base = `http://${await hostOf(port)}:${port}/`;
    if (endpoint !== undefined) {
      if (!URL.canParse(endpoint, base)) return { why: `"${endpoint}" is no path and no address.` };
      const url = new URL(endpoint, base).href;
      const problem = refusal(url, hosts) ?? (await problemOf(url, hosts, signal, request));
      if (problem === undefined) return { url, says: 'it was named' };
      if (port === likely.at(-1)) return { why: `${url} cannot be put under load: ${problem}.` };
      continue;
    }
    const found = await findEndpoint(base, routes, hosts, signal, request);
    if (found) return { url: found.url, says: found.evidence.says };
  }
  return {
    why: `No route of the app answers well to a ${request.method} without parameters (it listens on ${likely.join(', ')}); name one with --endpoint, or what to send with it in assay.config.json ("verify.load").`,
  };
}

function whyNotListening(ended: SupervisedExit | undefined, signal: AbortSignal): string {
  if (signal.aborted) return 'It was cancelled.';
  if (!ended && !seesFamilies())
    return `The app did not answer on the port that PORT names within ${START_MS / 1000} s, and which other one it listens on is not seen on Windows: have it listen there, or start it yourself and name its address (--endpoint).`;
  if (!ended) return `The app did not listen on any port within ${START_MS / 1000} s; its log says why.`;
  if (ended.startError) return `The app could not be started: ${ended.startError.message}.`;
  return `The app ended before it listened on any port (${ended.code === null ? ended.signal : `status ${ended.code}`}); its log says why.`;
}

/** Where a port of this machine answers: some servers listen on ::1 alone. */
function hostOf(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
      .once('connect', () => {
        socket.destroy();
        resolve('127.0.0.1');
      })
      .once('error', () => resolve('[::1]'));
  });
}

function generatorFor(proving: Proving, signal: AbortSignal): Generator {
  const k6 = findProgram('k6', process.env);
  return k6 ? k6Generator(k6, proving.evidence, process.env, signal) : embeddedGenerator(signal);
}

function levelText({ connections, throughput, latency, errors, app }: Measurement): string {
  const failed = Object.entries(errors).map(([kind, n]) => `${n} × ${kind}`);
  return `${count(connections, 'user')}: ${throughput.toFixed(0)} requests a second, p50 ${latency.p50.toFixed(1)} ms, p95 ${latency.p95.toFixed(1)} ms, ${failed.join(', ') || 'no errors'}, ${app.cores.toFixed(2)} cores, ${Math.round(app.memory / 1e6)} MB`;
}

/** A port that nothing listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
