import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { UNINSTALLED } from '../../support/uninstalled.ts';
import { emptyWorkspace, removeWorkspaces } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import { clickNotificationButton, notification, openFile, openWorkbench, runCommand, screenshot, type Workbench } from '../host/outside/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PICTURES = path.join(root, '.cache', 'pictures');
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const NOT_INSTALLED = 'shop: dependencies are not installed. Install with';

describe('a project whose dependencies are not installed', () => {
  let workspace: string;
  let host: Host;
  let workbench: Workbench;
  let page: Page;

  before(async () => {
    workspace = emptyWorkspace(UNINSTALLED);
    host = await startHost({ ...extension, workspace, trustDisabled: true, env: { PATH: process.env['PATH'] } });
    workbench = await openWorkbench(host);
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('is not run, and a person is asked whether they are installed', async () => {
    await openFile(page, 'build.js');
    await runCommand(page, 'Assay: Verify Workspace');
    await notification(page, NOT_INSTALLED, 60_000);
    assert.equal(existsSync(path.join(workspace, 'node_modules')), false);
    // Another theme would close the notification.
    await screenshot(page, path.join(PICTURES, 'install-question-dark.png'));
  });

  it('is verified once they are', async () => {
    await clickNotificationButton(page, NOT_INSTALLED, 'Install');
    await page.locator('.statusbar-item[id*="assay.ladder.test"]', { hasText: '1/1 tests' }).waitFor({ timeout: 90_000 });
    assert.equal(existsSync(path.join(workspace, 'node_modules', 'own')), true);
  });
});
