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
      assert.equal(order.sort(['a', 'b', 'c']).join(''), expected);
    });
  }

  it('leaves the list as it is', () => {
    const tests = ['a', 'b'];
    new CallOrder({ a: 90 }).sort(tests);
    assert.deepEqual(tests, ['a', 'b']);
  });
});

describe('when it is enough', () => {
  /** How many of ten tests were called, what each takes, what loading takes, milliseconds, and whether the others need not be called. */
  const CASES: [title: string, called: number, testMs: number, loadMs: number, enough: boolean][] = [
    ['not before most tests were called', 7, 100, 1, false],
    ['when most were called and the others take longer than it takes to load the modules', 8, 100, 150, true],
    ['not where they take less', 8, 100, 250, false],
    ['not where none is left', 10, 100, 0, false],
  ];
  for (const [title, called, testMs, loadMs, enough] of CASES) {
    it(title, () => {
      const tests = [...'abcdefghij'];
      const order = new CallOrder(Object.fromEntries(tests.map((key) => [key, testMs])));
      assert.equal(order.isEnough(tests, called, loadMs), enough);
    });
  }

  it('is not when there are only a few', () => {
    assert.equal(new CallOrder({ e: 5000 }).isEnough([...'abcde'], 4, 1), false);
  });
});
