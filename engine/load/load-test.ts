import { setTimeout as rest } from 'node:timers/promises';
import { seesFamilies } from '../process/index.ts';
import type { AppProcess } from './app-process.ts';
import { findBottleneck } from './bottleneck.ts';
import type { Generator } from './generator/autocannon.ts';
import { findKnee, type KneeSearch } from './knee.ts';
import { type AppState, type Bottleneck, errorRate, type Health, type LoadedRequest, type Measurement } from './model.ts';
import { Observer } from './observer.ts';

/** An app that load is put on. */
export interface LoadTarget {
  url: string;
  request: LoadedRequest;
  /** Missing where somebody else started it: then only answers are looked at. */
  app?: AppProcess;
}

/** How load is put on. */
export interface LoadOptions {
  health: Health;
  /** The most users that are tried. */
  most: number;
  /** How long a level is measured while the knee is searched, and how long the one that was found is held, seconds. */
  seconds: { level: number; hold: number; warmUp: number };
}

/** What a load test needs around it. */
export interface LoadSurroundings {
  generator: Generator;
  /** Where the app's Node processes tell of their event loops. */
  loopFile: string;
  /** Bytes that the app may take. */
  memory: number;
  /** Starts the app again where load has ended it; undefined where that is not possible. */
  restart(): Promise<LoadTarget | undefined>;
  signal: AbortSignal;
  report(measured: Measurement, what: 'warm-up' | 'level' | 'hold'): void;
}

/** What a load test found. */
export interface LoadReport {
  search: KneeSearch<Measurement>;
  /** What keeps it from more; undefined where nothing broke or it is not known. */
  bottleneck: Bottleneck | undefined;
  /** Why it is not conclusive, as a sentence. */
  inconclusive?: string;
  generator: string;
}

/** What is known of an app that was not looked at. */
const UNSEEN: AppState = { cores: 0, busiest: 0, memory: 0, outbound: {} };
/** The kind of failure of a level that ended the app. */
const ENDED = 'the app ended';
/** From so much of a core on the generator, which is one thread, is at its end: what it measures then is itself. */
const GENERATOR_FULL = 0.92;
/** How long a request may take at most before it has failed, times the limit of the 95th percentile; at least, seconds. */
const TIMEOUT = { times: 10, least: 2 };

/** How long an app is given at most between two levels, milliseconds. */
const REST_MS = 2000;

/** Puts more and more load on an app until it does not answer well any more. A level that ends the app is a broken one: it is started again, and the search goes on. */
export async function testLoad(target: LoadTarget, options: LoadOptions, around: LoadSurroundings): Promise<LoadReport> {
  const { health, seconds } = options;
  const { generator, signal, report } = around;
  const load = new Load(target, health, around);
  const isHealthy = (measured: Measurement) => measured.requests > 0 && errorRate(measured) < health.errorRate && measured.latency.p95 <= health.p95;
  const alone = await load.put(1, seconds.warmUp);
  report(alone, 'warm-up');
  const search = await findKnee<Measurement>({
    async measure(connections, hold) {
      const measured = await load.put(connections, hold ? seconds.hold : seconds.level);
      report(measured, hold ? 'hold' : 'level');
      return measured;
    },
    isHealthy,
    isOver: (measured) => signal.aborted || load.isOver || isSaturated(measured),
    most: options.most,
  });
  const last = search.tried.at(-1)?.measured;
  const found = (more: Pick<LoadReport, 'bottleneck' | 'inconclusive'>): LoadReport => ({ search, generator: generator.name, ...more });
  if (signal.aborted) return found({ bottleneck: undefined, inconclusive: 'It was cancelled.' });
  if (load.isOver)
    return found({ bottleneck: undefined, inconclusive: `It does not answer any more since ${last?.connections ?? 0} users asked at once.` });
  if (last && isSaturated(last)) {
    return found({
      bottleneck: undefined,
      inconclusive: `The load generator (${generator.name}) is at its own limit at ${last.connections} users and ${Math.round(last.throughput)} requests a second: the app may hold more.`,
    });
  }
  const { held, broken } = search;
  if (!broken || load.isUnseen) return found({ bottleneck: undefined });
  const base = held?.measured ?? alone;
  // What runs out shows best well above the knee, where the app lives that long.
  const over = held && !(ENDED in broken.measured.errors) ? await load.put(held.connections * 2, seconds.level) : broken.measured;
  return found({ bottleneck: findBottleneck(base, over, health, around.memory) });
}

/** An app under load, which is started again when it ends. */
class Load {
  /** Whether it cannot be started again, or the generator has ended. */
  isOver = false;
  #target: LoadTarget;
  readonly #health: Health;
  readonly #around: LoadSurroundings;

  constructor(target: LoadTarget, health: Health, around: LoadSurroundings) {
    this.#target = target;
    this.#health = health;
    this.#around = around;
  }

  /** Whether nobody can say how its processes are doing. */
  get isUnseen(): boolean {
    return this.#target.app === undefined || !seesFamilies();
  }

  /** One level of load. Where it ends the app, it has one failure, which says so. */
  async put(connections: number, time: number): Promise<Measurement> {
    const { url, request, app } = this.#target;
    const { generator, loopFile, signal } = this.#around;
    const timeout = Math.max(TIMEOUT.least, (this.#health.p95 * TIMEOUT.times) / 1000);
    const work = () => generator.generate({ url, ...request, connections, seconds: time, timeout, limit: this.#health.p95 });
    let gone = false;
    void app?.ended.then(() => {
      gone = true;
    });
    const { result, app: state } = app ? await new Observer(app, loopFile).during(work) : { result: await work(), app: UNSEEN };
    if (!result) this.isOver = true;
    // What was under way at the end is the app's work still, though nobody waits for it: it is no part of the next level.
    else if (!gone && !signal.aborted) await rest(Math.min(result.latency.max, REST_MS), undefined, { signal }).catch(() => {});
    if (gone && !signal.aborted && app) {
      const { stopped, peakMemory } = await app.ended;
      await this.#startAgain();
      return { ...nothing(connections), errors: { [ENDED]: 1 }, app: { ...state, memory: stopped === 'memory' ? peakMemory : state.memory } };
    }
    return result ? { ...result, app: state } : nothing(connections);
  }

  async #startAgain(): Promise<void> {
    const target = await this.#around.restart();
    if (target) this.#target = target;
    else this.isOver = true;
  }
}

function nothing(connections: number): Measurement {
  const latency = { mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, max: 0 };
  return { connections, seconds: 0, requests: 0, throughput: 0, errors: {}, generatorBusy: 0, latency, app: UNSEEN };
}

function isSaturated({ generatorBusy, app }: Measurement): boolean {
  return generatorBusy >= GENERATOR_FULL && app.busiest < GENERATOR_FULL;
}
