import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assay, type Said } from '../support/assay.ts';
import { copyFixture, emptyWorkspace, removeWorkspaces } from '../support/workspaces.ts';

type Files = Record<string, string>;

/** A project with one source and one test, and the installed dependencies of a fixture. */
function project(fixture: 'mocha' | 'vitest', script: string, files: Files): string {
  const manifest = { name: 'bad', type: 'module', scripts: { test: script }, devDependencies: { [fixture]: '*' } };
  const directory = emptyWorkspace({ 'package.json': JSON.stringify(manifest), ...files });
  symlinkSync(path.join(copyFixture(fixture), 'node_modules'), path.join(directory, 'node_modules'), 'junction');
  return directory;
}

const mochaProject = (source: string, test: string, more: Files = {}) =>
  project('mocha', 'mocha', { 'src/a.js': source, 'test/a.test.js': test, ...more });
const vitestProject = (source: string, test: string, more: Files = {}) =>
  project('vitest', 'vitest run', { 'src/a.js': source, 'test/a.test.js': test, ...more });

const SOURCE = 'export const add = (a, b) => a + b;\n';
const MOCHA_TEST = "import assert from 'node:assert';\nimport { add } from '../src/a.js';\nit('adds', () => assert.equal(add(1, 2), 3));\n";
const VITEST_TEST = "import { expect, it } from 'vitest';\nimport { add } from '../src/a.js';\nit('adds', () => expect(add(1, 2)).toBe(3));\n";

function refuses(said: Said, ...expected: RegExp[]): void {
  assert.equal(said.status, 2, said.out + said.err);
  for (const one of expected) assert.match(said.err, one);
  assert.doesNotMatch(said.err, /\n\s+at .*\(.*:\d+:\d+\)/, 'a stack is no message');
}

/** Each gets one clear message that says what to do, and the right exit status. */
describe('bad input', () => {
  after(removeWorkspaces);

  it('a Node that is too old', async function () {
    const old = ['/usr/bin/node', '/usr/local/bin/node'].find(
      (file) => existsSync(file) && /^v(1\d|2[01])\./.test(String(execFileSync(file, ['-v']))),
    );
    if (old === undefined) return this.skip();
    const said = spawnSync(old, [fileURLToPath(new URL('../../dist/cli.js', import.meta.url)), 'mutate'], { encoding: 'utf8' });
    refuses(
      { status: said.status, out: said.stdout, err: said.stderr },
      /^assay: it needs Node 22\.15\.0 or newer, and this is \d/,
      /Run it with a newer one/,
    );
  });

  it('no test framework', async () => {
    refuses(
      await assay(emptyWorkspace({ 'package.json': '{}', 'src/a.js': SOURCE }), ['mutate', 'src/a.js']),
      /No test framework was found/,
      /Add tests with Vitest, Jest, Mocha or node:test/,
    );
  });

  it('a framework that we do not know', async () => {
    const said = await assay(emptyWorkspace({ 'package.json': '{ "scripts": { "test": "ava" } }', 'src/a.js': SOURCE }), ['mutate', 'src/a.js']);
    refuses(said, /run on ava \(package\.json:1: the script "test" runs ava\)/, /Assay runs Vitest, Jest, Mocha and node:test/);
  });

  it('a framework that is too old', async () => {
    const directory = emptyWorkspace({
      'package.json': '{ "scripts": { "test": "vitest run" } }',
      'node_modules/vitest/package.json': '{ "version": "0.34.6" }',
      'src/a.js': SOURCE,
      'src/b.js': SOURCE,
    });
    const said = await assay(directory, ['mutate', 'src/a.js', 'src/b.js']);
    refuses(said, /vitest 0\.34\.6/, /Update vitest to version 2 or newer/);
    assert.equal(said.err.match(/Update vitest/g)?.length, 1, 'said once for all files');
  });

  it('dependencies that are not installed', async () => {
    const directory = emptyWorkspace({ 'package.json': '{ "scripts": { "test": "vitest run" } }', 'src/a.js': SOURCE });
    refuses(await assay(directory, ['mutate', 'src/a.js']), /vitest is used here but is not in node_modules/, /Install the project's dependencies/);
  });

  it('tests that fail before any mutant', async () => {
    const said = await assay(mochaProject(SOURCE, `${MOCHA_TEST}it('is wrong', () => assert.equal(add(1, 2), 4));\n`), ['mutate', 'src/a.js']);
    refuses(said, /1 of 2 tests fail before anything was changed: "is wrong"/, /make these pass/, /✗ is wrong {2}test\/a\.test\.js/, /3 == 4/);
  });

  it('tests that fail before any mutant, on Vitest, with their lines', async () => {
    const said = await assay(vitestProject(SOURCE, `${VITEST_TEST}it('is wrong', () => expect(add(1, 2)).toBe(4));\n`), ['mutate', 'src/a.js']);
    refuses(said, /1 of 2 tests fail/, /✗ is wrong {2}test\/a\.test\.js:4/);
  });

  it('no test that covers the file', async () => {
    const other = VITEST_TEST.replace("import { add } from '../src/a.js';\n", '').replace('add(1, 2)', '3');
    const said = await assay(vitestProject(SOURCE, other), ['mutate', 'src/a.js', '--json', '-']);
    assert.equal(said.status, 0, said.err);
    const report = JSON.parse(said.out) as { files: Record<string, { mutants: { status: string }[] }> };
    assert.deepEqual([...new Set(report.files['src/a.js']?.mutants.map(({ status }) => status))], ['NoCoverage']);
  });

  it('no tests at all', async () => {
    refuses(await assay(vitestProject(SOURCE, 'export {};\n'), ['mutate', 'src/a.js']), /No test runs for a\.js/, /Write a test/);
  });

  it('a syntax error in the file', async () => {
    refuses(
      await assay(mochaProject('export const add = (a, b => a + b;\n', MOCHA_TEST), ['mutate', 'src/a.js']),
      /a\.js cannot be parsed/,
      /1:\d+/,
      /Mend the syntax error/,
    );
  });

  it('a syntax error in a test', async () => {
    refuses(
      await assay(vitestProject(SOURCE, `${VITEST_TEST}it('is broken', () => {`), ['mutate', 'src/a.js']),
      /tests could not be loaded/,
      /a\.test\.js/,
    );
  });

  it('tests that load what was not built', async () => {
    const directory = mochaProject(SOURCE, MOCHA_TEST.replace('../src/', '../build/'));
    const said = await assay(directory, ['mutate', 'src/a.js']);
    refuses(said, /The tests could not be loaded: .*Cannot find module/, /must the package be built/);
    assert.ok(said.err.includes(`'${path.join(directory, 'build/a.js')}'`), said.err);
  });

  it('a broken file among good ones does not keep the others from being judged', async () => {
    const said = await assay(mochaProject(SOURCE, MOCHA_TEST, { 'src/broken.js': 'export const = ;\n' }), ['mutate', 'src', '--json', 'out.json']);
    assert.match(said.err, /broken\.js cannot be parsed/);
    assert.match(said.out, /Mutation score/);
    assert.equal(said.status, 2);
  });

  it('a path that does not exist, is no source, or is a binary file', async () => {
    const directory = mochaProject(SOURCE, MOCHA_TEST, { 'logo.png': '\u0000\u0001', 'empty/readme.md': '' });
    refuses(await assay(directory, ['mutate', 'src/b.js']), /src\/b\.js does not exist/);
    refuses(await assay(directory, ['mutate', 'logo.png']), /logo\.png is not JavaScript or TypeScript/);
    refuses(await assay(directory, ['mutate', 'empty']), /holds no JavaScript or TypeScript source/);
  });

  it('a file with binary content and the name of a source', async () => {
    refuses(await assay(mochaProject('\u0000\u0001\u0002', MOCHA_TEST), ['mutate', 'src/a.js']), /cannot be parsed/);
  });

  it('a file without mutants', async () => {
    const said = await assay(mochaProject('export {};\n', "it('does nothing', () => {});\n"), ['mutate', 'src/a.js']);
    assert.deepEqual([said.status, /no mutants/.test(said.err)], [0, true], said.err);
  });

  it('a test that never ends', async () => {
    const said = await assay(mochaProject(SOURCE, `${MOCHA_TEST}it('waits', () => { for (;;); });\n`), [
      'mutate',
      'src/a.js',
      '--dry-run-minutes',
      '0.05',
    ]);
    refuses(said, /The tests did not finish within 0\.05 min/, /Run the tests by themselves/);
  });

  it('a test that ends its own process', async () => {
    refuses(
      await assay(mochaProject(SOURCE, `${MOCHA_TEST}it('exits', () => process.exit(0));\n`), ['mutate', 'src/a.js']),
      /test process ended by itself/,
      /process\.exit/,
    );
  });

  it('a mutant that never ends is a timeout, not a hang', async () => {
    const source = 'export function count(n) {\n  let i = 0;\n  while (i < n) i++;\n  return i;\n}\n';
    const test = "import assert from 'node:assert';\nimport { count } from '../src/a.js';\nit('counts', () => assert.equal(count(3), 3));\n";
    const said = await assay(mochaProject(source, test), ['mutate', 'src/a.js', '--json', '-']);
    assert.equal(said.status, 0, said.err);
    const report = JSON.parse(said.out) as { files: Record<string, { mutants: { status: string }[] }> };
    assert.ok(report.files['src/a.js']?.mutants.some(({ status }) => status === 'Timeout'));
  });

  it('a file of 20,000 lines', async () => {
    const functions = Array.from({ length: 5000 }, (_, i) => `export function f${i}(a, b) {\n  if (a > b) return a;\n  return b;\n}\n`).join('');
    const directory = mochaProject(
      functions,
      "import assert from 'node:assert';\nimport { f7 } from '../src/a.js';\nit('takes the larger', () => assert.equal(f7(2, 1), 2));\n",
    );
    const said = await assay(directory, ['mutate', 'src/a.js', '--json', 'out.json']);
    assert.equal(said.status, 0, said.err);
    const report = JSON.parse(readFileSync(path.join(directory, 'out.json'), 'utf8')) as { files: Record<string, { mutants: unknown[] }> };
    assert.ok((report.files['src/a.js']?.mutants.length ?? 0) > 20_000);
  });

  it("a package manager's strict layout", async () => {
    const directory = mochaProject(
      SOURCE,
      MOCHA_TEST.replace("import assert from 'node:assert';", "import assert from 'node:assert';\nimport { three } from 'three';").replace(
        '3)',
        'three)',
      ),
      {
        'store/three@1/node_modules/three/package.json': '{ "name": "three", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
        'store/three@1/node_modules/three/index.js': "import { two } from 'two';\nexport const three = two + 1;\n",
        'store/two@1/node_modules/two/package.json': '{ "name": "two", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
        'store/two@1/node_modules/two/index.js': 'export const two = 2;\n',
      },
    );
    const link = (from: string, to: string) => symlinkSync(path.join(directory, from), path.join(directory, to), 'junction');
    const { mkdirSync, readlinkSync, rmSync } = await import('node:fs');
    const mocha = path.join(readlinkSync(path.join(directory, 'node_modules')), 'mocha');
    rmSync(path.join(directory, 'node_modules'));
    mkdirSync(path.join(directory, 'node_modules'));
    symlinkSync(mocha, path.join(directory, 'node_modules/mocha'), 'junction');
    link('store/three@1/node_modules/three', 'node_modules/three');
    link('store/two@1/node_modules/two', 'store/three@1/node_modules/two');
    const said = await assay(directory, ['mutate', 'src/a.js']);
    assert.equal(said.status, 0, said.err);
    assert.match(said.out, /Mutation score 100\.0 %/);
  });

  it('no git', async () => {
    const said = await assay(mochaProject(SOURCE, MOCHA_TEST), ['mutate', '--since', 'HEAD']);
    refuses(said, /is not in a git repository/, /leave --since out/);
    const without = await assay(mochaProject(SOURCE, MOCHA_TEST), ['mutate', '--since', 'HEAD'], { PATH: '/nowhere' });
    refuses(without, /is not in a git repository that git can read/);
  });

  it('a workspace that cannot be written to', async function () {
    if (process.platform !== 'linux') this.skip();
    const directory = mochaProject(SOURCE, MOCHA_TEST);
    // Root writes where it likes, but not to a mount that is read-only.
    const root = process.getuid?.() === 0;
    if (root) {
      try {
        execFileSync('mount', ['--bind', directory, directory], { stdio: 'ignore' });
        execFileSync('mount', ['-o', 'remount,ro,bind', directory], { stdio: 'ignore' });
      } catch {
        this.skip();
      }
    } else chmodSync(directory, 0o555);
    try {
      const said = await assay(directory, ['mutate', 'src/a.js']);
      assert.equal(said.status, 0, said.err);
      assert.match(said.out, /Mutation score 100\.0 %/);
      assert.match(said.err, /Results cannot be stored in .*assay\.db: /);
    } finally {
      if (root) execFileSync('umount', [directory]);
      else chmodSync(directory, 0o755);
    }
  });

  it('a stryker.config that does not load', async () => {
    refuses(
      await assay(mochaProject(SOURCE, MOCHA_TEST, { 'stryker.config.mjs': 'throw new Error("no config today");\n' }), ['mutate', 'src/a.js']),
      /StrykerJS configuration cannot be used: .*no config today/,
    );
  });

  it('names that mean something in patterns, and links, whose files are never written to', async () => {
    const directory = mochaProject('export {};\n', MOCHA_TEST.replace('../src/a.js', '../app/(group)/[id].js'), {
      'app/(group)/[id].js': SOURCE,
      'shared/real.ts': 'export const one = 1 + 0;\n',
    });
    symlinkSync(path.join(directory, 'shared/real.ts'), path.join(directory, 'src/linked.ts'));
    const said = await assay(directory, ['mutate', 'app/(group)/[id].js']);
    assert.equal(said.status, 0, said.err);
    assert.match(said.out, /Mutation score 100\.0 %/);
    assert.equal(readFileSync(path.join(directory, 'shared/real.ts'), 'utf8'), 'export const one = 1 + 0;\n');
  });
});
