import type { Latency } from './model.ts';

/** Sums up latencies (milliseconds) by the nearest-rank method; all zero where there are none. Sorts its input in place. */
export function latencyOf(samples: Float64Array): Latency {
  samples.sort();
  const rank = (share: number) => samples[Math.max(0, Math.ceil(share * samples.length) - 1)] ?? 0;
  const sum = samples.reduce((total, one) => total + one, 0);
  return {
    mean: samples.length ? sum / samples.length : 0,
    p50: rank(0.5),
    p90: rank(0.9),
    p95: rank(0.95),
    p99: rank(0.99),
    max: samples.at(-1) ?? 0,
  };
}
