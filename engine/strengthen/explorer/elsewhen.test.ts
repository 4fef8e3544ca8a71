import assert from 'node:assert/strict';
import { elsewhen, elsewhere } from './elsewhen.ts';

describe('another time', () => {
  it('is another year, day and hour, and only while it lasts', async () => {
    const before = new Date();
    const there = await elsewhen(globalThis, async () => [new Date(), new Date(Date.now()), new Date(0)] as const);
    const [made, asked] = there;
    for (const one of [made, asked]) assert.ok(one.getTime() - before.getTime() > 400 * 24 * 3600 * 1000);
    assert.equal(there[2].getTime(), 0);
    assert.ok(there[0] instanceof Date);
    assert.ok(Date.now() - before.getTime() < 60_000);
  });
});

describe('another system', () => {
  it('goes by another name, and only while it lasts', async () => {
    const platforms = () => [process.platform, navigator.platform];
    const here = platforms();
    const there = await elsewhere(globalThis, async () => platforms());
    assert.ok(there.every((platform, i) => platform !== here[i]));
    assert.deepEqual(platforms(), here);
  });
});
