import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { familyOf, supervise } from '../../process/index.ts';
import type { Generated } from '../model.ts';
import type { Generator } from './autocannon.ts';
import type { LoadOrder } from './orders.ts';

/** How long requests do not count at the beginning of each level, seconds: k6 makes its connections then. */
const SETTLING = 1;
/** How much longer than its time k6 may take to start and to sum up, seconds. */
const PATIENCE = 30;
/** How often is looked how much of the processor it takes, milliseconds. */
const LOOK_MS = 250;
/** Clock ticks a second (`USER_HZ`). */
const TICKS = 100;
/** Kinds of failure that are counted apart; k6 can tell only those that its script names before it starts. */
const STATUSES = [0, 400, 404, 429, 500, 502, 503, 504];

/** The variable that tells a script its headers and body (JSON): they may be secret, and scripts are kept. */
const REQUEST = 'ASSAY_REQUEST';

/** k6 where a person has it: a script is written for each level into `folder`, and stays there. */
export function k6Generator(program: string, folder: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Generator {
  let level = 0;
  return {
    name: 'k6',
    async generate(order) {
      if (signal.aborted) return undefined;
      const script = path.join(folder, `level-${++level}-${order.connections}-users.js`);
      const summary = path.join(folder, `level-${level}.json`);
      await writeFile(script, scriptFor(order, summary));
      const mark = randomUUID();
      let ticks = 0;
      const watch = setInterval(async () => {
        for (const one of await familyOf(mark)) ticks = Math.max(ticks, one.ticks);
      }, LOOK_MS);
      const exit = await supervise(
        {
          program,
          args: ['run', '--quiet', '--no-usage-report', script],
          cwd: folder,
          env: { ...env, [REQUEST]: JSON.stringify({ headers: order.headers, body: order.body }) },
        },
        { time: (order.seconds + SETTLING + order.timeout + PATIENCE) * 1000, memory: Number.POSITIVE_INFINITY },
        { signal },
        mark,
      );
      clearInterval(watch);
      // It takes as many cores as there are: at its end it is where it has all of them.
      const busy = ticks / TICKS / (exit.durationMs / 1000) / availableParallelism();
      const text = await readFile(summary, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parseSummary(text, order, busy);
    },
    async end() {},
  };
}

/**
 * The script of a level. Answers count from {@link SETTLING} on, with those to requests that are under way at the end: who waits longest would not count otherwise.
 * It follows no redirects, so that no request leaves the host.
 */
export function scriptFor({ url, method, connections, seconds, timeout }: LoadOrder, summary: string): string {
  return `import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';

const { headers, body } = JSON.parse(__ENV.${REQUEST} || '{}');
const answers = new Trend('answers');
const failures = new Counter('failures');

export const options = {
  discardResponseBodies: true,
  summaryTrendStats: ['count', 'avg', 'med', 'p(90)', 'p(95)', 'p(99)', 'max'],
  scenarios: {
    load: { executor: 'constant-vus', vus: ${connections}, duration: '${seconds + SETTLING}s', gracefulStop: '${timeout}s' },
  },
  thresholds: {
    ${STATUSES.map((status) => `'failures{status:${status}}': ['count>=0'],`).join('\n    ')}
  },
};

export function setup() {
  return Date.now() + ${SETTLING * 1000};
}

export default function (opens) {
  const { status, timings } = http.request(${JSON.stringify(method)}, ${JSON.stringify(url)}, body, {
    headers,
    redirects: 0,
    timeout: '${timeout}s',
  });
  if (Date.now() < opens) return;
  if (status >= 200 && status < 400) answers.add(timings.duration);
  else failures.add(1, { status: String(status) });
}

export function handleSummary(data) {
  return { ${JSON.stringify(summary)}: JSON.stringify(data.metrics) };
}
`;
}

interface Metric {
  values: Record<string, number>;
}

/** Reads what the script's `handleSummary` wrote. */
export function parseSummary(text: string, { connections, seconds }: LoadOrder, busy: number): Generated {
  const metrics = JSON.parse(text) as Record<string, Metric | undefined>;
  const of = (name: string, value: string) => metrics[name]?.values[value] ?? 0;
  const latency = (value: string) => of('answers', value);
  const good = of('answers', 'count');
  const failed = of('failures', 'count');
  const named = STATUSES.map((status) => [status === 0 ? 'no answer' : `status ${status}`, of(`failures{status:${status}}`, 'count')] as const);
  const errors = Object.fromEntries(named.filter(([, count]) => count > 0));
  const others = failed - Object.values(errors).reduce((sum, count) => sum + count, 0);
  // The last answers come after the end, by about as long as an answer takes.
  const measured = seconds + latency('avg') / 1000;
  return {
    connections,
    seconds: measured,
    requests: good + failed,
    throughput: good / measured,
    latency: { mean: latency('avg'), p50: latency('med'), p90: latency('p(90)'), p95: latency('p(95)'), p99: latency('p(99)'), max: latency('max') },
    errors: { ...errors, ...(others > 0 && { 'other status': others }) },
    generatorBusy: busy,
  };
}
