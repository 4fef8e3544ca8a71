import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import { Leavings } from './leavings.ts';

/** What a test file does: what it imports, which global name it sets, whether it changes something of the standard for good. */
interface Step {
  file: string;
  imports?: string[];
  sets?: string;
  changes?: boolean;
}

/** Files one after the other, with whether there was something before each that it does not bring by itself. */
const CASES: Record<string, [step: Step, foreign: boolean][]> = {
  'are nothing of files that load nothing': [
    [{ file: 'a' }, false],
    [{ file: 'b' }, false],
  ],
  'are what only files before it import': [
    [{ file: 'a', imports: ['plain'] }, false],
    [{ file: 'b', imports: ['plain', 'common'] }, false],
    [{ file: 'c', imports: ['plain'] }, true],
    [{ file: 'd', imports: ['common', 'plain'] }, false],
  ],
  'are nothing that it imports through another module': [
    [{ file: 'a', imports: ['common', 'required'] }, false],
    [{ file: 'b', imports: ['uses'] }, false],
    [{ file: 'c', imports: ['required'] }, true],
  ],
  'are nothing that it imported before itself': [
    [{ file: 'a', imports: ['plain'] }, false],
    [{ file: 'a' }, false],
    [{ file: 'b' }, true],
  ],
  'are global names of other files': [
    [{ file: 'a', sets: 'mine' }, false],
    [{ file: 'a' }, false],
    [{ file: 'b' }, true],
  ],
  'are no global names of frameworks': [
    [{ file: 'a', sets: '__vitest_worker__' }, false],
    [{ file: 'b' }, false],
  ],
  'are what other files changed of the standard': [
    [{ file: 'a', changes: true }, false],
    [{ file: 'a' }, false],
    [{ file: 'b' }, true],
  ],
};

describe('what test files leave behind for others', () => {
  after(removeWorkspaces);

  for (const [title, steps] of Object.entries(CASES)) {
    it(title, async () => {
      const directory = emptyWorkspace({
        'node_modules/plain/index.mjs': '',
        'node_modules/plain/package.json': '{ "main": "index.mjs" }',
        'node_modules/required/index.js': '',
        'node_modules/common/index.js': "require('required');",
        'node_modules/uses/package.json': '{ "main": "index.mjs" }',
        'node_modules/uses/index.mjs': "import 'common';",
        ...Object.fromEntries(steps.map(([{ imports = [] }], i) => [`${i}.mjs`, imports.map((name) => `import '${name}';\n`).join('')])),
      });
      const global: Record<string, unknown> = { there: 1 };
      const leavings = new Leavings(global);
      const found: boolean[] = [];
      for (const [i, [{ file, sets, changes }]] of steps.entries()) {
        leavings.begin(file);
        await import(pathToFileURL(path.join(directory, `${i}.mjs`)).href);
        found.push(leavings.foreign);
        if (sets) global[sets] = 1;
        if (changes) leavings.keepChanges();
      }
      assert.deepEqual(
        found,
        steps.map(([, foreign]) => foreign),
      );
    });
  }
});
