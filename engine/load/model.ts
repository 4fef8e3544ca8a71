/** Latencies of requests, milliseconds. */
export interface Latency {
  mean: number;
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  max: number;
}

/** What a generator saw at one level of load. */
export interface Generated {
  /** How many requests were under way at any time: each of as many users sends the next one when the last is answered. */
  connections: number;
  /** How long it was measured, seconds. */
  seconds: number;
  /** Requests that were answered or failed while it was measured. */
  requests: number;
  /** Good answers a second. */
  throughput: number;
  latency: Latency;
  /** Failed requests by kind: `timeout`, `ECONNREFUSED`, `status 503`. */
  errors: Readonly<Record<string, number>>;
  /** Processor time of the generator's busiest thread over the time, 0 to 1. */
  generatorBusy: number;
}

/** How the app's processes were doing meanwhile. */
export interface AppState {
  /** Processor time of all its processes over the time: 2 is two cores. */
  cores: number;
  /** The same of its busiest process. */
  busiest: number;
  /** Resident memory of all, bytes, at its highest. */
  memory: number;
  /** How much of the time the event loop of its busiest Node process was occupied, 0 to 1; missing where it has none. */
  loopBusy?: number;
  /** The 99th percentile of how late that event loop was, milliseconds. */
  lag?: number;
  /** The most connections that it had open to each other place (`127.0.0.1:5432`) at once. */
  outbound: Readonly<Record<string, number>>;
}

/** One level of load with all that was seen. */
export interface Measurement extends Generated {
  app: AppState;
}

/** What each user asks. */
export interface LoadedRequest {
  /** In capitals. */
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

/** What is asked where nobody says otherwise. */
export const PLAIN_REQUEST: LoadedRequest = { method: 'GET', headers: {} };

/** What is called healthy. */
export interface Health {
  /** The highest 95th percentile of latency, milliseconds. */
  p95: number;
  /** Failed requests over all, below which it is healthy, 0 to 1. */
  errorRate: number;
}

/** What keeps an app from holding more. */
export type BottleneckKind = 'cpu' | 'event-loop' | 'memory' | 'downstream' | 'connection-limit' | 'lock' | 'unknown';

/** A {@link BottleneckKind} with the sentence that explains it. */
export interface Bottleneck {
  kind: BottleneckKind;
  sentence: string;
}

/** Failed requests over all, 0 to 1. */
export function errorRate({ errors, requests }: Generated): number {
  const failed = Object.values(errors).reduce((sum, n) => sum + n, 0);
  return requests === 0 ? 1 : failed / requests;
}
