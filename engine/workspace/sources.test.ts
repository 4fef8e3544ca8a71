import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { findSources, findTests, isMutationCandidate, isSource } from './sources.ts';

/** Paths from the package: `=` is mutated by a run on a folder, `.` is source that such a run leaves out, `-` is no source. */
const PATHS = `
= src/a.js
= index.mjs
= lib/a.cjs
= src/a.jsx
= src/a.ts
= src/a.tsx
= src/a.mts
= src/a.cts
= src/testing/a.ts
= src/contest.ts
= src/latest/a.ts
= src/specification.ts
= src/distance/a.ts
= src/outer.ts
= src/builder/a.js
= src/settings.setupper.ts
. src/a.test.ts
. src/a.spec.jsx
. test/a.js
. tests/helpers/a.js
. src/__tests__/a.ts
. src/__mocks__/a.ts
. src/a.stories.tsx
. src/a.bench.ts
. src/a.test-d.ts
. vitest.config.ts
. vitest.workspace.ts
. webpack.config.js
. vitest.setup.ts
. .eslintrc.js
. .storybook/a.js
. src/.hidden/a.ts
. Gruntfile.js
. gulpfile.mjs
. dist/a.js
. build/a.js
. out/a.js
. coverage/a.js
. examples/a.js
. docs/a.js
. scripts/a.js
. e2e/a.ts
. cypress/a.ts
- src/a.d.ts
- src/a.d.mts
- src/a.json
- src/a.vue
- src/a.mjsx
- src/ts
- README.md
`;

describe('what is mutated', () => {
  after(removeWorkspaces);

  for (const line of PATHS.trim().split('\n')) {
    const [mark, file = ''] = line.split(' ');
    it(line, () => assert.equal(isMutationCandidate(file) ? '=' : isSource(file) ? '.' : '-', mark));
  }

  const files = [
    'src/b.ts',
    'src/a.ts',
    'src/a.test.ts',
    'test/c.js',
    'test/deep/d.mjs',
    'node_modules/x/a.js',
    'vendor/a.js',
    '.git/a.js',
    'a.json',
  ];
  const workspace = () => emptyWorkspace(Object.fromEntries(files.map((file) => [file, ''])));

  it('finds the sources of a folder, judged from the package, sorted', async () => {
    const top = workspace();
    const found = async (folder: string, base = '.') =>
      (await findSources(path.join(top, folder), path.join(top, base))).map((file) => path.relative(top, file));
    assert.deepEqual(await found('.'), ['src/a.ts', 'src/b.ts']);
    assert.deepEqual(await found('test'), []);
    assert.deepEqual(await found('test', 'test'), ['test/c.js', 'test/deep/d.mjs']);
    assert.deepEqual(await found('nowhere'), []);
  });

  it('finds the tests of a package', async () => {
    const top = workspace();
    assert.deepEqual(
      (await findTests(top)).map((file) => path.relative(top, file)),
      ['src/a.test.ts', 'test/c.js', 'test/deep/d.mjs'],
    );
  });
});
