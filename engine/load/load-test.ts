import type { AppProcess } from './app-process.ts';
import { findBottleneck } from './bottleneck.ts';
import type { Generator } from './generator/autocannon.ts';
import { findKnee, type KneeSearch } from './knee.ts';
import { type AppState, type Bottleneck, errorRate, type Health, type Measurement } from './model.ts';
import { Observer } from './observer.ts';

/** What load is put on. */
export interface LoadTarget {
  url: string;
  /** Missing where somebody else started it: then only answers are looked at. */
  app?: AppProcess;
  /** Where the app's Node processes tell of their event loops. */
  loopFile: string;
  /** Bytes that the app may take. */
  memory: number;
}

/** How load is put on. */
export interface LoadOptions {
  health: Health;
  /** The most users that are tried. */
  most: number;
  /** How long a level is measured while the knee is searched, and how long the one that was found is held, seconds. */
  seconds: { level: number; hold: number; warmUp: number };
}

/** What a load test found. */
export interface LoadReport {
  search: KneeSearch<Measurement>;
  /** What keeps it from more; undefined where nothing broke or it is not known. */
  bottleneck: Bottleneck | undefined;
  /** Why it is not conclusive, as a sentence. */
  inconclusive?: string;
  generator: string;
  /** How it answered while nothing else was asked of it, from the warm-up. */
  alone: Measurement | undefined;
}

/** What is known of an app that was not looked at. */
const UNSEEN: AppState = { cores: 0, busiest: 0, memory: 0, outbound: {} };
/** From so much of a core on the generator, which is one thread, is at its end: what it measures then is itself. */
const GENERATOR_FULL = 0.92;
/** How long a request may take at most before it has failed, times the limit of the 95th percentile; at least, seconds. */
const TIMEOUT = { times: 10, least: 2 };

/** Puts more and more load on an app until it does not answer well any more. The app runs, and is not ended here. */
export async function testLoad(
  { url, app, loopFile, memory }: LoadTarget,
  options: LoadOptions,
  generator: Generator,
  signal: AbortSignal,
  report: (measured: Measurement, what: 'warm-up' | 'level' | 'hold') => void,
): Promise<LoadReport> {
  const observer = app && new Observer(app, loopFile);
  const { health, seconds } = options;
  let gone = false;
  void app?.ended.then(() => {
    gone = true;
  });
  const nothing = (connections: number): Measurement => ({
    ...{ connections, seconds: 0, requests: 0, throughput: 0, errors: {}, generatorBusy: 0 },
    latency: { mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, max: 0 },
    app: UNSEEN,
  });
  const measure = async (connections: number, time: number): Promise<Measurement> => {
    const order = {
      url,
      method: 'GET',
      headers: {},
      connections,
      seconds: time,
      timeout: Math.max(TIMEOUT.least, (health.p95 * TIMEOUT.times) / 1000),
    };
    const work = () => generator.generate(order);
    const { result, app: state } = observer ? await observer.during(work) : { result: await work(), app: UNSEEN };
    return result ? { ...result, app: state } : nothing(connections);
  };
  const isOver = (measured: Measurement) => signal.aborted || gone || measured.requests === 0 || isSaturated(measured);
  const alone = await measure(1, seconds.warmUp);
  report(alone, 'warm-up');
  const search = await findKnee<Measurement>({
    async measure(connections, hold) {
      const measured = await measure(connections, hold ? seconds.hold : seconds.level);
      report(measured, hold ? 'hold' : 'level');
      return measured;
    },
    isHealthy: (measured) => measured.requests > 0 && errorRate(measured) < health.errorRate && measured.latency.p95 <= health.p95,
    isOver,
    most: options.most,
  });
  const base = { search, generator: generator.name, alone: alone.requests > 0 ? alone : undefined };
  const last = search.tried.at(-1)?.measured;
  if (signal.aborted) return { ...base, bottleneck: undefined, inconclusive: 'It was cancelled.' };
  if (gone) {
    if ((await app?.ended)?.stopped === 'memory') {
      return {
        ...base,
        bottleneck: { kind: 'memory', sentence: `Memory: at ${last?.connections ?? 0} users it took more than it may and was ended.` },
      };
    }
    return { ...base, bottleneck: undefined, inconclusive: `The app ended at ${last?.connections ?? 0} users.` };
  }
  if (last && isSaturated(last)) {
    return {
      ...base,
      bottleneck: undefined,
      inconclusive: `The load generator (${generator.name}) is at its own limit at ${last.connections} users and ${Math.round(last.throughput)} requests a second: the app may hold more.`,
    };
  }
  if (!search.held)
    return {
      ...base,
      bottleneck: search.broken && app && alone.requests > 0 ? findBottleneck(alone, search.broken.measured, health, memory) : undefined,
    };
  if (!search.broken || !app) return { ...base, bottleneck: undefined };
  // What runs out shows best well above the knee.
  const over = await measure(search.held.connections * 2, seconds.level);
  const shown = over.requests > 0 && !gone ? over : search.broken.measured;
  return { ...base, bottleneck: findBottleneck(search.held.measured, shown, health, memory) };
}

function isSaturated({ generatorBusy, app }: Measurement): boolean {
  return generatorBusy >= GENERATOR_FULL && app.busiest < GENERATOR_FULL;
}
