import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { DriverRequest } from '../host/driver.ts';
import { NodeWorkers } from './node-workers.ts';

const request = (folder: string): DriverRequest => ({
  ...{ directory: folder, mutated: [], folder, workers: 1, texts: new Promise<never>(() => {}), log: () => {} },
  textOf: async () => undefined,
  unsavedText: () => undefined,
  framework: { name: 'jest', args: [], nodeArgs: [] },
});

describe('texts that stand in for files', () => {
  after(removeWorkspaces);

  it('stay for those that use them when workers of the next run are started, and go with the run after it', async () => {
    const folder = emptyWorkspace();
    const first = new Map([['a.ts', { code: 'a' }]]);
    const workers = new NodeWorkers(request(folder), { script: 'jest-worker.js', servesModules: false });
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

describe('processes that are started as workers', () => {
  after(removeWorkspaces);

  it('have numbers that none of those has that are still there: tests name databases by them', async () => {
    const folder = emptyWorkspace();
    const numbers: number[] = [];
    const workers = new NodeWorkers(
      { ...request(folder), workers: 3, texts: Promise.resolve(new Map()) },
      {
        script: 'jest-worker.js',
        servesModules: false,
        env(n) {
          numbers.push(n);
          // The second one ends at once.
          return n === 1 ? { NODE_OPTIONS: '--not-an-option' } : {};
        },
      },
    );
    workers.prepare([], 2);
    const first = workers.start({ file: 'a', group: '' });
    await workers.start({ file: 'b', group: '' });
    const third = workers.start({ file: 'c', group: '' });
    const fourth = workers.start({ file: 'd', group: '' });
    await delay(50);
    await workers.stop();
    await Promise.all([first, third, fourth]);
    assert.deepEqual(numbers, [0, 1, 1, 2]);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !holds(); i++) await delay(10);
}
