import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { makeUnwritable } from '../../support/unwritable.ts';
import { copyFixture, removeWorkspaces } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import {
  clickCodeLens,
  codeLens,
  notification,
  openFile,
  openWorkbench,
  quickFixes,
  runCommand,
  screenshots,
  type Workbench,
} from '../host/outside/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Pictures in three themes; those of the README are copied from here. */
const PICTURES = path.join(root, '.cache', 'pictures');
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const quiet = { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false, 'window.commandCenter': false };

describe('the test that kills a mutant, as a person gets it', () => {
  let host: Host;
  let window: Workbench;
  let page: Page;
  let workspace: string;
  const test = () => readFileSync(path.join(workspace, 'test/price.test.ts'), 'utf8');

  before(async () => {
    workspace = copyFixture('vitest', { 'src/alone.ts': 'export const double = (n: number): number => n * 2;\n' });
    host = await startHost({ ...extension, workspace, trustDisabled: true, extraSettings: quiet, env: { PATH: process.env['PATH'] } });
    window = await openWorkbench(host);
    page = window.page;
    await openFile(page, 'src/price.ts');
    await clickCodeLens(page, 'Run mutation testing on this file', 'Mutation testing src/price.ts', /Mutation score 60 %/);
    await runCommand(page, 'Notifications: Clear All Notifications');
    await codeLens(page, '66 % · 1 survived of 6 · 1 not covered');
  });
  after(async () => {
    await window?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('is offered first on a survivor', async () => {
    const menu = await quickFixes(page, 20, 14);
    assert.match((await menu.allInnerTexts()).join('\n'), /^\s*Add a test that kills this mutant\n\s*Add tests for all 2 survivors in discount/);
  });

  it('is shown as a preview before anything is changed', async () => {
    const before = test();
    await page.locator('.action-widget .monaco-list-row.action', { hasText: 'Add a test that kills this mutant' }).click();
    await page.locator('.refactor-preview-panel, [id="refactorPreview"]', { hasText: 'price.test.ts' }).first().waitFor({ timeout: 30_000 });
    await notification(page, /Found a test that records what the code does today\. Review it, tick what you want, and press Apply\./);
    await screenshots(page, PICTURES, 'strengthen');
    assert.equal(test(), before);
  });

  it('is written, saved and run when it is taken; then the mutant is killed', async () => {
    await page.locator('.part.panel .edit-checkbox').first().click();
    await page.locator('.part.panel .monaco-button', { hasText: 'Apply' }).first().click();
    await notification(page, /The tests are there\. 1 mutant is left/, 40_000);
    assert.match(test(), /expect\(discount\(100, true\)\)\.toBe\(15\);/);
    await openFile(page, 'src/price.ts');
    await codeLens(page, '83 % · 1 not covered of 6');
  });

  it('can be undone, after which the mutant survives again', async () => {
    await openFile(page, 'test/price.test.ts');
    await runCommand(page, 'Undo');
    await page.keyboard.press('Control+S');
    await openFile(page, 'src/price.ts');
    await codeLens(page, '66 % · 1 survived of 6 · 1 not covered', 40_000);
    assert.doesNotMatch(test(), /discount\(100, true\)/);
  });

  it('is looked for again where the test file was changed meanwhile, and never written over it', async () => {
    await runCommand(page, 'Assay: Add Tests for All Survivors of This File');
    await notification(page, /mutants looked at/);
    const other = `${test()}// Somebody else was here.\n`;
    writeFileSync(path.join(workspace, 'test/price.test.ts'), other);
    await notification(page, /The test file was changed meanwhile, so that the tests that were found may not fit\./, 60_000);
    await page.locator('.notification-list-item .monaco-button', { hasText: 'Find Again' }).first().click();
    await notification(page, /Found \d tests/, 60_000);
    assert.equal(test(), other);
    await page.locator('.part.panel .monaco-button', { hasText: 'Discard' }).first().click();
  });

  it('is a weak test that says more, where somebody asks for it there', async () => {
    await openFile(page, 'test/price.test.ts');
    await runCommand(page, 'Notifications: Clear All Notifications');
    await clickCodeLens(page, /Have this test notice \d+ mutants of price\.ts that it lets through/, /Found stronger assertions for a test\./, /./);
    await page.locator('.part.panel .monaco-list-row', { hasText: 'toBe(180)' }).first().waitFor({ timeout: 30_000 });
    await page.locator('.part.panel .monaco-button', { hasText: 'Discard' }).first().click();
  });

  it('is one that is there already where that can say more', async () => {
    await openFile(page, 'src/price.ts');
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'Assay: Add Tests for All Survivors of This File');
    await notification(page, /Found \d tests and stronger assertions for a test\. They record what the code does today\./, 60_000);
    await screenshots(page, PICTURES, 'strengthen-assertion');
    await page.locator('.part.panel .monaco-list-row', { hasText: 'toBe(180)' }).first().waitFor({ timeout: 30_000 });
  });

  it('is in a new file where no test loads the code', async () => {
    await page.locator('.part.panel .monaco-button', { hasText: 'Discard' }).first().click();
    await openFile(page, 'src/alone.ts');
    await runCommand(page, 'Notifications: Clear All Notifications');
    await clickCodeLens(page, 'Run mutation testing on this file', 'Mutation testing src/alone.ts', /Mutation score 0 %/);
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'Assay: Add Tests for All Survivors of This File');
    await notification(page, /Found a test that records what the code does today\./, 60_000);
    await page.locator('.part.panel', { hasText: 'alone.test.ts' }).first().waitFor({ timeout: 30_000 });
    await screenshots(page, PICTURES, 'strengthen-new');
    assert.ok(!existsSync(path.join(workspace, 'test/alone.test.ts')));
    await page.locator('.part.panel .edit-checkbox').first().click();
    await page.locator('.part.panel .monaco-button', { hasText: 'Apply' }).first().click();
    await notification(page, /The tests are there, and no mutant survives/, 40_000);
    assert.match(readFileSync(path.join(workspace, 'test/alone.test.ts'), 'utf8'), /import \{ double \} from '\.\.\/src\/alone\.ts';/);
  });

  it('stands in the editor only where its file cannot be written, and that is said', async () => {
    const before = test();
    const makeWritable = makeUnwritable(path.join(workspace, 'test/price.test.ts'));
    try {
      await openFile(page, 'src/price.ts');
      await runCommand(page, 'Notifications: Clear All Notifications');
      await runCommand(page, 'Assay: Add Tests for All Survivors of This File');
      await notification(page, /Found \d tests?/, 60_000);
      await page.locator('.part.panel .monaco-list-row', { hasText: 'price.test.ts' }).locator('.edit-checkbox').click();
      await page.locator('.part.panel .monaco-button', { hasText: 'Apply' }).first().click();
      await notification(
        page,
        /price\.test\.ts could not be saved\. The new tests stand in the editor only: make it writable, then save it\./,
        40_000,
      );
      await openFile(page, 'test/price.test.ts');
      await runCommand(page, 'Notifications: Show Notifications');
      await screenshots(page, PICTURES, 'strengthen-unwritable');
      assert.equal(test(), before);
    } finally {
      makeWritable();
    }
    await openFile(page, 'test/price.test.ts');
    await runCommand(page, 'File: Save');
    for (let i = 0; i < 100 && test() === before; i++) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.notEqual(test(), before);
  });
});
