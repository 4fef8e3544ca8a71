import assert from 'node:assert/strict';
import { findKnee } from './knee.ts';

/** A server with as many slots: what is above them waits for a second round. */
const search = (isHealthy: (connections: number, hold: boolean) => boolean, most = 4096) =>
  findKnee<boolean>({ measure: async (connections, hold) => isHealthy(connections, hold), isHealthy: (one) => one, isOver: () => false, most });

describe('the search for the knee', () => {
  for (const knee of [1, 2, 3, 7, 8, 20, 100, 777, 3000]) {
    it(`finds ${knee} within 5 per cent, and holds it`, async () => {
      const { held, broken, tried } = await search((n) => n <= knee);
      assert.ok(held && held.connections <= knee && held.connections >= knee * 0.95 - 1, String(held?.connections));
      assert.ok(broken && broken.connections > knee);
      assert.equal(tried.at(-1), held);
      assert.ok(tried.length < 40, String(tried.length));
    });
  }

  it('nothing is held where one user is too many', async () => {
    const { held, broken } = await search(() => false);
    assert.deepEqual([held, broken?.connections], [undefined, 1]);
  });

  it('nothing breaks where the highest level is healthy', async () => {
    const { held, broken } = await search(() => true, 100);
    assert.deepEqual([held?.connections, broken], [100, undefined]);
  });

  it('one bad moment breaks nothing', async () => {
    const seen = new Map<number, number>();
    const { held } = await search((n) => {
      seen.set(n, (seen.get(n) ?? 0) + 1);
      return n <= 50 && !(n % 4 === 0 && seen.get(n) === 1);
    });
    assert.ok(held && held.connections >= 47, String(held?.connections));
  });

  it('a level that cannot be held is lowered', async () => {
    const { held } = await search((n, hold) => n <= (hold ? 90 : 100));
    assert.ok(held && held.connections <= 90 && held.connections >= 80, String(held?.connections));
  });

  it('ends at once where it makes no sense to go on', async () => {
    let looks = 0;
    const { held, tried } = await findKnee<number>({
      measure: async (n) => {
        looks++;
        return n;
      },
      isHealthy: (n) => n < 8,
      isOver: (n) => n >= 8,
      most: 1000,
    });
    assert.deepEqual([looks, tried.length, held], [4, 4, undefined]);
  });
});
