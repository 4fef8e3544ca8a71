import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { assertGone, descendants } from '../support/processes.ts';
import { copySlowFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

const FILE = 'src/price.ts';

/** However a run ends before its time, nothing of it is alive two seconds later, and what was judged is kept. */
describe('a run that ends before its time', () => {
  if (process.platform !== 'linux') return;
  let directory: string;
  let session: Session;

  beforeEach(async () => {
    directory = copySlowFixture();
    session = await Session.start([directory]);
  });
  afterEach(async () => {
    session.server.kill('SIGKILL');
    removeWorkspaces();
  });

  /** Starts a run and waits for its first verdicts; answers the run and the processes that work on it. */
  async function underway(token?: CancellationTokenSource) {
    const run = session.ask('mutate', { run: 1, targets: [{ uri: session.uri(FILE) }] }, token?.token);
    run.catch(() => {});
    await session.until('two verdicts', () => session.progress.some(({ judged }) => judged >= 2), 60_000);
    const pids = descendants(session.server.pid as number);
    assert.ok(pids.length >= 3, `a shell, the host and a test process: ${pids}`);
    return { run, pids };
  }

  it('by cancelling', async () => {
    const source = new CancellationTokenSource();
    const { run, pids } = await underway(source);
    source.cancel();
    await assertGone(pids);
    assert.equal((await run).status, 'cancelled');
    assert.ok(((await session.ask('fileDetail', { uri: session.uri(FILE) }))?.mutants.length ?? 0) >= 2);
    assert.equal((await session.ask('results', {}))[0]?.lastRun?.complete, false);
    assert.deepEqual(leftovers(session.server.pid as number), []);
  });

  it('by closing the window', async () => {
    const { pids } = await underway();
    await session.stop();
    await assertGone(pids);
  });

  it('by a crash of the server', async () => {
    const { pids } = await underway();
    await new Promise((resolve) => setTimeout(resolve, 600));
    const crashed = session.server.pid as number;
    session.server.kill('SIGKILL');
    await assertGone(pids);
    const survivor = await Session.start([directory]);
    try {
      const detail = await survivor.ask('fileDetail', { uri: survivor.uri(FILE) });
      assert.ok((detail?.mutants.length ?? 0) >= 2, 'the verdicts before the crash are there');
      await survivor.until('the folder of the crashed run to be removed', () => leftovers(crashed).length === 0);
      assert.equal((await survivor.mutate(FILE)).status, 'done');
    } finally {
      await survivor.stop();
    }
  });

  it('by a crash of the client', async () => {
    const { pids } = await underway();
    const exited = once(session.server, 'exit');
    session.server.stdin?.destroy();
    session.server.stdout?.destroy();
    await exited;
    await assertGone(pids);
  });
});

/** What runs of a process left in the temporary folder. */
function leftovers(pid: number): string[] {
  return readdirSync(os.tmpdir()).filter((name) => name.startsWith(`assay-${pid}-`));
}
