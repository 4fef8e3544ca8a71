import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assay } from '../support/assay.ts';
import { assertGone, descendants } from '../support/processes.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

describe('assay mutate --verify', () => {
  after(removeWorkspaces);

  for (const [fixture, of, command] of [
    ['vitest', 43, 'vitest run --bail=1 --coverage.enabled=false --no-cache'],
    ['jest', 46, 'jest --ci --bail=1 --coverage=false --watchman=false'],
    ['mocha', 30, 'mocha --recursive test --bail'],
  ] as const) {
    it(`bears out verdicts on ${fixture} with its own test command`, async () => {
      const directory = copyFixture(fixture);
      const said = await assay(directory, ['mutate', '--verify', '6', '--verify-seed', '11', '--concurrency', '2', '--json', 'out.json']);
      assert.equal(said.status, 0, said.err + said.out);
      assert.ok(
        said.out.includes(`\nverified 6 of ${of}: 6 right, 0 wrong (seed 11)\neach mutant written into a copy, and there: ${command}\n`),
        said.out,
      );
      assert.match(said.err, /running the test command without a mutant[\s\S]*6 of 6 verdicts verified · 0 wrong/);
      const report = JSON.parse(readFileSync(path.join(directory, 'out.json'), 'utf8')) as { config: { verification: object } };
      assert.deepEqual(report.config.verification, {
        seed: 11,
        verdicts: of,
        checked: 6,
        right: 6,
        wrong: 0,
        inconclusive: 0,
        'not-applied': 0,
        commands: [command],
        notRight: [],
      });
    });
  }

  it('stops at once when it is interrupted, and leaves nothing behind', async function () {
    if (process.platform !== 'linux') this.skip();
    let pids: number[] = [];
    let assayPid = 0;
    const said = await assay(copyFixture('mocha'), ['mutate', '--verify', '30'], {}, async (pid) => {
      assayPid = pid;
      while (!isVerifying(pid)) await delay(20);
      pids = descendants(pid);
      process.kill(pid, 'SIGINT');
    });
    assert.deepEqual([said.status, /Cancelled/.test(said.err)], [130, true], said.err);
    await assertGone(pids);
    assert.deepEqual(
      readdirSync(os.tmpdir()).filter((name) => name.startsWith(`assay-${assayPid}-`)),
      [],
    );
  });
});

/** Whether the command line runs Mocha itself, without anything of StrykerJS. */
function isVerifying(pid: number): boolean {
  return descendants(pid).some((child) => {
    try {
      return readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('--bail');
    } catch {
      return false;
    }
  });
}
