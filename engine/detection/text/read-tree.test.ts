import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { detect } from '../detect.ts';
import { readTree } from './read-tree.ts';

describe('reading a workspace', () => {
  let root = '';

  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'assay-detect-'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  const write = async (file: string, text: string | Buffer) => {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  };

  it('reads manifests and workflows, and nothing else', async () => {
    await write('package.json', '{}');
    await write('.github/workflows/ci.yml', 'on: push');
    await write('src/index.ts', 'export {}');
    const tree = await readTree(root);
    assert.equal(tree.text('package.json'), '{}');
    assert.equal(tree.text('.github/workflows/ci.yml'), 'on: push');
    assert.equal(tree.text('src/index.ts'), undefined);
    assert.ok(tree.has('src/index.ts'));
  });

  it('does not look into what is installed, built or git’s', async () => {
    for (const folder of ['node_modules/a', '.git/a', 'vendor/a', 'target/a', '.venv/a', 'test/fixtures/a'])
      await write(`${folder}/package.json`, '{}');
    assert.deepEqual([...(await readTree(root)).folders.keys()].sort(), ['', 'test']);
  });

  it('follows no link to a folder, so that loops end', async function () {
    if (process.platform === 'win32') this.skip();
    await write('packages/a/package.json', '{"name": "a", "version": "1.0.0"}');
    await symlink('..', path.join(root, 'packages/a/loop'));
    await symlink('nowhere', path.join(root, 'packages/a/go.mod'));
    const { projects, unread } = await detect(root);
    assert.deepEqual(
      projects.map(({ name }) => name),
      ['a'],
    );
    assert.match(unread[0]?.says ?? '', /go\.mod cannot be read \(ENOENT\)/);
  });

  it('does not wait for a pipe that is named like a manifest', async function () {
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [path.join(root, 'package.json')]);
    assert.deepEqual((await detect(root)).projects, []);
  });

  it('says of what is too large, binary or broken that it was not read', async () => {
    await write('package.json', `{"name": "${'x'.repeat(3 * 1024 * 1024)}"}`);
    await write('go.mod', Buffer.from([0x6d, 0, 1, 2]));
    await write('Cargo.toml', '[package');
    await write('.github/workflows/a.yml', 'jobs: {run: [unclosed');
    await write('.github/workflows/b.yml', `a: &a [x]\nrun: ${'[*a, '.repeat(5000)}`);
    await write('.github/workflows/c.yml', `run: ${'['.repeat(20_000)}`);
    await write('pyproject.toml', `x = ${'['.repeat(20_000)}`);
    const { projects, unread } = await detect(root);
    assert.deepEqual(projects, []);
    assert.deepEqual(unread.map(({ file, line, says }) => `${path.relative(root, file ?? '')}:${line} ${says}`).sort(), [
      '.github/workflows/a.yml:1 a.yml is not YAML that can be understood',
      '.github/workflows/b.yml:1 b.yml is not YAML that can be understood',
      '.github/workflows/c.yml:1 c.yml is not YAML that can be understood',
      'Cargo.toml:1 Cargo.toml is not TOML that can be understood',
      'go.mod:1 go.mod is not a text',
      'package.json:1 package.json is too large to be read',
      'pyproject.toml:1 pyproject.toml is not TOML that can be understood',
    ]);
  });

  it('bears with manifests of another shape than they should have', async () => {
    const odd = ['null', '[]', '"x"', '{"scripts": [], "workspaces": {"packages": 3}, "dependencies": "x", "name": 4, "packageManager": {"a": 1}}'];
    for (const [i, text] of odd.entries()) await write(`p${i}/package.json`, text);
    await write('py/pyproject.toml', 'project = 3\n[tool]\npoetry = "x"\nuv = []\ntox = 1\n[dependency-groups]\na = 1');
    await write('rs/Cargo.toml', 'package = 1\nworkspace = { members = "x" }\nfeatures = { default = 2, a = "b" }');
    await write(
      '.github/workflows/odd.yml',
      'on: 3\njobs:\n  a: x\n  b: {steps: {run: 1}}\n  c: {steps: [3, {run: 4}, {uses: ./nowhere}], strategy: {matrix: [1]}}\n  d: {uses: ./none.yml}',
    );
    await write('Makefile', 'test: test\n\t$(MAKE) test\n');
    assert.ok(Array.isArray((await detect(root)).projects));
  });

  it('ends scripts that call each other without end', async () => {
    await write('package.json', '{"name": "x", "scripts": {"test": "npm run a", "a": "npm run b && npm run b", "b": "npm run a && npm run test"}}');
    const [project] = (await detect(root)).projects;
    assert.deepEqual(project?.commands.test[0]?.value.argv, ['npm', 'test']);
  });

  it('stops when it is told to', async () => {
    await write('package.json', '{"name": "x", "version": "1.0.0"}');
    assert.deepEqual((await detect(root, AbortSignal.abort())).projects, []);
  });
});
