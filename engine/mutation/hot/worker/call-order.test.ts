import assert from 'node:assert/strict';
import { CallOrder } from './call-order.ts';

describe('the order in which tests are called', () => {
  /** Durations by key, the killers of the mutants before, and the order. */
  const CASES: Record<string, [durations: Record<string, number>, killers: string, order: string]> = {
    'the fastest first': [{ a: 100, b: 10, c: 50 }, '', 'bca'],
    'their own where they are equally fast': [{ a: 3.9, b: 0.1, c: 2 }, '', 'abc'],
    'their own where they differ by less than twice': [{ a: 15, b: 9, c: 4 }, '', 'cab'],
    'before them those that killed, the last one first': [{ a: 1, b: 1, c: 1 }, 'bc', 'cba'],
    'the last one first though it killed before': [{ a: 1, b: 1, c: 1 }, 'bcb', 'bca'],
    'one that killed though it takes three times as long': [{ a: 4, b: 4, c: 12 }, 'c', 'cab'],
    'one that killed not where it takes ten times as long': [{ a: 4, b: 4, c: 40 }, 'c', 'abc'],
    'those of which nobody knows how long they take as the fastest': [{ b: 50 }, '', 'acb'],
  };
  for (const [title, [durations, killers, expected]] of Object.entries(CASES)) {
    it(title, () => {
      const order = new CallOrder(durations);
      for (const killer of killers) order.learn(killer);
      assert.equal(order.plan(['a', 'b', 'c'], 0).join(''), expected);
    });
  }

  it('leaves the list as it is', () => {
    const tests = ['a', 'b'];
    new CallOrder({ a: 90 }).plan(tests, 0);
    assert.deepEqual(tests, ['a', 'b']);
  });
});

describe('how many tests are called', () => {
  /** How many tests there are, what each takes, what loading takes, milliseconds, and how many are called. */
  const CASES: [title: string, tests: number, ms: number, loadMs: number, called: number][] = [
    ['the first six of some', 10, 20, 200, 6],
    ['the first fifth of many', 50, 20, 200, 10],
    ['all where loading for one that is killed later would take longer', 10, 20, 250, 10],
    ['all of a few', 6, 100, 0, 6],
  ];
  for (const [title, count, ms, loadMs, called] of CASES) {
    it(title, () => {
      const tests = Array.from({ length: count }, (_, i) => `t${i}`);
      const order = new CallOrder(Object.fromEntries(tests.map((key) => [key, ms])));
      assert.deepEqual(order.plan(tests, loadMs), tests.slice(0, called));
    });
  }

  it('and of the others those that take next to nothing beside the slow ones', () => {
    const durations = { slow: 500, slower: 1100, ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`t${i}`, 1])) };
    assert.deepEqual(
      new CallOrder(durations).plan(Object.keys(durations), 0),
      Object.keys(durations).filter((key) => key.startsWith('t')),
    );
  });
});
