import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import { targetsSince } from './since.ts';

const BEFORE = `import x from 'x';

const limit = 10;
function outer(a) {
  const b = a;
  function inner(c) {
    return c;
  }
  return inner(b);
}
class C {
  m() {
    return 1;
  }
}
`;
/** An edit of the text, and the lines (from 1) of the pieces that are then judged anew. */
const EDITS: Record<string, [edit: (text: string) => string, pieces: string[]]> = {
  nothing: [(text) => text, []],
  'a statement': [(text) => text.replace('10', '11'), ['3-3']],
  'an inner function only': [(text) => text.replace('return c', 'return c + 1'), ['6-8']],
  'an outer function': [(text) => text.replace('b = a', 'b = a + 1'), ['4-10']],
  'a method': [(text) => text.replace('return 1', 'return 2'), ['12-14']],
  'two functions': [(text) => text.replace('return c', 'return d').replace('return 1', 'return 2'), ['6-8', '12-14']],
  'an import': [(text) => text.replace("'x'", "'y'"), []],
  'a line that was removed': [(text) => text.replace('  const b = a;\n', ''), ['4-9']],
  'a function that was added': [(text) => `${text}\nfunction added() {\n  return 1;\n}\n`, ['17-19']],
  'a comment between functions': [(text) => text.replace('class', '// why\nclass'), []],
};

describe('what is mutated since a git ref', () => {
  const never = new AbortController().signal;
  after(removeWorkspaces);

  function repository(files: Record<string, string>): string {
    const top = emptyWorkspace(files, 'since');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', '-c', 'commit.gpgsign=false', ...args], { cwd: top, stdio: 'pipe' });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    return top;
  }

  async function targets(top: string, paths: string[] = ['.']): Promise<Record<string, string[] | 'whole'>> {
    const found = await targetsSince(
      top,
      'HEAD',
      paths.map((one) => path.join(top, one)),
      never,
    );
    assert.ok(found.ok, JSON.stringify(found));
    return Object.fromEntries(
      found.value.map(({ path: file, ranges }) => [
        path.relative(top, file),
        ranges?.map(({ start, end }) => `${start.line + 1}-${end.line + 1}`) ?? 'whole',
      ]),
    );
  }

  for (const [title, [edit, expected]] of Object.entries(EDITS)) {
    it(title, async () => {
      const top = repository({ 'a.js': BEFORE });
      write(top, 'a.js', edit(BEFORE));
      assert.deepEqual(await targets(top), expected.length ? { 'a.js': expected } : {});
    });
  }

  it('takes new files as a whole, tests only where they are named, and only what lies below the paths', async () => {
    const top = repository({ 'a/a.js': BEFORE, 'b/b.js': BEFORE, 'a/a.test.js': BEFORE, 'a/notes.md': '' });
    for (const file of ['a/a.js', 'b/b.js', 'a/a.test.js']) write(top, file, BEFORE.replace('10', '11'));
    for (const file of ['a/new.js', 'a/new.test.js', 'a/notes.md']) write(top, file, BEFORE);
    assert.deepEqual(await targets(top), { 'a/a.js': ['3-3'], 'a/new.js': 'whole', 'b/b.js': ['3-3'] });
    assert.deepEqual(await targets(top, ['b']), { 'b/b.js': ['3-3'] });
    assert.deepEqual(await targets(top, ['a/a.test.js']), { 'a/a.test.js': ['3-3'] });
  });

  it('says why it cannot', async () => {
    const found = await targetsSince(emptyWorkspace(), 'HEAD', [], never);
    assert.equal(!found.ok && found.failure.code, 'no-git');
  });
});
