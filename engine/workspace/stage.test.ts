import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import { createStage, makeRunFolder, removeAbandonedRunFolders, type Stage, type StageRequest } from './stage.ts';

/** All that stands below a folder: `file text`, `link -> target`, `folder/`; links are not followed. */
function listing(directory: string, prefix = ''): string[] {
  return readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const full = path.join(directory, name);
      const stat = lstatSync(full);
      if (stat.isSymbolicLink()) return [`${prefix}${name} -> ${realpathSync(full)}`];
      if (stat.isDirectory()) return [`${prefix}${name}/`, ...listing(full, `${prefix}${name}/`)];
      return [`${prefix}${name} ${readFileSync(full, 'utf8')}`];
    });
}

async function stage(root: string, request: Partial<StageRequest> = {}): Promise<Stage> {
  return createStage({ directory: root, root, overlays: new Map(), ignore: [], parent: emptyWorkspace({}, 'run'), ...request });
}

/** Files of a package (an ending `/` makes an empty folder), the patterns that leave some out, and what is copied. */
const IGNORED: Record<string, { files: string[]; ignore: string[]; copied: string[] }> = {
  'what is never copied': {
    files: [
      'a.js',
      '.git/HEAD',
      '.assay/assay.db',
      'x/.git',
      '.stryker-tmp/a',
      'tsconfig.tsbuildinfo',
      'x/a.tsbuildinfo',
      'stryker.log',
      'x/stryker.log',
      '.next/a',
    ],
    ignore: [],
    copied: ['a.js', 'x/stryker.log'],
  },
  'hidden files are copied': { files: ['.env', '.babelrc', 'x/.a/b'], ignore: [], copied: ['.babelrc', '.env', 'x/.a/b'] },
  'a name anywhere': { files: ['dist/a', 'x/dist/a', 'x/b'], ignore: ['dist'], copied: ['x/b'] },
  'a name at the top': { files: ['dist/a', 'x/dist/a'], ignore: ['/dist'], copied: ['x/dist/a'] },
  'a folder only': { files: ['dist/a', 'x/dist'], ignore: ['/dist/'], copied: ['x/dist'] },
  'a pattern of files': { files: ['a.md', 'x/b.md', 'x/c.js'], ignore: ['*.md'], copied: ['x/c.js'] },
  'a pattern of paths': { files: ['x/a.js', 'x/y/a.js', 'y/a.js'], ignore: ['x/**/*.js'], copied: ['y/a.js'] },
  'a negation': { files: ['a.md', 'README.md', 'x/b.md'], ignore: ['*.md', '!README.md'], copied: ['README.md'] },
  'a negation that comes first says nothing': { files: ['a.md', 'README.md'], ignore: ['!README.md', '*.md'], copied: [] },
  'a negation inside of a folder': { files: ['dist/a', 'dist/keep/b'], ignore: ['/dist/*', '!/dist/keep'], copied: ['dist/keep/b'] },
  'everything but a folder': { files: ['a', 'src/a', 'src/b/c', 'x/d'], ignore: ['**', '!src/**/*'], copied: ['src/a', 'src/b/c'] },
  'another case': { files: ['Dist/a', 'b'], ignore: ['dist'], copied: ['b'] },
};

describe('the stage of a run', () => {
  after(removeWorkspaces);

  it('copies a package and links its dependencies', async () => {
    const top = emptyWorkspace({ 'package.json': '{}', 'src/a.js': 'a', 'node_modules/x/index.js': 'x', 'src/node_modules/y/index.js': 'y' });
    const { directory } = await stage(top);
    assert.deepEqual(listing(directory), [
      `node_modules -> ${top}/node_modules`,
      'package.json {}',
      'src/',
      'src/a.js a',
      `src/node_modules -> ${top}/src/node_modules`,
    ]);
  });

  it('mirrors the way down from the root of a monorepo with links', async () => {
    const top = emptyWorkspace({
      'tsconfig.base.json': 'base',
      '.git/HEAD': 'x',
      'node_modules/x/index.js': 'x',
      'packages/a/package.json': 'a',
      'packages/a/src/a.js': 'a',
      'packages/b/index.js': 'b',
      'packages/shared.json': 's',
    });
    const { directory } = await stage(top, { directory: path.join(top, 'packages', 'a') });
    const root = path.dirname(path.dirname(directory));
    assert.deepEqual(listing(root), [
      `node_modules -> ${top}/node_modules`,
      'packages/',
      'packages/a/',
      'packages/a/package.json a',
      'packages/a/src/',
      'packages/a/src/a.js a',
      `packages/b -> ${top}/packages/b`,
      `packages/shared.json -> ${top}/packages/shared.json`,
      `tsconfig.base.json -> ${top}/tsconfig.base.json`,
    ]);
  });

  it('writes nothing into the original', async () => {
    const top = emptyWorkspace({
      'package.json': '{}',
      'packages/a/src/a.js': 'a',
      'packages/a/node_modules/x/index.js': 'x',
      'packages/b/index.js': 'b',
    });
    const before = listing(top);
    const directory = path.join(top, 'packages', 'a');
    const staged = await stage(top, {
      directory,
      overlays: new Map([
        [path.join(directory, 'src/a.js'), 'changed'],
        [path.join(directory, 'new/b.js'), 'new'],
      ]),
    });
    write(staged.directory, 'src/a.js', 'instrumented');
    write(staged.directory, 'src/c.js', 'added');
    rmSync(path.dirname(path.dirname(staged.directory)), { recursive: true });
    assert.deepEqual(listing(top), before);
  });

  it('takes the text of the editor over that of the disk, for new files and ignored ones too', async () => {
    const top = emptyWorkspace({ 'a/src/a.js': 'disk', 'b/b.js': 'disk' });
    const directory = path.join(top, 'a');
    const overlays = new Map([
      [path.join(directory, 'src/a.js'), 'editor'],
      [path.join(directory, 'src/new/deep.js'), 'editor'],
      [path.join(top, 'b/b.js'), 'not of this package'],
    ]);
    const staged = await stage(top, { directory, overlays });
    assert.deepEqual(listing(staged.directory), ['src/', 'src/a.js editor', 'src/new/', 'src/new/deep.js editor']);
    assert.equal(readFileSync(path.join(top, 'b/b.js'), 'utf8'), 'disk');
  });

  it('keeps the text of the editor from going through a link into the original', async () => {
    const top = emptyWorkspace({ 'real/a.js': 'disk', 'real/b.js': 'disk', 'real/deep/c.js': 'disk', 'node_modules/x/index.js': 'disk' });
    symlinkSync(path.join(top, 'real'), path.join(top, 'linked'), 'junction');
    symlinkSync(path.join(top, 'real/b.js'), path.join(top, 'b.js'));
    const overlays = new Map([
      [path.join(top, 'linked/a.js'), 'editor'],
      [path.join(top, 'b.js'), 'editor'],
      [path.join(top, 'node_modules/x/index.js'), 'editor'],
    ]);
    const before = listing(top);
    const { directory } = await stage(top, { overlays });
    assert.deepEqual(listing(top), before);
    const staged = ['b.js', 'linked/a.js', 'linked/b.js', 'linked/deep/c.js', 'node_modules/x/index.js'].map((file) =>
      readFileSync(path.join(directory, file), 'utf8'),
    );
    assert.deepEqual(staged, ['editor', 'editor', 'disk', 'disk', 'editor']);
  });

  it('links where a link of the package leads, and keeps a dangling one', async () => {
    const top = emptyWorkspace({ 'a/package.json': 'a', 'b/b.js': 'b' });
    symlinkSync('../b', path.join(top, 'a/outside'), 'junction');
    symlinkSync('package.json', path.join(top, 'a/inside'));
    symlinkSync('nowhere', path.join(top, 'a/dangling'));
    const { directory } = await stage(path.join(top, 'a'));
    assert.equal(realpathSync(path.join(directory, 'outside')), path.join(top, 'b'));
    assert.equal(readFileSync(path.join(directory, 'inside'), 'utf8'), 'a');
    assert.ok(lstatSync(path.join(directory, 'dangling')).isSymbolicLink());
  });

  it('leaves out what is neither file, folder nor link', async function () {
    const top = emptyWorkspace({ 'a.js': 'a' });
    if (process.platform === 'win32') this.skip();
    const socket = createServer().listen(path.join(top, 'socket'));
    await once(socket, 'listening');
    assert.ok(lstatSync(path.join(top, 'socket')).isSocket());
    assert.deepEqual(listing((await stage(top)).directory), ['a.js a']);
    socket.close();
  });

  it('knows the original of each path in it', async () => {
    const top = emptyWorkspace({ 'packages/a/a.js': 'a', 'packages/b/b.js': 'b' });
    const { directory, original } = await stage(top, { directory: path.join(top, 'packages/a') });
    const cases: [staged: string, expected: string][] = [
      [path.join(directory, 'src/a.js'), path.join(top, 'packages/a/src/a.js')],
      [directory, path.join(top, 'packages/a')],
      [path.join(directory, '../b/b.js'), path.join(top, 'packages/b/b.js')],
      [path.join(directory, '../../tsconfig.json'), path.join(top, 'tsconfig.json')],
      [path.join(top, 'packages/a/a.js'), path.join(top, 'packages/a/a.js')],
      ['/elsewhere/a.js', '/elsewhere/a.js'],
    ];
    for (const [staged, expected] of cases) assert.equal(original(staged), expected);
  });

  for (const [title, { files, ignore, copied }] of Object.entries(IGNORED)) {
    it(`leaves out: ${title}`, async () => {
      const top = emptyWorkspace(Object.fromEntries(files.map((file) => [file, ''])));
      const { directory } = await stage(top, { ignore });
      assert.deepEqual(
        listing(directory)
          .filter((one) => !one.endsWith('/'))
          .map((one) => one.trim()),
        copied,
      );
    });
  }
});

describe('the folder of a run', () => {
  const temporary = realpathSync(os.tmpdir());

  it('is of this user only', async () => {
    const folder = await makeRunFolder();
    assert.equal(path.dirname(folder), temporary);
    if (process.platform !== 'win32') assert.equal(lstatSync(folder).mode & 0o777, 0o700);
    rmSync(folder, { recursive: true });
  });

  it('is removed when its process is gone, and nothing else is', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const outside = emptyWorkspace({ 'kept.js': 'kept' });
    const abandoned = mkdtempSync(path.join(temporary, `assay-${pid}-`));
    mkdirSync(path.join(abandoned, 'stage'));
    symlinkSync(outside, path.join(abandoned, 'stage', 'node_modules'), 'junction');
    const others = [mkdtempSync(path.join(temporary, `other-${pid}-`)), mkdtempSync(path.join(temporary, 'assay-demo-'))];
    const own = await makeRunFolder();
    try {
      await removeAbandonedRunFolders();
      assert.equal(existsSync(abandoned), false);
      assert.deepEqual(
        [...others, own, path.join(outside, 'kept.js')].filter((one) => !existsSync(one)),
        [],
      );
    } finally {
      for (const folder of [...others, own]) rmSync(folder, { recursive: true });
      removeWorkspaces();
    }
  });

  it('may lie in a temporary folder that is gone', async () => {
    const saved = process.env['TMPDIR'];
    const gone = emptyWorkspace();
    rmSync(gone, { recursive: true });
    process.env['TMPDIR'] = gone;
    try {
      await assert.doesNotReject(removeAbandonedRunFolders());
    } finally {
      if (saved === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = saved;
    }
  });
});
