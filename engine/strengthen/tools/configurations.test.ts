import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces, write } from '../../../test/support/workspaces.ts';
import { configurationStamp } from './configurations.ts';

/** A file that is written, and whether that may change what tools have against `src/a.test.ts`. */
const CASES: [name: string, counts: boolean][] = [
  ['package.json', true],
  ['tsconfig.json', true],
  ['.prettierrc', true],
  ['.prettierrc.mjs', true],
  ['.editorconfig', true],
  ['.eslintignore', true],
  ['src/.eslintrc.yml', true],
  ['eslint.config.js', true],
  ['src/biome.jsonc', true],
  ['src/b.ts', false],
  ['lib/.oxlintrc.json', false],
  ['readme.md', false],
];

describe('what configures tools for a file', () => {
  after(removeWorkspaces);

  for (const [name, counts] of CASES) {
    it(`${counts ? 'may be' : 'is not'} ${name}`, async () => {
      const directory = emptyWorkspace({ 'src/a.test.ts': '' });
      const stamp = () => configurationStamp(path.join(directory, 'src/a.test.ts'));
      const before = await stamp();
      assert.equal(await stamp(), before);
      write(directory, name, '{}');
      const made = await stamp();
      assert.equal(made !== before, counts);
      write(directory, name, '{ }');
      assert.equal((await stamp()) !== made, counts);
    });
  }
});
