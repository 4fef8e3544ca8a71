import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import { isFix, parseHistory, readHistory } from './history.ts';

/** Subjects of commits, and whether they say that something was mended. */
const SUBJECTS: Record<string, boolean> = {
  'fix: total of an empty cart': true,
  'fix(cart)!: rounds once': true,
  'Fixes #12': true,
  'fixed a crash on Windows': true,
  'bugfix for dates': true,
  'Bug 1234: wrong month': true,
  'a regression of 2.0': true,
  hotfix: true,
  'Revert "feat: faster parser"': true,
  'feat: prefix for keys': false,
  'add fixtures': false,
  'debug output': false,
  'fix typo': false,
  'fix lint': false,
  'docs: fix an example': false,
  'chore(deps): fix versions': false,
  'test: fix flaky test': false,
};

/** Lines of `git log`, and what they say of each file: changes/fixes. */
const LOGS: Record<string, [lines: string[], expected: string]> = {
  'changes and fixes': [['\x01p\x01fix: a', '', 'M\ta.ts', 'M\tb.ts', '\x01p\x01feat: b', '', 'A\ta.ts'], '2 commits, a.ts 2/1, b.ts 1/1'],
  'a commit without a parent made the files, or is where a clone is cut off': [
    ['\x01p\x01x', 'M\ta.ts', '\x01\x01fix: all', 'A\ta.ts', 'A\tb.ts'],
    '1 commits, a.ts 1/0',
  ],
  'a file is known by its name of today': [
    [
      '\x01p\x01x',
      'M\tnew.ts',
      '\x01p\x01move',
      'R100\told.ts\tnew.ts',
      '\x01p\x01fix',
      'M\told.ts',
      '\x01p\x01move',
      'R100\toldest.ts\told.ts',
      '\x01p\x01y',
      'M\toldest.ts',
    ],
    '5 commits, new.ts 3/1',
  ],
  'a quoted name': [['\x01p\x01x', 'M\t"a\\"b.ts"'], '1 commits, a"b.ts 1/0'],
  nothing: [[], '0 commits'],
};

describe('the subject of a commit', () => {
  for (const [subject, expected] of Object.entries(SUBJECTS))
    it(`${expected ? 'mends' : 'mends nothing'}: ${subject}`, () => assert.equal(isFix(subject), expected));
});

describe('a history', () => {
  for (const [title, [lines, expected]] of Object.entries(LOGS)) {
    it(title, () => {
      const { files, commits } = parseHistory(lines);
      assert.equal([`${commits} commits`, ...[...files].map(([file, { changes, fixes }]) => `${file} ${changes}/${fixes}`)].join(', '), expected);
    });
  }
});

describe('the history of a repository', () => {
  const never = new AbortController().signal;
  after(removeWorkspaces);

  function commit(top: string, subject: string, date: string): void {
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    execFileSync('git', ['add', '.'], { cwd: top, stdio: 'pipe' });
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false', 'commit', '-qm', subject], {
      cwd: top,
      env,
      stdio: 'pipe',
    });
  }

  function repository(): string {
    const top = emptyWorkspace({ 'lib/a.ts': '1\n', 'b.ts': '1\n' }, 'history');
    execFileSync('git', ['init', '-q'], { cwd: top, stdio: 'pipe' });
    commit(top, 'first', '2020-01-01T00:00:00Z');
    write(top, 'lib/a.ts', '2\n');
    commit(top, 'fix: long ago', '2020-02-01T00:00:00Z');
    write(top, 'lib/a.ts', '3\n');
    commit(top, 'fix: late', '2022-01-01T00:00:00Z');
    write(top, 'lib/a.ts', '4\n');
    write(top, 'b.ts', '2\n');
    commit(top, 'feat: later', '2022-03-01T00:00:00Z');
    return top;
  }

  it('is of the year before its last commit, and told from the directory', async () => {
    const top = repository();
    const found = await readHistory(`${top}/lib`, never);
    assert.deepEqual(found, { ok: true, value: { files: new Map([['a.ts', { changes: 2, fixes: 1 }]]), commits: 2, isShallow: false } });
  });

  it('says where a clone is cut off', async () => {
    const top = emptyWorkspace({}, 'shallow');
    execFileSync('git', ['clone', '-q', '--depth', '2', pathToFileURL(repository()).href, top], { stdio: 'pipe' });
    const found = await readHistory(top, never);
    assert.deepEqual(found.ok && [found.value.isShallow, found.value.commits, found.value.files.get('lib/a.ts')], [
      true,
      1,
      { changes: 1, fixes: 0 },
    ]);
  });

  it('is a failure where there is none, and where it is cancelled', async () => {
    const none = await readHistory(emptyWorkspace({}, 'no-history'), never);
    assert.equal(none.ok || none.failure.code, 'no-git');
    assert.equal((await readHistory(repository(), AbortSignal.abort())).ok, false);
  });
});
