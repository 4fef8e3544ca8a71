import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { testsWhereWritten } from './homes.ts';

const FILES = {
  'test/index.js': "import './a.js';\nimport './more.js';\n",
  'test/more.js': "import './gone.js';\nimport './index.js';\nimport './b.js';\nimport { help } from './help.js';\n",
  'test/a.js': "test('of a', () => {});\n",
  'test/b.js': "describe('b', () => { test('inside', () => {}); });\nimport './never.js';\n",
  'test/never.js': "test('behind', () => {});\n",
  'test/help.js': 'export const help = 1;\n',
  'test/own.js': "import './a.js';\ntest('own', () => {});\n",
};

/** The file that is run, the full name of a test that it runs, and the file that this is written in. */
const CASES: [file: string, name: string, home: string][] = [
  ['test/index.js', 'of a', 'test/a.js'],
  ['test/index.js', 'b inside', 'test/b.js'],
  ['test/index.js', 'nowhere', 'test/index.js'],
  ['test/own.js', 'of a', 'test/own.js'],
  ['test/a.js', 'of a', 'test/a.js'],
];

describe('where tests are written', () => {
  after(removeWorkspaces);

  for (const [file, name, home] of CASES) {
    it(`of ${file}: ${name} in ${home}`, async () => {
      const directory = emptyWorkspace(FILES);
      const test = { id: 1, name, file, durationMs: 1 };
      const { tests, texts, runs } = await testsWhereWritten(directory, new Map([[1, test]]), new Map());
      assert.equal(tests.get(1)?.file, home);
      assert.equal(texts.get(home), FILES[home as keyof typeof FILES]);
      assert.deepEqual([...runs], home === file ? [] : [[path.join(directory, home), path.join(directory, file)]]);
    });
  }

  it('is read from unsaved documents first', async () => {
    const directory = emptyWorkspace(FILES);
    const test = { id: 1, name: 'new', file: 'test/index.js', durationMs: 1 };
    const unsaved = new Map([[path.join(directory, 'test/a.js'), "test('new', () => {});\n"]]);
    const { tests } = await testsWhereWritten(directory, new Map([[1, test]]), unsaved);
    assert.equal(tests.get(1)?.file, 'test/a.js');
  });
});
