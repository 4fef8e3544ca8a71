import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { Driver } from '../host/driver.ts';
import { openSocket, WorkerProcesses } from '../host/worker-processes.ts';

const GROWING = fileURLToPath(new URL('../../../../test/support/growing-worker.ts', import.meta.url));

describe('a worker', () => {
  let child: ChildProcess | undefined;
  let server: Server | undefined;
  afterEach(() => {
    child?.kill('SIGKILL');
    server?.close();
    removeWorkspaces();
  });

  it('clears a heap that grows the less often the larger it is', async () => {
    server = await openSocket(emptyWorkspace());
    let printed = '';
    const startWorker = async () => {
      child = spawn(process.execPath, [GROWING], { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout?.on('data', (text) => (printed += text));
      await once(child, 'close');
    };
    const over = Promise.withResolvers<void>();
    const driver: Driver = { files: [], startWorker: () => startWorker().finally(over.resolve), stop: async () => {} };
    const worker = await new WorkerProcesses(driver, server, () => {}).start({ file: 'f', group: '' });
    const limits = { totalMs: 60_000, stallMs: 60_000 };
    for (let i = 0; i < 10; i++) {
      const { end } = await worker.do({ kind: 'dry', file: 'f', weighs: false }, limits, Number.POSITIVE_INFINITY, () => {});
      assert.equal(end, 'done');
    }
    worker.finish();
    await over.promise;
    // Were it cleared whenever 16 MiB came to it, that would be each time.
    assert.ok(Number(printed) > 1 && Number(printed) < 7, `${printed} times`);
  });
});
