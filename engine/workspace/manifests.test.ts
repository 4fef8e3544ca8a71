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
    const found = (file: string, folder = root) => folders.of(path.join(root, file), folder);
    assert.equal(await found('shop/test/unit/cart.test.js'), path.join(root, 'shop'));
    assert.equal(await found('worker/queue/queue_test.go'), path.join(root, 'worker'));
    assert.equal(await found('scripts/test_release.py'), root);
    assert.equal(await found('shop/test/unit/cart.test.js', path.join(root, 'shop/test')), path.join(root, 'shop/test'));
  });

  it('finds what runs the tests of JavaScript: the root of a monorepo, or the package that does it itself', async () => {
    const vitest = '{ "name": "vitest", "version": "3.2.4" }';
    const root = emptyWorkspace({
      'package.json': '{ "workspaces": ["*"], "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "*" } }',
      'vitest.config.js': 'export default {};\n',
      'node_modules/vitest/package.json': vitest,
      'shop/package.json': '{ "name": "shop" }',
      'shop/test/cart.test.js': '',
      'shop/test/test_cart.py': '',
      'own/package.json': '{ "name": "own", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "*" } }',
      'own/own.test.js': '',
    });
    const folders = new PackageFolders();
    const found = (file: string) => folders.of(path.join(root, file), root);
    assert.equal(await found('shop/test/cart.test.js'), root);
    assert.equal(await found('own/own.test.js'), path.join(root, 'own'));
    assert.equal(await found('shop/test/test_cart.py'), path.join(root, 'shop'));
  });
});
