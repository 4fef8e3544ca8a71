import assert from 'node:assert/strict';
import { Tally } from './tally.ts';

describe('the tally of a level', () => {
  it('counts good answers, failures by kind, and how long each waited', () => {
    const tally = new Tally<string>(0, 100);
    tally.asks('a', 0);
    tally.asks('b', 0);
    tally.answered('a', 20, 200);
    tally.asks('a', 20);
    tally.answered('b', 40, 304);
    tally.asks('b', 40);
    tally.answered('a', 50, 503);
    tally.failed('b', 60, 'ECONNRESET');
    const { seconds, requests, throughput, latency, errors } = tally.sum(500);
    assert.deepEqual(
      { seconds, requests, throughput, errors },
      { seconds: 0.5, requests: 4, throughput: 4, errors: { 'status 503': 1, ECONNRESET: 1 } },
    );
    assert.deepEqual([latency.p50, latency.max], [20, 40]);
  });

  it('leaves out what is answered before it counts', () => {
    const tally = new Tally<string>(100, 100);
    tally.asks('a', 0);
    tally.answered('a', 50, 200);
    tally.asks('a', 50);
    tally.answered('a', 130, 200);
    tally.asks('a', 130);
    tally.failed('a', 140, 'timeout');
    const { requests, latency } = tally.sum(200);
    assert.deepEqual([requests, latency.max], [2, 80]);
  });

  it('who still waits at the end, and for too long, counts; who waits for less does not', () => {
    const tally = new Tally<number>(0, 100);
    for (let user = 0; user < 10; user++) tally.asks(user, 0);
    tally.answered(0, 30, 200);
    tally.asks(0, 950);
    const { requests, latency } = tally.sum(1000);
    assert.deepEqual([requests, latency.p50, latency.p95], [1, 1000, 1000]);
  });

  it('one that has to connect again waits since it first asked', () => {
    const tally = new Tally<string>(0, 100);
    tally.asks('a', 0);
    tally.asks('a', 70);
    tally.answered('a', 80, 200);
    assert.equal(tally.sum(100).latency.max, 80);
  });
});
