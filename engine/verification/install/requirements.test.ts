import assert from 'node:assert/strict';
import { emptyWorkspace, removeWorkspaces } from '../../../test/support/workspaces.ts';
import { detect } from '../../detection/index.ts';
import { parseRequirements, requirementsOf } from './requirements.ts';

/** A file of requirements, what it names, and which files it includes. */
const CASES: [text: string, needed: string[], files: string[]][] = [
  ['Django[argon2]==5.2  # the web\n\nstatsd\n', ['Django[argon2]==5.2', 'statsd'], []],
  ['-r base.txt\n--requirement=more.txt\n-c limits.txt\n', [], ['base.txt', 'more.txt']],
  ['pywin32>=1 ; sys_platform == "win32"\n', ['pywin32>=1 ; sys_platform == "win32"'], []],
  ['a==1 \\\n  --hash=sha256:00 \\\n  --hash=sha256:11\r\nb\r\n', ['a==1', 'b'], []],
  ['-e .\n./local\nhttps://example.org/x.whl\ngit+https://example.org/x#egg=x\nfoo@https://example.org\n', [], []],
];

describe('a file of requirements', () => {
  afterEach(removeWorkspaces);

  it('tells what is needed, and not what only those need who work on the project', async () => {
    const directory = emptyWorkspace({ 'manage.py': '', 'requirements.txt': 'Django\n', 'requirements-dev.txt': '-r requirements.txt\nblack\n' });
    const [project] = (await detect(directory)).projects;
    assert.ok(project);
    assert.deepEqual(await requirementsOf(project), ['Django']);
  });

  it('is read at once with a line of nothing but spaces between two letters', () => {
    assert.deepEqual(parseRequirements(`a${' '.repeat(1e6)}b --hash=x\n`).files, []);
  }).timeout(5000);

  for (const [text, needed, files] of CASES)
    it(JSON.stringify(text), () => {
      const found = parseRequirements(text);
      assert.deepEqual([found.needed.map((one) => one.trim()), found.files], [needed, files]);
    });
});
