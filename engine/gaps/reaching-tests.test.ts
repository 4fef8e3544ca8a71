import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import type { StoredTest } from '../mutation/index.ts';
import { keyOf, reachingTests, strengthsOf } from './reaching-tests.ts';

const TESTS = `import { describe, expect, it } from 'vitest';
describe('cart', () => {
  it('adds', () => {
    expect(add(1, 2)).toBe(3);
  });
  it.each([1, 2])('adds %s', (n) => {
    expect(add(n, 0)).toBeDefined();
  });
});
`;

describe('the tests that reach a path', () => {
  after(removeWorkspaces);

  const stored = (id: number, name: string, file = 'test/cart.test.ts'): StoredTest => ({ id, name, file, durationMs: 1 });

  it('have the strength of the text behind their titles, however the framework joins these', async () => {
    const directory = emptyWorkspace({ 'test/cart.test.ts': TESTS }, 'reaching');
    const tests = [
      stored(1, 'cart > adds'),
      stored(2, 'cart adds'),
      stored(3, 'cart adds 2'),
      stored(4, 'cart is gone'),
      stored(5, 'cart adds', 'gone.ts'),
      stored(6, 'cart adds', ''),
    ];
    const strengths = await strengthsOf(tests, directory, [], new AbortController().signal);
    assert.deepEqual([...strengths.keys()], [1, 2, 3]);
    assert.deepEqual(strengths.get(1), strengths.get(2));
    assert.equal(strengths.get(1)?.key, keyOf(path.join(directory, 'test/cart.test.ts'), ['cart', 'adds']));
    assert.ok((strengths.get(1)?.strength ?? 0) > (strengths.get(3)?.strength ?? 100));
    const known = [{ file: path.join(directory, 'test/cart.test.ts'), audit: { tests: [], findings: [] } }];
    assert.equal((await strengthsOf(tests, directory, known, new AbortController().signal)).size, 0, 'what was audited is not read again');
  });

  it('are counted, and those of them that could be read make mean and least', () => {
    const strengths = new Map([
      [1, { key: 'a', strength: 80 }],
      [2, { key: 'b', strength: 40 }],
    ]);
    assert.deepEqual(reachingTests(new Set([1, 2, 3]), strengths), { count: 3, read: 2, mean: 60, min: 40 });
    assert.deepEqual(reachingTests(new Set([3]), strengths), { count: 1, read: 0, mean: null, min: null });
  });

  it('are those that were seen to run it, too, each once', () => {
    const strengths = new Map([[1, { key: 'a', strength: 80 }]]);
    const seen = [
      { key: 'a', strength: 80 },
      { key: 'c', strength: 20 },
      { key: 'c', strength: 20 },
    ];
    assert.deepEqual(reachingTests(new Set([1]), strengths, seen), { count: 2, read: 2, mean: 50, min: 20 });
    assert.deepEqual(reachingTests(new Set(), new Map(), seen), { count: 2, read: 2, mean: 50, min: 20 });
  });
});
