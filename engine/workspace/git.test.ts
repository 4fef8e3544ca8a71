import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import { type ChangedFile, changedSince, parseUnifiedDiff } from './git.ts';

/** `git diff --unified=0` and what it says: each file with its changed lines from 0, the end exclusive. */
const DIFFS: Record<string, [diff: string, expected: string]> = {
  'a changed line': ['--- a/a.ts\n+++ b/a.ts\n@@ -3 +3 @@ function f() {\n-old\n+new', 'a.ts 2-3'],
  'several hunks': ['--- a/a.ts\n+++ b/a.ts\n@@ -1,2 +1,3 @@\n-a\n-b\n+c\n+d\n+e\n@@ -9,0 +11,2 @@\n+x\n+y', 'a.ts 0-3 10-12'],
  'several files': ['--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b\n--- a/b.ts\n+++ b/b.ts\n@@ -2 +2 @@\n-a\n+b', 'a.ts 0-1, b.ts 1-2'],
  'a deletion leaves the line before it': ['--- a/a.ts\n+++ b/a.ts\n@@ -5,2 +4,0 @@\n-a\n-b', 'a.ts 3-4'],
  'a deletion of the first lines': ['--- a/a.ts\n+++ b/a.ts\n@@ -1,2 +0,0 @@\n-a\n-b', 'a.ts 0-1'],
  'a new file': ['new file mode 100644\n--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1,2 @@\n+a\n+b', 'a.ts 0-2'],
  'a deleted file': [
    'deleted file mode 100644\n--- a/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n--- a/b.ts\n+++ b/b.ts\n@@ -2 +2 @@\n-a\n+b',
    'b.ts 1-2',
  ],
  'no newline at the end': ['--- a/a.ts\n+++ b/a.ts\n@@ -2 +2 @@\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file', 'a.ts 1-2'],
  'a name with a space ends in a tab': ['--- a/a b.ts\t\n+++ b/a b.ts\t\n@@ -1 +1 @@\n-a\n+b', 'a b.ts 0-1'],
  'a quoted name': ['--- "a/a\\"b.ts"\n+++ "b/a\\"b.ts"\n@@ -1 +1 @@\n-a\n+b', 'a"b.ts 0-1'],
  'a quoted name with a tab and bytes in octal': ['--- "a/\\303\\244\\tb.ts"\n+++ "b/\\303\\244\\tb.ts"\n@@ -1 +1 @@\n-a\n+b', 'ä\tb.ts 0-1'],
  'a name that begins like the prefix': ['--- a/b/a.ts\n+++ b/b/a.ts\n@@ -1 +1 @@\n-a\n+b', 'b/a.ts 0-1'],
  'added lines that look like headers': [
    '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1,2 @@\n--- x;\n+++ b/c.ts\n+@@ -7 +7 @@\n@@ -8 +9 @@\n-a\n+b',
    'a.ts 0-2 8-9',
  ],
  'a mode change alone': ['diff --git a/a.ts b/a.ts\nold mode 100644\nnew mode 100755', ''],
  'binary files': ['diff --git a/a.png b/a.png\nBinary files a/a.png and b/a.png differ', ''],
};

const compact = (changes: readonly ChangedFile[]) =>
  changes
    .map(({ file, lines }) => [file, ...(lines ? lines.map(({ start, end }) => `${start.line}-${end.line}`) : ['new'])].join(' '))
    .sort()
    .join(', ');

describe('a unified diff', () => {
  for (const [title, [diff, expected]] of Object.entries(DIFFS)) {
    it(title, () => assert.equal(compact(parseUnifiedDiff(diff.split('\n'))), expected));
  }
});

describe('what changed since a git ref', () => {
  const never = new AbortController().signal;
  after(removeWorkspaces);

  function git(cwd: string, ...args: string[]): void {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false', ...args], { cwd, stdio: 'pipe' });
  }

  function repository(files: Record<string, string>): string {
    const top = emptyWorkspace(files, 'git');
    git(top, 'init', '-q');
    git(top, 'add', '.');
    git(top, 'commit', '-qm', 'first');
    git(top, 'tag', 'first');
    return top;
  }

  async function changes(directory: string, ref = 'first'): Promise<string> {
    const found = await changedSince(directory, ref, never);
    if (!found.ok) return found.failure.code;
    return compact(found.value.map((change) => ({ ...change, file: path.relative(directory, change.file) })));
  }

  const text = 'one\ntwo\nthree\nfour\n';

  it('is what is committed, staged, unstaged and untracked', async () => {
    const top = repository({
      'committed.ts': text,
      'staged.ts': text,
      'unstaged.ts': text,
      'same.ts': text,
      'gone.ts': text,
      '.gitignore': 'ignored.ts\n',
    });
    write(top, 'committed.ts', text.replace('two', 'TWO'));
    git(top, 'commit', '-qam', 'second');
    write(top, 'staged.ts', text.replace('one\n', ''));
    write(top, 'added.ts', text);
    git(top, 'add', '.');
    write(top, 'unstaged.ts', `${text}five\nsix`);
    write(top, 'new/untracked ä.ts', text);
    write(top, 'ignored.ts', text);
    rmSync(path.join(top, 'gone.ts'));
    assert.equal(await changes(top), 'added.ts 0-4, committed.ts 1-2, new/untracked ä.ts new, staged.ts 0-1, unstaged.ts 4-6');
    assert.equal(await changes(top, 'HEAD'), 'added.ts 0-4, new/untracked ä.ts new, staged.ts 0-1, unstaged.ts 4-6');
  });

  it('is told from a folder inside of the repository, without the rest of it', async () => {
    const top = repository({ 'a/in.ts': text, 'b/out.ts': text });
    write(top, 'a/in.ts', text.replace('four', '4'));
    write(top, 'b/out.ts', '');
    assert.equal(await changes(path.join(top, 'a')), 'in.ts 3-4');
  });

  it('knows a renamed file as a new one', async () => {
    const top = repository({ 'old.ts': text });
    renameSync(path.join(top, 'old.ts'), path.join(top, 'b.ts'));
    git(top, 'add', '.');
    assert.equal(await changes(top), 'b.ts 0-4');
  });

  it('reads names that git quotes', async function () {
    if (process.platform === 'win32') this.skip();
    const top = repository({ 'a "b"\t\\ä.ts': text, 'a b.ts': text });
    write(top, 'a "b"\t\\ä.ts', text.replace('two', 'TWO'));
    write(top, 'a b.ts', text.replace('two', 'TWO'));
    assert.equal(await changes(top), 'a "b"\t\\ä.ts 1-2, a b.ts 1-2');
  });

  it('does not depend on how the user has set up git diff', async () => {
    const top = repository({ 'a.ts': text });
    for (const [name, value] of [
      ['diff.noprefix', 'true'],
      ['diff.mnemonicPrefix', 'true'],
      ['color.ui', 'always'],
      ['diff.external', 'false'],
      ['diff.interHunkContext', '9'],
    ] as const)
      git(top, 'config', name, value);
    write(top, 'a.ts', 'ONE\ntwo\nthree\nFOUR\n');
    assert.equal(await changes(top), 'a.ts 0-1 3-4');
    git(top, 'config', 'diff.noprefix', 'false');
    assert.equal(await changes(top), 'a.ts 0-1 3-4');
  });

  it('keeps a folder named b when the user wants no prefixes', async () => {
    const top = repository({ 'b/a.ts': text });
    git(top, 'config', 'diff.noprefix', 'true');
    write(top, 'b/a.ts', text.replace('two', 'TWO'));
    assert.equal(await changes(top), 'b/a.ts 1-2');
  });

  it('tells an unknown ref and a folder without a repository', async () => {
    const top = repository({ 'a.ts': text });
    const unknown = await changedSince(top, 'nowhere', never);
    assert.ok(!unknown.ok && unknown.failure.code === 'no-git' && unknown.failure.message.includes('"nowhere"'), JSON.stringify(unknown));
    const plain = emptyWorkspace();
    mkdirSync(path.join(plain, 'a'));
    const none = await changedSince(path.join(plain, 'a'), 'HEAD', never);
    assert.ok(!none.ok && none.failure.message.includes('is not in a git repository'), JSON.stringify(none));
  });

  it('takes no option for a ref', async () => {
    const top = repository({ 'a.ts': text });
    write(top, 'a.ts', `${text}five`);
    assert.equal(await changes(top, '--cached'), 'no-git');
  });
});
