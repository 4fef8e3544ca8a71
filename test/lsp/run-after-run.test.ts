import assert from 'node:assert/strict';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

describe('runs on a warm server, one after the other', () => {
  after(removeWorkspaces);

  it('are all judged hot, whatever files the run before was on', async () => {
    const session = await Session.start([copyFixture('vitest')]);
    const counts = [];
    for (const path of ['src', 'src/price.ts', 'src/cart.ts', 'src']) {
      const { counts: found } = await session.mutate(path);
      const [pkg] = await session.ask('results', {});
      counts.push([path, found.Survived, found.Killed, found.NoCoverage, pkg?.lastRun?.executor]);
    }
    await session.stop();
    assert.deepEqual(counts, [
      ['src', 14, 25, 4, 'Assay hot'],
      ['src/price.ts', 5, 14, 4, 'Assay hot'],
      ['src/cart.ts', 9, 11, 0, 'Assay hot'],
      ['src', 14, 25, 4, 'Assay hot'],
    ]);
  });
});
