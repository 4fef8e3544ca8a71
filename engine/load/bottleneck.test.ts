import assert from 'node:assert/strict';
import { findBottleneck } from './bottleneck.ts';
import type { AppState, BottleneckKind, Measurement } from './model.ts';

const HEALTH = { p95: 500, errorRate: 0.01 };
const MEMORY = 1e9;

interface Seen extends Partial<AppState> {
  users: number;
  /** Milliseconds. */
  mean?: number;
  throughput?: number;
  errors?: Record<string, number>;
}

function measured({ users, mean = 50, throughput = 100, errors = {}, ...app }: Seen): Measurement {
  const latency = { mean, p50: mean, p90: mean, p95: mean, p99: mean, max: mean };
  const state = { cores: 0.1, busiest: 0.1, memory: 1e8, outbound: {}, ...app };
  return { connections: users, seconds: 3, requests: 300, throughput, latency, errors, generatorBusy: 0.2, app: state };
}

/** What was seen at the load that is held and at twice as much, and what keeps it from more. */
const CASES: [kind: BottleneckKind, held: Seen, over: Seen][] = [
  ['cpu', { users: 4, busiest: 0.9 }, { users: 8, busiest: 0.99, mean: 100 }],
  ['cpu', { users: 4, busiest: 0.9, loopBusy: 0.9 }, { users: 8, busiest: 0.97, loopBusy: 1, mean: 100 }],
  ['event-loop', { users: 4, loopBusy: 0.9, busiest: 0.1 }, { users: 8, loopBusy: 1, busiest: 0.1, mean: 100 }],
  ['memory', { users: 10, memory: 3e8 }, { users: 20, memory: 6e8 }],
  ['memory', { users: 10, memory: 8.9e8 }, { users: 20, memory: 9.5e8 }],
  ['connection-limit', { users: 10, outbound: { '127.0.0.1:5432': 10 } }, { users: 20, mean: 100, outbound: { '127.0.0.1:5432': 10 } }],
  ['connection-limit', { users: 10 }, { users: 20, errors: { ECONNREFUSED: 100 } }],
  ['downstream', { users: 10, outbound: { '127.0.0.1:5432': 10 } }, { users: 20, mean: 100, outbound: { '127.0.0.1:5432': 20 } }],
  ['lock', { users: 1, throughput: 20 }, { users: 2, throughput: 20, mean: 100 }],
  ['lock', { users: 10, throughput: 200 }, { users: 20, throughput: 200, mean: 100 }],
  ['unknown', { users: 10 }, { users: 20, mean: 50 }],
];

describe('what keeps an app from more', () => {
  for (const [kind, held, over] of CASES) {
    it(`${kind}: ${JSON.stringify(over)}`, () => {
      const found = findBottleneck(measured(held), measured(over), HEALTH, MEMORY);
      assert.equal(found.kind, kind, found.sentence);
      assert.match(found.sentence, /^[A-Z].*\.$/);
    });
  }

  it('says how many are served at once', () => {
    const { sentence } = findBottleneck(
      measured({ users: 10, throughput: 200 }),
      measured({ users: 20, throughput: 200, mean: 100 }),
      HEALTH,
      MEMORY,
    );
    assert.match(sentence, /about 10 of 20 users are served at once/);
  });
});
