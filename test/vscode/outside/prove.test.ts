import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { copyFixture, removeWorkspaces } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import { codeLens, openFile, openWorkbench, screenshots, type Workbench, webviewFrame } from '../host/outside/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PICTURES = path.join(root, '.cache', 'pictures');
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const quiet = { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false, 'window.commandCenter': false };

const TEST = `import { expect, test } from 'vitest';
import { discount, subtotal } from '../src/price.ts';

test('members get a discount', () => {
  discount(7, true);
});
test('adds up the lines of an order', () => {
  for (const line of [].filter(Boolean)) expect(line).toBe(1);
  expect(subtotal([])).toBe(0);
});
`;

/** What a person sees of tests that were run and of what they run broken. */
describe('proving tests', () => {
  let host: Host;
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    const workspace = copyFixture('vitest', { 'test/order.test.ts': TEST });
    host = await startHost({ ...extension, workspace, trustDisabled: true, extraSettings: quiet, env: { PATH: process.env['PATH'] } });
    workbench = await openWorkbench(host);
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('is begun by the lens over a test file, and says what came of it', async () => {
    await openFile(page, 'test/order.test.ts');
    await (await codeLens(page, 'Prove the tests')).click();
    await page
      .locator('.notification-toast', { hasText: '2 tests run: 1 passes whatever the code does, 1 assertion was not made.' })
      .waitFor({ timeout: 60_000 });
    await codeLens(page, 'passes whatever the code does');
    await page.locator('.squiggly-warning').first().waitFor();
    await screenshots(page, PICTURES, 'prove-editor');
  });

  it('shows in the test audit, with what other tests leave unchecked', async () => {
    await (await codeLens(page, 'Open the test audit')).click();
    const frame = await webviewFrame(page, '.audited .test');
    await frame.locator('[role="tab"]', { hasText: 'False positives' }).click();
    const row = frame.locator('.inventory tbody tr');
    await row.first().waitFor();
    assert.match(
      (await row.first().innerText()).replace(/\s+/g, ' '),
      /members get a discount .*Of the tests that were run, no other checks what it runs: discount can do anything/,
    );
    await screenshots(page, PICTURES, 'prove-audit');
  });
});
