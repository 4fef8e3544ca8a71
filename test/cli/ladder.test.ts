import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../engine/process/index.ts';
import { assay } from '../support/assay.ts';
import { assertGone } from '../support/processes.ts';
import { type ProvenRung, verify } from '../support/proofs.ts';
import { copyFixture, emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';

const DEPENDENCIES = fileURLToPath(new URL('../../node_modules', import.meta.url));

const TSCONFIG = JSON.stringify({ compilerOptions: { strict: true, noEmit: true, module: 'nodenext', types: [] }, include: ['src'] });
const manifest = (scripts: Record<string, string>) => JSON.stringify({ name: 'shop', version: '1.0.0', type: 'module', scripts }, null, 2);
const PASSING = "import assert from 'node:assert';\nimport { test } from 'node:test';\n\ntest('adds', () => assert.equal(1 + 1, 2));\n";

describe('assay verify', () => {
  afterEach(removeWorkspaces);

  /** A project with the repository's own TypeScript. */
  const project = (files: Record<string, string>) => {
    const directory = emptyWorkspace({ 'tsconfig.json': TSCONFIG, ...files });
    symlinkSync(DEPENDENCIES, path.join(directory, 'node_modules'), 'junction');
    return directory;
  };

  it('proves that a project compiles and that its tests pass', async () => {
    const directory = project({
      'package.json': manifest({ build: 'tsc -p .', test: 'node --test' }),
      'src/a.ts': 'export const a: number = 1;\n',
      'test/a.test.js': PASSING,
    });
    const { status, out, err, rungs } = await verify(directory);
    assert.equal(status, 0, `${out}\n${err}`);
    assert.deepEqual([rungs['compile']?.verdict, rungs['test']?.verdict], ['holds', 'holds']);
    assert.match(out, /✓ Compiles: It compiles \(.*npm run build/);
    assert.match(out, /✓ Tests pass: The only test passes \(npm test/);
  });

  it('hears the tests of a framework whose script sets the options of Node anew', async function () {
    if (process.platform === 'win32') this.skip();
    const script = "NODE_OPTIONS='--experimental-vm-modules --no-warnings' jest";
    const directory = copyFixture('jest', { 'package.json': JSON.stringify({ name: 'x', version: '1.0.0', scripts: { test: script } }) });
    const { status, out, err, rungs } = await verify(directory, '--level', 'test', '--only');
    assert.equal(status, 0, `${out}\n${err}`);
    assert.deepEqual([rungs['test']?.tests?.source, rungs['test']?.tests?.tests?.length], ['reporter', 5]);
  });

  it('calls no tests no pass', async () => {
    const directory = project({ 'package.json': manifest({ test: 'node --test' }), 'index.js': '' });
    const { status, rungs } = await verify(directory, '--level', 'test', '--only');
    assert.deepEqual([status, rungs['test']?.verdict], [2, 'inconclusive']);
  });

  it('ends what takes too long, keeps what was seen, and leaves nothing running', async () => {
    const directory = project({
      'package.json': manifest({ test: 'node --test' }),
      'test/a.test.js': `${PASSING}
import { writeFileSync } from 'node:fs';
test('hangs', async () => {
  writeFileSync('pid', String(process.pid));
  await new Promise((resolve) => setTimeout(resolve, 600_000));
});
`,
    });
    const { rungs } = await verify(directory, '--only', '--level', 'test', '--time-limit', '0.15');
    assert.equal(rungs['test']?.verdict, 'inconclusive');
    assert.match(rungs['test']?.notes.join() ?? '', /longer than the limit of 9 s/);
    assert.equal(rungs['test']?.tests?.counts['passed'], 1);
    await assertGone([Number(readFileSync(path.join(directory, 'pid'), 'utf8'))]);
  });

  it('says when the project’s own command changes tracked files, and takes secrets out of the log', async () => {
    const directory = project({
      'package.json': manifest({ build: 'node build.js' }),
      'build.js':
        "import { writeFileSync } from 'node:fs';\nwriteFileSync('version.txt', String(Date.now()));\nconsole.log('password: hunter22');\nconsole.log(Object.keys(process.env).join());\n",
      'version.txt': '1',
      '.gitignore': 'node_modules\n.assay\nproofs.json\n',
    });
    const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: directory });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'first');
    const said = await assay(directory, ['verify', '--level', 'compile', '--json', 'proofs.json'], { MY_API_TOKEN: 'x', DATABASE_URL: 'y' });
    const rung = (JSON.parse(readFileSync(path.join(directory, 'proofs.json'), 'utf8')) as { projects: { rungs: ProvenRung[] }[] }).projects[0]
      ?.rungs[0];
    assert.deepEqual(rung?.changedFiles, ['version.txt'], said.out);
    assert.match(said.out, /changed tracked files: version\.txt/);
    const log = readFileSync(path.join(directory, '.assay', 'evidence', rung?.id ?? '', 'output.log'), 'utf8');
    assert.match(log, /password: •••/);
    assert.doesNotMatch(log, /hunter22|MY_API_TOKEN|DATABASE_URL/);
  });

  it('takes what go vet tells for advice', async function () {
    if (!findProgram('go', process.env)) this.skip();
    const directory = emptyWorkspace({
      'go.mod': 'module example.com/shop\n\ngo 1.21\n',
      'shop.go': 'package shop\n\nimport "fmt"\n\nfunc Say(n int) { fmt.Printf("%s\\n", n) }\n',
    });
    const { rungs } = await verify(directory, '--level', 'compile');
    assert.deepEqual(
      [rungs['compile']?.verdict, rungs['compile']?.summary, rungs['compile']?.problems.map(({ file, line, severity }) => [file, line, severity])],
      ['holds', 'It compiles, with 1 warning', [['shop.go', 5, 'warning']]],
    );
    assert.deepEqual(
      rungs['compile']?.commands.map(({ exitStatus }) => exitStatus),
      [0, 1],
    );
  });

  it('runs commands without a network where that is asked for', async function () {
    if (!findProgram('bwrap', process.env)) this.skip();
    const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const directory = project({ 'package.json': manifest({ build: 'node build.js' }), 'build.js': `await fetch('${url}');\n` });
    const verdicts = [(await verify(directory, '--level', 'compile')).rungs['compile']?.verdict];
    verdicts.push((await verify(directory, '--level', 'compile', '--offline')).rungs['compile']?.verdict);
    server.close();
    assert.deepEqual(verdicts, ['holds', 'fails']);
  });

  it('writes a summary and a badge', async () => {
    const directory = project({ 'package.json': manifest({ build: 'tsc -p .', test: 'node --test' }), 'src/a.ts': '', 'test/a.test.js': PASSING });
    await verify(directory, '--markdown', 'proofs.md', '--badge', 'proofs.svg');
    assert.match(
      readFileSync(path.join(directory, 'proofs.md'), 'utf8'),
      /## Proofs: shop[\s\S]*\| ✅ \| Tests pass \| The only test passes \| `npm test` \|/,
    );
    assert.match(readFileSync(path.join(directory, 'proofs.svg'), 'utf8'), /aria-label="assay, compiles, 1\/1 tests"/);
  });

  it('runs the commands of a kept proof again', async () => {
    const directory = project({ 'package.json': manifest({ build: 'node build.js' }), 'build.js': 'process.exit(0);\n' });
    const { rungs } = await verify(directory, '--level', 'compile');
    const id = rungs['compile']?.id ?? '';
    write(directory, 'build.js', 'process.exit(3);\n');
    write(directory, 'package.json', manifest({ build: 'node build.js', typecheck: 'node -e 0' }));
    const again = await verify(directory, '--replay', id);
    assert.equal(again.status, 1, again.out);
    assert.deepEqual(
      again.rungs['compile']?.commands.map(({ command, exitStatus }) => [command, exitStatus]),
      [['npm run build', 3]],
    );
    assert.match(again.err, /^At .*: It compiles\./m);
    assert.match((await verify(directory, '--replay', 'none')).err, /no evidence of a proof "none"/);
  });

  it('reads the numbers of a framework without a reporter, and not what its tests start', async () => {
    const directory = emptyWorkspace({
      'package.json': manifest({ test: 'node node_modules/uvu/bin.js' }),
      'node_modules/uvu/bin.js': `require('node:child_process').spawnSync(process.execPath, ['--test', 'inner.mjs'], { stdio: 'ignore' });
console.log('  Total:     3\\n  Passed:    3\\n  Skipped:   1\\n  Duration:  1ms');`,
      'node_modules/uvu/package.json': '{}',
      'inner.mjs': PASSING.replace('1 + 1, 2', '1 + 1, 3'),
    });
    const { status, out, rungs } = await verify(directory, '--level', 'test', '--only');
    assert.deepEqual([status, rungs['test']?.summary], [0, 'All 3 tests pass, 1 skipped'], out);
  });

  it('hears Jest 24, which reads its configuration at once and takes the exports of a file for its reporter', async () => {
    const directory = emptyWorkspace({
      'package.json': manifest({ test: 'node node_modules/jest/bin/jest.js' }),
      'node_modules/jest/package.json': '{}',
      'node_modules/jest/bin/jest.js': `const { globalConfig } = require('@jest/core').run();
const [file, options] = globalConfig.reporters.at(-1);
const reporter = new (require(file))(globalConfig, options);
reporter.onTestResult({ path: __filename }, { testResults: [{ ancestorTitles: [], title: 'adds', status: 'passed' }] });
reporter.onRunComplete();`,
      'node_modules/@jest/core/package.json': '{}',
      'node_modules/@jest/core/index.js': "exports.run = () => require('jest-config').readConfigs();",
      'node_modules/jest-config/package.json': '{}',
      'node_modules/jest-config/index.js': 'exports.readConfigs = () => ({ globalConfig: {} });',
    });
    const { status, out, rungs } = await verify(directory, '--level', 'test', '--only');
    assert.deepEqual([status, rungs['test']?.summary], [0, 'The only test passes'], out);
  });

  it('does not blame the tests for a linter before them', async () => {
    const directory = emptyWorkspace({
      'package.json': manifest({ test: 'npm run lint && node --test', lint: 'node_modules/.bin/eslint .' }),
      'node_modules/.bin/eslint': '#!/bin/sh\nexit 2\n',
      'a.test.js': PASSING,
    });
    chmodSync(path.join(directory, 'node_modules/.bin/eslint'), 0o755);
    const { status, out, rungs } = await verify(directory, '--level', 'test', '--only');
    assert.deepEqual(
      [status, rungs['test']?.verdict, rungs['test']?.summary],
      [2, 'inconclusive', '`npm test` ended with status 2 before any test began'],
      out,
    );
  });

  it('runs the next command where the program of the likeliest is missing', async () => {
    const directory = project({
      'package.json': manifest({ test: 'no-such-runner test/a.test.js', 'test:unit': 'node --test' }),
      'test/a.test.js': PASSING,
    });
    const { rungs, out } = await verify(directory, '--level', 'test', '--only');
    assert.deepEqual(
      rungs['test']?.commands.map(({ command, exitStatus }) => [command, exitStatus]),
      [
        ['npm test', 127],
        ['npm run test:unit', 0],
      ],
      out,
    );
    assert.equal(rungs['test']?.summary, 'The only test passes');
    assert.deepEqual(rungs['test']?.notes, ['no-such-runner was not found: `npm run test:unit` was run in its place.']);
  });

  it('says what is missing', async () => {
    const directory = project({ 'package.json': manifest({ build: 'no-such-compiler' }) });
    const { status, out } = await verify(directory, '--level', 'compile');
    assert.equal(status, 2, out);
    assert.match(out, /no-such-compiler was not found\. Install it/);
    assert.match((await assay(directory, ['verify', 'nowhere'])).err, /there is no directory "nowhere"/);
    assert.match((await assay(emptyWorkspace(), ['verify'])).err, /No project was found/);
  });
});
