import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { FAMILY_MARK } from './family.ts';
import { findProgram } from './find-program.ts';
import { listedFamily, parseFamily } from './ps-family.ts';
import { run } from './run.ts';

/** What ps lists on macOS: its own shell does not show its environment, `/usr/bin/login` is nobody's, and 75 has ended. */
const MACOS = `
    1     0 Ss    21504   5:01.25 /sbin/launchd
   70     1 S      1984   0:00.01 /bin/sh -c guard
   71    70 S+    65536   1:02.34 node app.js PATH=/usr/bin ASSAY_FAMILY=a1 HOME=/Users/me
   72    71 S      1024   0:00.50 /bin/sh -c worker
   73    72 R    131072   0:10.00 worker --fast
   74     1 S      2048   0:00.02 node daemon.js ASSAY_FAMILY=a1
   75    71 Z         0   0:00.00 (node)
   76     1 S      4096   0:00.00 node other.js ASSAY_FAMILY=a12
`;

describe('the processes of a run, as ps lists them', () => {
  it('are those that are marked, and all that they started', () => {
    assert.deepEqual(parseFamily(MACOS, 'ASSAY_FAMILY=a1'), [
      { pid: 71, memory: 65536 * 1024, ticks: 6234 },
      { pid: 72, memory: 1024 * 1024, ticks: 50 },
      { pid: 73, memory: 131072 * 1024, ticks: 1000 },
      { pid: 74, memory: 2048 * 1024, ticks: 2 },
    ]);
  });

  it('have the time that Linux writes, with days', () => {
    const list = '  9  1 Sl 100 2-01:02:03 app ASSAY_FAMILY=a1\n';
    assert.deepEqual(parseFamily(list, 'ASSAY_FAMILY=a1'), [{ pid: 9, memory: 102_400, ticks: (2 * 86_400 + 3723) * 100 }]);
  });

  it('are found by the ps of this system', async function () {
    if (!findProgram('ps', process.env) || process.platform === 'win32') this.skip();
    const mark = randomUUID();
    const cancel = new AbortController();
    let found: Promise<unknown> | undefined;
    const pids: number[] = [];
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env: {}, stdio: 'ignore' });
      console.log(process.pid + ' ' + child.pid);
      setInterval(() => {}, 1000);`;
    const ended = run(
      { program: process.execPath, args: ['-e', script], cwd: process.cwd(), env: { ...process.env, [FAMILY_MARK]: mark } },
      {
        signal: cancel.signal,
        onStdout(line) {
          pids.push(...line.split(' ').map(Number));
          // The BSDs have Linux's letters.
          found = listedFamily(`${FAMILY_MARK}=${mark}`, process.platform === 'linux' ? 'freebsd' : process.platform).finally(() => cancel.abort());
        },
      },
    );
    await ended;
    const family = (await found) as Awaited<ReturnType<typeof listedFamily>>;
    assert.equal(pids.length, 2);
    for (const pid of pids) assert.ok((family.find((one) => one.pid === pid)?.memory ?? 0) > 1e6, JSON.stringify(family));
    assert.ok(!family.some(({ pid }) => pid === process.pid));
  });
});
