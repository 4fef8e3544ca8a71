import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { changedBetween, type WorkingState, workingState } from './git-state.ts';

const never = new AbortController().signal;

describe('how a repository stands', () => {
  let top: string;
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: top });
  const write = (name: string, text: string) => writeFileSync(path.join(top, name), text);
  const state = async (directory = top): Promise<WorkingState> => {
    const found = await workingState(directory, never);
    assert.ok(found);
    return found;
  };

  beforeEach(() => {
    top = mkdtempSync(path.join(os.tmpdir(), 'assay-state-'));
    mkdirSync(path.join(top, 'sub'));
    git('init', '-q', '-b', 'trunk');
    for (const name of ['a.txt', 'sub/b ä.txt', 'sub/c.txt']) write(name, name);
    git('add', '-A');
    git('commit', '-qm', 'first');
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('clean', async () => {
    const { commit, ...rest } = await state();
    assert.match(commit, /^[0-9a-f]{40}$/);
    assert.deepEqual(rest, { branch: 'trunk', hasUntracked: false, changed: new Map() });
  });

  it('with changed and untracked files, also seen from a directory in it', async () => {
    write('a.txt', 'x');
    write('sub/b ä.txt', 'x');
    write('sub/new.txt', 'x');
    assert.deepEqual([...(await state()).changed.keys()].sort(), ['a.txt', 'sub/b ä.txt']);
    const below = await state(path.join(top, 'sub'));
    assert.deepEqual([[...below.changed.keys()], below.hasUntracked], [['b ä.txt'], true]);
  });

  it('tells what changed in between: also what was changed before, was put back, or is gone', async () => {
    write('a.txt', 'x');
    write('sub/c.txt', 'x');
    const before = await state();
    write('a.txt', 'y');
    write('sub/c.txt', 'sub/c.txt');
    rmSync(path.join(top, 'sub/b ä.txt'));
    assert.deepEqual(changedBetween(before, await state()), ['a.txt', 'sub/b ä.txt', 'sub/c.txt']);
    assert.deepEqual(changedBetween(await state(), await state()), []);
  });

  it('nothing outside of a repository, or before its first commit', async () => {
    rmSync(path.join(top, '.git'), { recursive: true });
    assert.equal(await workingState(top, never), undefined);
    git('init', '-q');
    assert.equal(await workingState(top, never), undefined);
  });
});
