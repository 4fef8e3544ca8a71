import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { emptyWorkspace, removeWorkspaces } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import { openFile, openViewContainer, openWorkbench, runCommand, screenshot, type Workbench } from '../host/outside/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const quiet = { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false, 'window.commandCenter': false };

const FILES = {
  'package.json': JSON.stringify({ name: 'shop', type: 'module', scripts: { test: 'node --test' } }, null, 2),
  'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": {} }',
  'src/price.js': `export function total(lines, member = false) {
  let sum = 0;
  for (const { price } of lines) sum += price;
  if (sum > 100) {
    return member ? sum * 0.8 : sum * 0.9;
  }
  return sum;
}

export function half(price) {
  return price / 2;
}
`,
  'test/price.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../src/price.js';

test('adds', () => assert.equal(total([{ price: 1 }, { price: 2 }]), 3));
`,
};

/** What a person sees of coverage. */
describe('the coverage of tests in VS Code', () => {
  let host: Host;
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    host = await startHost({
      ...extension,
      workspace: emptyWorkspace(FILES),
      trustDisabled: true,
      extraSettings: quiet,
      env: { PATH: process.env['PATH'] },
    });
    workbench = await openWorkbench(host);
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('is measured by its profile of the Testing view, and shown by VS Code file by file and line by line', async () => {
    await openFile(page, 'src/price.js');
    await openViewContainer(page, 'Testing');
    await page.locator('.test-explorer .monaco-list-row', { hasText: 'shop' }).waitFor({ timeout: 120_000 });
    await runCommand(page, 'Test: Run All Tests with Coverage');
    await page.locator('.monaco-list-row', { hasText: /price\.js\s*57\.14\s*%/ }).waitFor({ timeout: 120_000 });
    await page.locator('.coverage-deco-gutter').first().waitFor({ timeout: 30_000 });
    const marks = await page.locator('.coverage-deco-gutter').evaluateAll((all) => all.map((one) => one.className));
    assert.ok(
      marks.some((one) => one.includes('coverage-deco-hit')),
      marks.join('\n'),
    );
    assert.ok(
      marks.some((one) => one.includes('coverage-deco-miss')),
      marks.join('\n'),
    );
    await screenshot(page, path.join(root, '.cache', 'pictures', 'coverage-dark.png'));
  });
});
