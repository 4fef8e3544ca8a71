import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../engine/process/index.ts';
import { verify } from '../support/proofs.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

const DEPENDENCIES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const isThere = (program: string) => findProgram(program, process.env);

/** The workspaces of `fixtures/ladder/`, proved for real; `node bench/ladder-fixtures.ts` does the others, which need more than is installed here. */
describe('assay verify on complete workspaces', () => {
  afterEach(removeWorkspaces);

  it('climbs the whole ladder of a server', async () => {
    const { status, out, rungs } = await verify(copyFixture('ladder/express-ts'), '--level', 'load', '--max-users', '2');
    assert.equal(status, 0, out);
    const { compile, test, mutation, load } = rungs;
    assert.deepEqual(
      [compile, test, mutation, load].map((rung) => rung?.verdict),
      ['holds', 'holds', 'holds', 'holds'],
    );
    assert.deepEqual(
      compile?.commands.map(({ command }) => command),
      ['npx tsc --noEmit', 'npm run build'],
    );
    assert.equal(test?.summary, 'All 6 tests pass');
    // What is left alive: `>=` as `>` at exactly 100 euros, texts that nobody reads.
    assert.ok((mutation?.mutation?.score ?? 0) > 60 && (mutation?.mutation?.score ?? 100) < 90, mutation?.summary);
    assert.equal(load?.load?.users, 2);
    assert.match(out, /✓ Holds load: It holds at least 2 concurrent users/);
  });

  it('names the errors of a build that fails, and runs no tests', async () => {
    const directory = copyFixture('ladder/failing-build');
    symlinkSync(DEPENDENCIES, path.join(directory, 'node_modules'), 'junction');
    const { status, out, rungs } = await verify(directory);
    assert.equal(status, 1, out);
    assert.equal(rungs['test'], undefined);
    assert.deepEqual(rungs['compile']?.problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`).sort(), [
      'src/label.ts:2:22 TS2307',
      'src/label.ts:5:19 TS2339',
      'src/price.ts:6:30 TS2322',
    ]);
    assert.match(out, /✗ Compiles: It does not compile: 3 errors/);
    assert.match(out, /src\/price\.ts:6:30 Type 'string' is not assignable to type 'number'/);
    const log = path.join(directory, '.assay', 'evidence', rungs['compile']?.id ?? '', 'output.log');
    assert.match(readFileSync(log, 'utf8'), /^\$ npx tsc --noEmit\n[\s\S]*TS2322[\s\S]*\[exit status \d after/m);
  });

  it('tells failing tests, flaky ones and files that cannot run apart, each with its place', async () => {
    const { status, out, rungs } = await verify(copyFixture('ladder/failing-tests'));
    assert.equal(status, 1, out);
    const { tests } = rungs['test'] ?? {};
    assert.deepEqual(tests?.counts, { passed: 2, failed: 2, skipped: 1, todo: 1, flaky: 1, broken: 1 });
    assert.deepEqual([tests?.flaky, tests?.broken.map(({ file }) => file)], [['passes every second time'], ['test/broken.test.js']]);
    const failed = tests?.tests.filter(({ state }) => state === 'failed');
    assert.deepEqual(
      failed?.map(({ title, file, line, failure }) => [title.join(' › '), `${file}:${line}`, failure?.line]),
      [
        ['a cart › counts articles of a kind', 'test/cart.test.js:14', 15],
        ['a cart › tells what is in it', 'test/cart.test.js:18', 19],
        ['passes every second time', 'test/flaky.test.js:18', 19],
      ],
    );
    assert.deepEqual([failed?.[0]?.failure?.expected, failed?.[0]?.failure?.actual], ['900', '450']);
  });

  it('finds the knee of a server, and what keeps it from more', async () => {
    const { status, out, rungs } = await verify(copyFixture('ladder/known-knee'), '--level', 'load', '--only');
    assert.equal(status, 0, out);
    const { users = 0, bottleneck } = rungs['load']?.load ?? {};
    // Four can never do: together they wait 520 ms. On a machine that is busy three may not either.
    assert.ok(users === 3 || users === 2, JSON.stringify(rungs['load']?.load));
    assert.equal(bottleneck?.kind, 'lock', JSON.stringify(bottleneck));
  });

  it('compiles and tests a workspace of Go modules', async function () {
    if (!isThere('go')) this.skip();
    const { status, out, rungs } = await verify(copyFixture('ladder/go-workspace'));
    // The module that is no member has no tests.
    assert.equal(status, 2, out);
    assert.equal(rungs['compile']?.verdict, 'holds', out);
    assert.deepEqual(rungs['test']?.tests?.counts, { passed: 5, failed: 0, skipped: 1, todo: 0, flaky: 0, broken: 0 });
    assert.match(out, /example\.com\/tools tools\n✓ Compiles: It compiles \(GOWORK=off go build/);
  });

  it('compiles and tests a workspace of Cargo', async function () {
    if (!isThere('cargo')) this.skip();
    const { status, out, rungs } = await verify(copyFixture('ladder/cargo-workspace'));
    assert.equal(status, 2, out);
    assert.equal(rungs['compile']?.verdict, 'holds', out);
    assert.deepEqual(rungs['test']?.tests?.counts, { passed: 4, failed: 0, skipped: 1, todo: 0, flaky: 0, broken: 0 });
  });

  it('runs the tests of a Python project by pytest itself where uv is not there', async function () {
    if (!isThere('pytest') || spawnSync('pytest', ['--version']).status !== 0) this.skip();
    const { out, rungs } = await verify(copyFixture('ladder/pytest-uv'), '--level', 'test', '--only');
    assert.equal(rungs['test']?.verdict, 'holds', out);
    assert.deepEqual(rungs['test']?.tests?.counts, { passed: 6, failed: 0, skipped: 1, todo: 0, flaky: 0, broken: 0 });
  });
});
