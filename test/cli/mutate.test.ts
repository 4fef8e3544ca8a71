import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { assay } from '../support/assay.ts';
import { assertGone, descendants } from '../support/processes.ts';
import { copyFixture, emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';

describe('assay mutate', () => {
  after(removeWorkspaces);

  it('says how it is used', async () => {
    const here = emptyWorkspace();
    assert.match((await assay(here, ['--help'])).out, /assay mutate/);
    assert.match((await assay(here, ['mutate', '--help'])).out, /--break-below SCORE/);
    assert.match((await assay(here, ['--version'])).out, /^\d+\.\d+\.\d+\n$/);
    for (const args of [
      ['mutilate'],
      ['mutate', '--speed'],
      ['mutate', '--break-below', 'much'],
      ['mutate', '--concurrency', '0'],
      ['mutate', '--json', '-', '--sarif', '-'],
    ]) {
      const said = await assay(here, args);
      assert.equal(said.status, 2, args.join(' '));
      assert.match(said.err, /assay/);
    }
  });

  it('prints survivors with their changes, the score and its seeds, and writes each report', async () => {
    const directory = copyFixture('jest');
    const said = await assay(directory, [
      'mutate',
      'src',
      '--html',
      'out/report.html',
      '--sarif',
      'out/report.sarif',
      '--markdown',
      'out/report.md',
      '--json',
      'out/report.json',
    ]);
    assert.equal(said.status, 0, said.err);
    assert.match(said.out, /src\/duration\.js:17:16 {2}No test notices when `<` becomes `<=`\. EqualityOperator\n {4}- const sign = ms < 0/);
    assert.match(
      said.out,
      /Mutation score 76\.1 % \(of covered code 77\.8 %\)\n46 mutants: 35 killed, 0 timed out, 10 survived, 1 without coverage\n5 tests on jest 30\.\d+\.\d+, judged by Assay hot on Node /,
    );
    assert.match(said.out, /src\/duration\.js: 5 more: 5 that teach less; --all lists them/);
    assert.equal(said.out.match(/No test notices/g)?.length, 5);
    assert.match(said.err, /running the tests once[\s\S]*46 of 46 mutants · 10 survived/);
    const read = (name: string) => readFileSync(path.join(directory, 'out', name), 'utf8');
    const report = JSON.parse(read('report.json')) as {
      files: Record<string, { mutants: { status: string; location: { start: { line: number; column: number } }; mutatorName: string }[] }>;
    };
    const mutants = report.files['src/duration.js']?.mutants ?? [];
    assert.equal(mutants.length, 46);
    assert.ok(
      mutants.some(
        ({ status, mutatorName, location }) =>
          status === 'Survived' && mutatorName === 'EqualityOperator' && location.start.line === 17 && location.start.column === 16,
      ),
    );
    const sarif = JSON.parse(read('report.sarif')) as { runs: { results: { ruleId: string }[] }[] };
    assert.equal(sarif.runs[0]?.results.length, 11);
    assert.match(read('report.html'), /<mutation-test-report-app/);
    assert.ok(
      !/<(link|img|script)[^>]*(src|href)=/.test(read('report.html').replace(/<script>[\s\S]*?<\/script>/g, '')),
      'the page asks for nothing outside of it',
    );
    assert.match(read('report.md'), /\| src\/duration\.js \| 76\.1 % \| 10 \| 1 \| 35 \| 0 \|/);
  });

  it('writes nothing into the workspace but its own folder', async () => {
    const directory = copyFixture('mocha');
    execFileSync('git', ['init', '-q'], { cwd: directory });
    execFileSync('git', ['add', '.'], { cwd: directory });
    assert.equal((await assay(directory, ['mutate'])).status, 0);
    const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: directory, encoding: 'utf8' });
    assert.deepEqual(
      status.split('\n').filter((line) => line && !line.startsWith('A ')),
      [],
    );
  });

  for (const framework of ['mocha', 'vitest', 'node-test']) {
    it(`leaves no temporary file of its own or of ${framework}`, async () => {
      const temporary = emptyWorkspace({});
      assert.equal((await assay(copyFixture(framework), ['mutate'], { TMPDIR: temporary })).status, 0);
      assert.deepEqual(readdirSync(temporary), []);
    });
  }

  it('gives the JSON report alone on standard output when it is asked to', async () => {
    const said = await assay(copyFixture('mocha'), ['mutate', 'lib/range.js', '--json', '-']);
    assert.equal((JSON.parse(said.out) as { schemaVersion: string }).schemaVersion, '2.0');
  });

  it('finds the package of a file from a folder below it, and from anywhere else', async () => {
    const directory = copyFixture('mocha');
    const below = await assay(path.join(directory, 'lib'), ['mutate', 'range.js']);
    assert.match(below.out, /^range\.js +76\.7 %[\s\S]*\n30 mutants: 22 killed/m, below.err);
    const elsewhere = await assay(emptyWorkspace(), ['mutate', path.join(directory, 'lib', 'range.js')]);
    assert.match(elsewhere.out, /\n30 mutants: 22 killed/, elsewhere.err);
  });

  it('breaks below a score', async () => {
    const directory = copyFixture('mocha');
    assert.equal((await assay(directory, ['mutate', '--break-below', '70'])).status, 0);
    const said = await assay(directory, ['mutate', '--all', '--break-below', '90']);
    assert.equal(said.status, 1);
    assert.equal(said.out.match(/No test notices/g)?.length, 6, 'all survivors are printed');
    assert.match(said.err, /The mutation score 76\.7 is below 90/);
  });

  it('judges only functions changed since a ref', async () => {
    const directory = copyFixture('vitest');
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: directory });
    write(directory, '.gitignore', 'node_modules\n');
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    const unchanged = await assay(directory, ['mutate', '--since', 'HEAD']);
    assert.deepEqual([unchanged.status, unchanged.err], [0, 'Nothing that can be mutated changed since HEAD.\n']);
    const text = readFileSync(path.join(directory, 'src/price.ts'), 'utf8');
    write(directory, 'src/price.ts', text.replace('return member ? 5 : 0;', 'return member ? 5 : 0; // kept low'));
    const said = await assay(directory, ['mutate', '--since', 'HEAD', '--json', '-']);
    assert.equal(said.status, 0, said.err);
    const report = JSON.parse(said.out) as { files: Record<string, { mutants: { location: { start: { line: number } } }[] }> };
    assert.deepEqual(Object.keys(report.files), ['src/price.ts']);
    const lines = report.files['src/price.ts']?.mutants.map(({ location }) => location.start.line) ?? [];
    assert.ok(lines.length > 0 && lines.every((line) => line >= 19 && line <= 22), lines.join());
    const unknown = await assay(directory, ['mutate', '--since', 'nowhere']);
    assert.deepEqual([unknown.status, /git does not know the ref "nowhere"/.test(unknown.err)], [2, true]);
  });

  it('finds the package of each file in a workspace of packages', async () => {
    const directory = emptyWorkspace({ 'package.json': '{ "name": "all", "private": true, "workspaces": ["packages/*"] }' });
    const mocha = copyFixture('mocha');
    for (const name of ['one', 'two']) {
      write(directory, `packages/${name}/package.json`, readFileSync(path.join(mocha, 'package.json'), 'utf8').replace('fixture-mocha', name));
      write(
        directory,
        `packages/${name}/lib/range.js`,
        `import { half } from '../../../shared/half.js';\nexport const double = (n) => half(n) * 4;\n`,
      );
      write(
        directory,
        `packages/${name}/test/range.test.js`,
        `import assert from 'node:assert';\nimport { double } from '../lib/range.js';\nit('doubles', () => assert.equal(double(2), 4));\n`,
      );
    }
    write(directory, 'shared/half.js', 'export const half = (n) => n / 2;\n');
    write(directory, 'shared/package.json', '{ "type": "module" }');
    const { symlinkSync } = await import('node:fs');
    symlinkSync(path.join(mocha, 'node_modules'), path.join(directory, 'node_modules'), 'junction');
    const said = await assay(directory, ['mutate', 'packages', '--json', 'out.json']);
    assert.equal(said.status, 0, said.err);
    const report = JSON.parse(readFileSync(path.join(directory, 'out.json'), 'utf8')) as { files: Record<string, { mutants: unknown[] }> };
    assert.deepEqual(
      Object.entries(report.files).map(([name, { mutants }]) => [name, mutants.length]),
      [
        ['packages/one/lib/range.js', 2],
        ['packages/two/lib/range.js', 2],
      ],
    );
  });

  it('stops at once when it is interrupted, and leaves nothing running', async function () {
    if (process.platform !== 'linux') this.skip();
    let pids: number[] = [];
    const said = await assay(copyFixture('vitest'), ['mutate'], {}, async (pid) => {
      while (descendants(pid).length < 3) await delay(50);
      pids = descendants(pid);
      process.kill(pid, 'SIGINT');
    });
    assert.deepEqual([said.status, /Cancelled/.test(said.err)], [130, true], said.err);
    assert.doesNotMatch(said.out, /Mutation score/);
    await assertGone(pids);
  });
});
