import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces, write } from '../../test/support/workspaces.ts';
import { locateFailedTests } from './failed-tests.ts';
import type { StoredTest } from './repository.ts';
import { TestLocator } from './test-locator.ts';

describe('the places of failed tests', () => {
  after(removeWorkspaces);

  it('are found by title where the framework told none', async () => {
    const top = emptyWorkspace({
      'src/a.js': "it('adds', f);",
      'test/a.test.js': "// first\ndescribe('cart', () => {\n  it('adds', f);\n});",
      'test/deep/b.spec.ts': "it('types', (): void => {});",
      'node_modules/x/test/c.js': "it('hidden', f);",
    });
    const elsewhere = { name: 'told', message: 'm', file: '/told.js', position: { line: 7, column: 7 } };
    const found = await locateFailedTests(
      [{ name: 'cart adds', message: 'm' }, { name: 'types', message: 'm' }, { name: 'hidden', message: 'm' }, elsewhere],
      top,
    );
    assert.deepEqual(found, [
      { name: 'cart adds', message: 'm', file: path.join(top, 'test/a.test.js'), position: { line: 2, column: 2 } },
      { name: 'types', message: 'm', file: path.join(top, 'test/deep/b.spec.ts'), position: { line: 0, column: 0 } },
      { name: 'hidden', message: 'm' },
      elsewhere,
    ]);
  });
});

describe('where a test stands now', () => {
  after(removeWorkspaces);
  const test = (more: Partial<StoredTest>): StoredTest => ({ id: 1, name: 'adds', file: 'a.test.js', durationMs: 1, ...more });

  it('follows its title through edits of the file', async () => {
    const top = emptyWorkspace({ 'a.test.js': "it('adds', f);" });
    const locator = new TestLocator();
    const stored = test({ position: { line: 9, column: 9 } });
    assert.deepEqual((await locator.locate(stored, top))?.position, { line: 0, column: 0 });
    write(top, 'a.test.js', "// moved\n  it('adds', f);");
    utimesSync(path.join(top, 'a.test.js'), 1, 1);
    assert.deepEqual(await locator.locate(stored, top), { file: path.join(top, 'a.test.js'), position: { line: 1, column: 2 } });
  });

  it('is what the framework told, or the start of the file, where the title is not there', async () => {
    const top = emptyWorkspace({ 'a.test.js': 'it(title, f);' });
    const locator = new TestLocator();
    const place = async (more: Partial<StoredTest>) => (await locator.locate(test(more), top))?.position;
    assert.deepEqual(await place({ position: { line: 9, column: 9 } }), { line: 9, column: 9 });
    assert.deepEqual(await place({}), { line: 0, column: 0 });
    assert.deepEqual(await place({ file: 'gone.test.js' }), { line: 0, column: 0 });
    assert.equal(await place({ file: '' }), undefined);
  });

  it('is right with more files than are kept', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `${i}.test.js`);
    const top = emptyWorkspace(Object.fromEntries(names.map((name, i) => [name, `${'\n'.repeat(i)}it('adds', f);`])));
    const locator = new TestLocator();
    for (const round of [1, 2]) {
      for (const [line, file] of names.entries()) {
        assert.deepEqual((await locator.locate(test({ file }), top))?.position, { line, column: 0 }, `${file} in round ${round}`);
      }
    }
  });

  it('is right for tests that are asked for at once', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `${i}.test.js`);
    const top = emptyWorkspace(Object.fromEntries(names.map((name, i) => [name, `${'\n'.repeat(i)}it('adds', f);`])));
    const locator = new TestLocator();
    const found = await Promise.all([...names, ...names].map((file) => locator.locate(test({ file }), top)));
    assert.deepEqual(
      found.map((place) => place?.position.line),
      [...names, ...names].map((_, i) => i % names.length),
    );
  });
});
