import assert from 'node:assert/strict';
import { sample, shuffle } from './random.ts';

const items = Array.from({ length: 50 }, (_, i) => i);

describe('choosing at random', () => {
  it('chooses as many as asked for, none twice, and never more than there are', () => {
    for (const count of [0, 1, 20, 50, 80]) {
      const chosen = sample(items, count, 3);
      assert.equal(chosen.length, Math.min(count, 50));
      assert.equal(new Set(chosen).size, chosen.length);
      assert.ok(chosen.every((item) => items.includes(item)));
    }
  });

  it('chooses the same for the same seed and others for another', () => {
    assert.deepEqual(sample(items, 10, 7), sample(items, 10, 7));
    assert.notDeepEqual(sample(items, 10, 7), sample(items, 10, 8));
  });

  it('prefers none', () => {
    const times = items.map(() => 0);
    for (let seed = 0; seed < 5000; seed++) for (const item of sample(items, 5, seed)) times[item] = (times[item] ?? 0) + 1;
    // 500 expected, standard deviation 21: six of them on each side.
    assert.deepEqual(
      times.filter((n) => n < 373 || n > 627),
      [],
    );
  });

  it('puts all of them in another order', () => {
    assert.deepEqual(
      shuffle(items, 1).sort((a, b) => a - b),
      items,
    );
    assert.notDeepEqual(shuffle(items, 1), items);
    assert.deepEqual(shuffle(items, 4), shuffle(items, 4));
  });
});
