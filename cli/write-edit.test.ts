import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TestEdit } from '../engine/strengthen/index.ts';
import { emptyWorkspace, removeWorkspaces } from '../test/support/workspaces.ts';
import { writeEdit } from './write-edit.ts';

/** A file as it is, what the edit takes it for (a new file where missing), and what comes of it: the text, and what is said. */
const CASES: [what: string, file: string, before: string | undefined, done: boolean, text: string | undefined, said: RegExp][] = [
  ['a file that is as it was', 'a.test.ts', 'old', true, 'old!', /^Wrote 1 change into a$/],
  ['a file that is another one', 'a.test.ts', 'older', false, 'old', /^a was changed meanwhile: nothing was written there\. Run again\.$/],
  ['a file that came meanwhile', 'a.test.ts', undefined, false, 'old', /^a was changed meanwhile/],
  ['a file that went meanwhile', 'gone.test.ts', 'old', false, undefined, /^a was changed meanwhile/],
  ['a new file in a new folder', 'new/b.test.ts', undefined, true, '!', /^Made a$/],
  ['what cannot be written', 'a.test.ts/b.test.ts', undefined, false, undefined, /^a could not be written: E/],
];

describe('writing new tests', () => {
  after(removeWorkspaces);

  for (const [what, file, before, done, text, said] of CASES) {
    it(`into ${what}`, async () => {
      const testFile = path.join(emptyWorkspace({ 'a.test.ts': 'old' }), file);
      const at = before?.length ?? 0;
      const place = { line: 0, column: at };
      const changes = [{ start: at, end: at, text: '!', range: { start: place, end: place } }];
      const edit: TestEdit = { testFile, isNew: before === undefined, before: before ?? '', changes };
      const answer = await writeEdit(edit, 'a');
      assert.equal(answer.done, done);
      assert.match(answer.said, said);
      if (text === undefined) assert.equal(existsSync(testFile), false);
      else assert.equal(readFileSync(testFile, 'utf8'), text);
    });
  }
});
