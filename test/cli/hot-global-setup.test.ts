import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judge } from '../support/statuses.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

const note = (what: string) => `require('fs').appendFileSync(require('path').join(__dirname, 'order.txt'), '${what} ')`;
const CASES = [
  [
    'vitest',
    'src/cart.ts',
    {
      'vitest.config.mjs': "export default { test: { globalSetup: './global.mjs' } };\n",
      'global.mjs': `import { appendFileSync } from 'node:fs';
const note = (what) => appendFileSync(new URL('order.txt', import.meta.url), what);
export const setup = () => note('setup ');
export const teardown = () => note('teardown ');
`,
    },
  ],
  [
    'jest',
    'src/duration.js',
    {
      'jest.config.js': "module.exports = { globalSetup: './up.js', globalTeardown: './down.js' };\n",
      'up.js': `module.exports = () => { ${note('setup')}; };\n`,
      'down.js': `module.exports = () => { ${note('teardown')}; };\n`,
    },
  ],
] as const;

describe('assay mutate, with what tests set up once for all', () => {
  after(removeWorkspaces);

  for (const [fixture, file, files] of CASES) {
    it(`takes it down again: ${fixture}`, async () => {
      const directory = copyFixture(fixture, files);
      const { said } = await judge(directory, file);
      assert.match(said, /judged by Assay hot/);
      assert.equal(readFileSync(path.join(directory, 'order.txt'), 'utf8'), 'setup teardown ');
    });
  }
});
