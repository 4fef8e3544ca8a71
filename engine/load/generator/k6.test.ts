import assert from 'node:assert/strict';
import { parseSummary, scriptFor } from './k6.ts';
import type { LoadOrder } from './orders.ts';

/** What k6 1.8.1 summed up of a server that answers after 20 ms, one time in four or five with 503; the figures that are read, rounded. */
const SUMMARY = `{"answers": {"values": {"p(95)": 43.988, "p(99)": 49.005, "max": 53.439, "count": 219, "avg": 30.308, "med": 29.696, "p(90)": 39.818}}, "failures": {"values": {"count": 50, "rate": 16.391}}, "failures{status:503}": {"values": {"count": 50, "rate": 16.391}}, "failures{status:0}": {"values": {"count": 0, "rate": 0}}, "http_reqs": {"values": {"count": 368, "rate": 120.635}}}`;
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
  it('is told what to ask, and waits for the last answers; its script knows no header and no body', () => {
    const script = scriptFor(order, '/tmp/summary.json');
    assert.match(script, /vus: 4, duration: '3s', gracefulStop: '5s'/);
    assert.match(script, /http\.request\("POST", "http:\/\/127\.0\.0\.1:8080\/orders", body, \{/);
    assert.match(script, /redirects: 0/);
    assert.doesNotMatch(script, /secret|"n"/);
  });

  it('tells what counts of its summary: what was answered after settling, failures by kind, and the rate over the time until the last answer', () => {
    const { seconds, requests, throughput, latency, errors } = parseSummary(SUMMARY, order, 0.1);
    assert.deepEqual([requests, errors], [269, { 'status 503': 50 }]);
    assert.deepEqual([latency.p50, latency.p95, latency.max], [29.696, 43.988, 53.439]);
    assert.ok(Math.abs(seconds - 2.0303) < 1e-4 && Math.abs(throughput - 219 / seconds) < 1e-9, String(seconds));
  });
});
