import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { repeatedly } from './repeatedly.ts';

describe('doing something repeatedly', () => {
  it('never does it twice at a time, and goes on when it is done', async () => {
    let atWork = 0;
    let most = 0;
    let turns = 0;
    const stop = repeatedly(async () => {
      atWork += 1;
      turns += 1;
      most = Math.max(most, atWork);
      await delay(50);
      atWork -= 1;
    }, 5);
    while (turns < 3) await delay(5);
    stop();
    assert.equal(most, 1);
    const then = turns;
    await delay(100);
    assert.equal(turns, then);
  });
});
