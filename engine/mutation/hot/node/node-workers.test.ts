import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import { NodeWorkers } from './node-workers.ts';

describe('texts that stand in for files', () => {
  after(removeWorkspaces);

  it('stay for those that use them when workers of the next run are started, and go with the run after it', async () => {
    const folder = emptyWorkspace();
    const first = new Map([['a.ts', { code: 'a' }]]);
    const workers = new NodeWorkers(
      {
        ...{
          directory: folder,
          mutated: [],
          folder,
          workers: 1,
          texts: new Promise<never>(() => {}),
          log: () => {},
          textOf: async () => undefined,
          unsavedText: () => undefined,
        },
        framework: { name: 'jest', args: [], nodeArgs: [] },
      },
      { script: 'jest-worker.js', servesModules: false },
    );
    await workers.serve(first);
    workers.rest();
    // What is removed is removed beside.
    await delay(50);
    assert.deepEqual(readdirSync(folder), ['texts-0.json']);
    await workers.serve(first);
    assert.deepEqual(readdirSync(folder).sort(), ['texts-0.json', 'texts-1.json']);
    workers.rest();
    await until(() => readdirSync(folder).length === 1);
    assert.deepEqual(readdirSync(folder), ['texts-1.json']);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !holds(); i++) await delay(10);
}
