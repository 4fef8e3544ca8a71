import assert from 'node:assert/strict';
import { parseSummary, scriptFor } from './k6.ts';
import type { LoadOrder } from './orders.ts';

/** What k6 1.8.1 summed up of a server that answers after 20 ms, one time in four or five with 503; the figures that are read, rounded. */
const SUMMARY = `{"http_reqs{scenario:load}": {"values": {"count": 350, "rate": 116.002}}, "http_reqs{scenario:load,status:503}": {"values": {"count": 85, "rate": 28.172}}, "http_req_duration{scenario:load}": {"values": {"med": 21.823, "p(90)": 25.915, "p(95)": 26.975, "p(99)": 30.443, "max": 34.199, "avg": 22.579}}, "http_req_failed{scenario:load}": {"values": {"rate": 0.243, "passes": 85, "fails": 265}}, "http_reqs{scenario:load,status:0}": {"values": {"count": 0, "rate": 0}}, "http_reqs": {"values": {"count": 506, "rate": 167.706}}}`;
const order: LoadOrder = {
  url: 'http://127.0.0.1:8080/orders',
  method: 'POST',
  headers: { authorization: 'Bearer secret' },
  body: '{"n":1}',
  connections: 4,
  seconds: 2,
  timeout: 5,
  limit: 100,
};

describe('k6', () => {
  it('is told what to ask, and waits for the last answers; its script knows no header', () => {
    const script = scriptFor(order, '/tmp/summary.json');
    assert.match(script, /vus: 4, startTime: '1s', duration: '2s', gracefulStop: '5s'/);
    assert.match(script, /http\.request\("POST", "http:\/\/127\.0\.0\.1:8080\/orders", "\{\\"n\\":1\}", \{/);
    assert.match(script, /redirects: 0/);
    assert.doesNotMatch(script, /secret/);
  });

  it('tells what counts of its summary: what was asked after settling, failures by kind, and the rate over the time until the last answer', () => {
    const { seconds, requests, throughput, latency, errors } = parseSummary(SUMMARY, order, 0.1);
    assert.deepEqual([requests, errors], [350, { 'status 503': 85 }]);
    assert.deepEqual([latency.p50, latency.p95, latency.max], [21.823, 26.975, 34.199]);
    assert.ok(Math.abs(seconds - 2.0226) < 1e-4 && Math.abs(throughput - 265 / seconds) < 1e-9, String(seconds));
  });
});
