import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import { hasHiddenReads } from './hidden-reads.ts';

describe('reads of what is not exported', () => {
  after(removeWorkspaces);

  for (const [name, hidden] of [
    ['rewire', true],
    ['babel-plugin-rewire', true],
    ['sinon', false],
  ] as const) {
    it(`${hidden ? 'may' : 'do not'} come by ${name}, which may belong to the folder above`, () => {
      const root = emptyWorkspace({ [`node_modules/${name}/index.js`]: '', 'packages/a/package.json': '{}' });
      assert.equal(hasHiddenReads(path.join(root, 'packages', 'a')), hidden);
    });
  }
});
