import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { copyFixture, removeWorkspaces } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import {
  codeLens,
  hoverText,
  openFile,
  openWorkbench,
  problems,
  quickFixes,
  runCommand,
  screenshots,
  type Workbench,
} from '../host/outside/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PICTURES = path.join(root, '.cache', 'pictures');
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const quiet = { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false, 'window.commandCenter': false };

const TEST = `import { describe, expect, it } from 'vitest';
import { discount, subtotal, total } from '../src/price.ts';

describe('prices', () => {
  it('are added up', () => {
    expect(subtotal([{ name: 'tea', price: 4, quantity: 3 }])).toBe(12);
    expect(subtotal([])).toBe(0);
  });

  it('are there', () => {
    expect(total([{ name: 'tea', price: 4, quantity: 3 }])).toBeDefined();
  });

  it('are refused', async () => {
    try {
      subtotal([{ name: 'tea', price: 4, quantity: -1 }]);
    } catch (error) {
      expect((error as Error).message).toMatch('negative');
    }
  });

  it.only('are reduced', () => {
    expect(discount(200)).toBeTruthy;
  });
});
`;

describe('the test audit, as a person sees it', () => {
  let host: Host;
  let window: Workbench;
  let page: Page;

  before(async () => {
    const workspace = copyFixture('vitest', { 'test/prices.test.ts': TEST });
    host = await startHost({ ...extension, workspace, trustDisabled: true, extraSettings: quiet, env: { PATH: process.env['PATH'] } });
    window = await openWorkbench(host);
    page = window.page;
    await openFile(page, 'test/prices.test.ts');
  });
  after(async () => {
    await window?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('tells the strength of each test over it', async () => {
    await codeLens(page, '4 tests · mean strength 35 · 3 weak');
    await codeLens(page, 'strength 82 · comprehensive');
    await codeLens(page, 'strength 24 · weak: only existence');
    await codeLens(page, 'strength 23 · weak: may never be asserted');
  });

  it('lists what is wrong in Problems', async () => {
    const found = await problems(page, 4);
    assert.deepEqual(found.map(({ severity }) => severity).sort(), ['error', 'info', 'warning', 'warning'], found.map(({ text }) => text).join('\n'));
    await screenshots(page, PICTURES, 'audit');
    await runCommand(page, 'View: Toggle Panel Visibility');
  });

  it('explains a strength on a hover', async () => {
    assert.match(await hoverText(page, 10, 7, /Strength 24 of 100/), /Assert the value itself, not only that there is one/);
    await screenshots(page, PICTURES, 'audit-hover', async () => void (await hoverText(page, 10, 7, /Strength 24 of 100/)));
  });

  it('sets right what can be', async () => {
    const menu = await quickFixes(page, 22, 5);
    await menu.filter({ hasText: 'Remove .only' }).first().click();
    await page.locator('.view-line', { hasText: "it('are reduced'" }).first().waitFor();
  });
});
