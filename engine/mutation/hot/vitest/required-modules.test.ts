import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import { forgetRequired, requiredModules } from './required-modules.ts';

describe('what tests require past Vite', () => {
  after(() => {
    forgetRequired();
    removeWorkspaces();
  });

  it("is known and loaded anew where it is the project's own", () => {
    const directory = emptyWorkspace({ 'own.cjs': 'exports.count = 0;\n', 'node_modules/dep/index.js': 'exports.count = 0;\n' });
    const require = createRequire(path.join(directory, 'a.test.js'));
    const count = (name: string) => ++(require(name) as { count: number }).count;
    assert.deepEqual([count('./own.cjs'), count('./own.cjs'), count('dep')], [1, 2, 1]);
    // The process of the tests may have loaded others by now.
    const known = () =>
      requiredModules()
        .map((file) => path.basename(file))
        .filter((name) => /^(own\.cjs|index\.js)$/.test(name));
    assert.deepEqual(known(), ['own.cjs']);
    forgetRequired();
    assert.deepEqual([known(), count('./own.cjs'), count('dep')], [[], 1, 2]);
  });
});
