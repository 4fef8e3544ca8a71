import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { assertSchema } from '../support/schemas.ts';
import { UNINSTALLED as FILES } from '../support/uninstalled.ts';
import { emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';

interface Rung {
  rung: string;
  verdict: string | null;
  summary: string;
  notes: string[];
  id: string;
  commands: { command: string; exitStatus: number | null; installs?: boolean }[];
  changedFiles: string[];
}

describe('assay verify, where dependencies are not installed', () => {
  afterEach(removeWorkspaces);

  const verify = async (directory: string, options: string[], env: Record<string, string> = {}) => {
    const said = await assay(directory, ['verify', '--json', 'proofs.json', ...options], env);
    const output = JSON.parse(readFileSync(path.join(directory, 'proofs.json'), 'utf8')) as { projects: { rungs: Rung[] }[] };
    assertSchema('proofs', output);
    return { status: said.status, out: said.out, rungs: output.projects[0]?.rungs ?? [] };
  };

  it('says so, with what to do, and runs nothing', async () => {
    const directory = emptyWorkspace(FILES);
    const { status, rungs, out } = await verify(directory, []);
    assert.equal(status, 2);
    assert.deepEqual(
      rungs.map(({ rung, verdict, summary, commands }) => [rung, verdict, summary, commands.length]),
      [['compile', 'inconclusive', 'Its dependencies are not installed', 0]],
    );
    const how = 'There is no node_modules. Install with `npm ci`, or let Assay do it (--install; in VS Code assay.verify.install).';
    assert.deepEqual(rungs[0]?.notes, [how]);
    assert.match(out, /npm ci/);
    assert.equal(existsSync(path.join(directory, 'node_modules')), false);
  });

  it('installs them first where it may, keeps what was said, and names the tracked files that changed', async () => {
    const directory = emptyWorkspace(FILES);
    const git = (...args: string[]) => execFileSync('git', args, { cwd: directory });
    git('init', '--quiet');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '-m', 'all');
    const { status, rungs } = await verify(directory, ['--install']);
    assert.equal(status, 0, JSON.stringify(rungs));
    assert.deepEqual(
      rungs.map(({ rung, verdict, commands }) => [rung, verdict, commands.map(({ command, installs }) => [command, installs ?? false])]),
      [
        [
          'compile',
          'holds',
          [
            ['npm ci', true],
            ['npm run build', false],
          ],
        ],
        ['test', 'holds', [['npm test', false]]],
      ],
    );
    const [compiled] = rungs;
    assert.deepEqual(compiled?.changedFiles, ['notes.txt']);
    assert.ok(compiled?.notes.includes('There is no node_modules. They were installed with `npm ci`.'));
    const log = readFileSync(path.join(directory, '.assay/evidence', compiled?.id ?? '', 'output.log'), 'utf8');
    assert.match(log, /^\$ npm ci\n[\s\S]*\[exit status 0[\s\S]*^\$ npm run build\n[\s\S]*built 2/m);
    const replayed = await verify(directory, ['--replay', compiled?.id ?? '']);
    assert.deepEqual(
      replayed.rungs.map(({ commands }) => commands.map(({ command }) => command)),
      [['npm run build']],
    );
  });

  it('proves nothing where that does not work', async () => {
    const directory = emptyWorkspace(FILES);
    write(directory, 'package-lock.json', '{ "name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": {} } }');
    const { status, rungs } = await verify(directory, ['--install']);
    assert.equal(status, 2);
    assert.deepEqual(
      rungs.map(({ verdict, summary, notes }) => [verdict, summary, notes[0]]),
      [['inconclusive', 'Its dependencies could not be installed', '`npm ci` ended with status 1: its log says why.']],
    );
  });

  it('proves nothing where the package manager refuses to start', async function () {
    if (process.platform === 'win32') this.skip();
    const refusal = 'Refusing to run pnpm@9.15.0: its npm registry signature could not be verified (pnpm@9.15.0: it has none)';
    const directory = emptyWorkspace({
      'package.json': JSON.stringify({ name: 'shop', version: '1.0.0', packageManager: 'pnpm@9.15.0', scripts: { test: 'node --test' } }),
      'bin/pnpm': `#!/bin/sh\necho ' ERROR  ${refusal}.'\nexit 1\n`,
    });
    chmodSync(path.join(directory, 'bin/pnpm'), 0o755);
    const { status, rungs } = await verify(directory, ['--level', 'test', '--only'], { PATH: `${directory}/bin:${process.env['PATH']}` });
    assert.equal(status, 2);
    assert.deepEqual([rungs[0]?.verdict, rungs[0]?.summary], ['inconclusive', 'The tests did not come to their end']);
    assert.ok(
      rungs[0]?.notes[0]?.startsWith(`The package manager, toolchain or browser did not start: ${refusal}. Install the version`),
      rungs[0]?.notes[0],
    );
  });
});
