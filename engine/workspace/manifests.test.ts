import assert from 'node:assert/strict';
import path from 'node:path';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { PackageFolders } from './manifests.ts';

describe('PackageFolders', () => {
  after(removeWorkspaces);

  it('finds the nearest manifest of any language, and else the open folder', async () => {
    const root = emptyWorkspace({
      'shop/package.json': '{}',
      'shop/test/unit/cart.test.js': '',
      'worker/go.mod': '',
      'worker/queue/queue_test.go': '',
      'scripts/test_release.py': '',
      'shop/test/package.json/nothing': '',
    });
    const folders = new PackageFolders();
    const found = (directory: string, folder = root) => folders.of(path.join(root, directory), folder);
    assert.equal(await found('shop/test/unit'), path.join(root, 'shop'));
    assert.equal(await found('worker/queue'), path.join(root, 'worker'));
    assert.equal(await found('scripts'), root);
    assert.equal(await found('shop/test/unit', path.join(root, 'shop/test')), path.join(root, 'shop/test'));
  });
});
