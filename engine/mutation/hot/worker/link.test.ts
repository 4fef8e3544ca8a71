import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { Driver } from '../host/driver.ts';
import { openSocket, WorkerProcesses } from '../host/worker-processes.ts';

const program = (name: string) => fileURLToPath(new URL(`../../../../test/support/${name}-worker.ts`, import.meta.url));

describe('a worker', () => {
  let child: ChildProcess | undefined;
  let server: Server | undefined;
  afterEach(() => {
    child?.kill('SIGKILL');
    server?.close();
    removeWorkspaces();
  });

  async function start(name: string) {
    server = await openSocket(emptyWorkspace());
    let printed = '';
    const startWorker = async () => {
      child = spawn(process.execPath, [program(name)], { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout?.on('data', (text) => (printed += text));
      await once(child, 'close');
    };
    const over = Promise.withResolvers<void>();
    const driver: Driver = { files: [], parallel: false, startWorker: () => startWorker().finally(over.resolve), stop: async () => {} };
    const logged: string[] = [];
    const worker = await new WorkerProcesses(driver, server, (line) => logged.push(line)).start({ file: 'f', group: '' });
    return { worker, over: over.promise, printed: () => printed, logged };
  }

  it('clears a heap that grows the less often the larger it is', async () => {
    const { worker, over, printed } = await start('growing');
    const limits = { totalMs: 60_000, stallMs: 60_000 };
    for (let i = 0; i < 10; i++) {
      const { end } = await worker.do({ kind: 'dry', file: 'f', weighs: false }, limits, Number.POSITIVE_INFINITY, () => {});
      assert.equal(end, 'done');
    }
    worker.finish();
    await over;
    // Were it cleared whenever 16 MiB came to it, that would be each time.
    const times = Number(printed());
    assert.ok(times > 1 && times < 7, `${printed()} times`);
  });

  it('ends at once where it comes to an error in the middle of a job, and says which', async () => {
    const { worker, over, logged } = await start('failing');
    const limits = { totalMs: Number.POSITIVE_INFINITY, stallMs: Number.POSITIVE_INFINITY };
    const { end } = await worker.do({ kind: 'dry', file: 'f', weighs: false }, limits, Number.POSITIVE_INFINITY, () => {});
    await over;
    assert.deepEqual([end, worker.ended, logged[0]?.split('\n')[0]], ['died', true, 'A worker failed: dry: Error: the floor is gone']);
  });
});
