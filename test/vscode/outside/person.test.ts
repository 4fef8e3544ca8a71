import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { assertGone, commandLine, descendants } from '../../support/processes.ts';
import { copySlowFixture, removeWorkspaces } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import {
  clickCodeLens,
  clickNotificationButton,
  codeLens,
  goTo,
  hoverText,
  notification,
  openFile,
  openViewContainer,
  openWorkbench,
  problems,
  runCommand,
  screenshots,
  statusBarText,
  treeRows,
  type Workbench,
  webviewFrame,
} from '../host/outside/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Pictures of each view in three themes; those of the README are copied from here. */
const PICTURES = path.join(root, '.cache', 'pictures');
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const RUN = 'Run mutation testing on this file';
/** The title of the notification of a run. */
const RUNS = 'Mutation testing src/price.ts';
const quiet = { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false, 'window.commandCenter': false };

describe('what a person does and sees', () => {
  let host: Host;
  let window: Workbench;
  let page: Page;

  before(async () => {
    host = await startHost({
      ...extension,
      workspace: copySlowFixture(),
      trustDisabled: true,
      extraSettings: quiet,
      env: { PATH: process.env['PATH'] },
    });
    window = await openWorkbench(host);
    page = window.page;
  });
  after(async () => {
    await window?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('is told how to begin', async () => {
    await openViewContainer(page, 'Assay');
    await page.locator('.welcome-view-content', { hasText: 'breaks your code on purpose' }).waitFor();
  });

  it('cancels a run from its notification, and nothing is left running', async () => {
    await openFile(page, 'src/price.ts');
    const lens = () => codeLens(page, RUN);
    await shoot('lens', async () => void (await lens()));
    await clickCodeLens(page, RUN, RUNS, /running the tests once/);
    const [extensionHost] = host.extensionHostPids();
    const ours = descendants(extensionHost as number).filter((pid) => descendants(pid).length === 0 || pid !== extensionHost);
    const server = ours[0];
    assert.ok(server !== undefined && ours.length > 3, `the server and its run: ${ours}`);
    const run = ours.filter((pid) => descendants(server).includes(pid));
    await clickNotificationButton(page, /running the tests once|of 23 mutants/, 'Cancel');
    await assertGone(run);
  });

  it('runs the file from its lens and sees progress in the notification and the status bar', async () => {
    await clickCodeLens(page, RUN, RUNS, /\d+ of 23 mutants · \d survived/);
    assert.match(await statusBarText(page, 'assay.status'), /instrumenting|running|of 23 mutants|tests pass|preparing/);
    await notification(page, /Mutation score 60 %: 5 of 23 mutants survived, 4 not covered/, 60_000);
    await codeLens(page, '77 % · 2 survived of 9');
    assert.match(await statusBarText(page, 'assay.status'), /60 % · 5 survived/);
  });

  it('finds the survivors in Problems and the change on hover', async () => {
    assert.match(await statusBarText(page, 'status.problems'), /\b4\b/);
    // The list draws the rows that are in sight only.
    const [first] = await problems(page);
    assert.ok(first?.severity === 'warning' && /No test notices when `<` becomes `<=`/.test(first.text), JSON.stringify(first));
    await runCommand(page, 'Notifications: Clear All Notifications');
    await (await codeLens(page, /1 survived of 6/)).waitFor();
    const text = await hoverText(page, 20, 14, /covering tests/);
    for (const line of ['- if (price >= 100) return', '+ if (price > 100) return']) assert.ok(text.replaceAll('\u00a0', ' ').includes(line), text);
    await shoot('editor', async () => void (await hoverText(page, 20, 14, /covering tests/)));
    await page.keyboard.press('Escape');
  });

  it('finds the results in the tree, the worst first, with a badge', async () => {
    await openViewContainer(page, 'Assay');
    const rows = await treeRows(page, 'Mutation Results');
    assert.match(rows[0] ?? '', /src\/price\.ts ?60 % · 5 survived · 4 not covered/);
    assert.equal((await page.locator('.activitybar .badge-content', { hasText: '5' }).count()) > 0, true);
    await page.locator('.part.sidebar .monaco-list-row', { hasText: 'src/price.ts' }).click();
    await page.locator('.part.sidebar .monaco-list-row', { hasText: 'format' }).waitFor();
    const functions = await treeRows(page, 'Mutation Results');
    assert.match(functions[1] ?? '', /^format ?0 %/);
    await page.locator('.part.sidebar .monaco-list-row[aria-label^="total"]').click();
    await page.locator('.part.sidebar .monaco-list-row', { hasText: 'becomes' }).first().waitFor();
    await shoot('tree');
  });

  it('opens the report, a file in it, a mutant, and jumps to its line', async () => {
    await page.keyboard.press('Control+J');
    await runCommand(page, 'Assay: Open Mutation Report');
    const frame = await webviewFrame(page, '#report h1, #report h2');
    await frame.getByText('mutation score', { exact: false }).first().waitFor();
    await shoot('report');
    const openMutant = async () => {
      // The palette that changes the theme is closed with Escape, which in the report goes back to the list.
      if ((await frame.locator('.mutant-summary').count()) === 0) await frame.locator('button[data-uri]').first().click();
      await frame.locator('.mutant-summary').first().click();
      await frame.getByText('No test notices when', { exact: false }).first().waitFor();
    };
    await openMutant();
    await shoot('report-file', async () => {
      if ((await frame.locator('.mutant-summary').count()) === 0) await openMutant();
    });
    await page.keyboard.press('o');
    await page.locator('.tabs-container .tab.active', { hasText: 'price.ts' }).waitFor();
  });

  it('finds every command under its name', async () => {
    for (const title of ['Assay: Show How This File Is Tested', 'Assay: Filter Results by Status…']) {
      await runCommand(page, title);
      await page.locator('.quick-input-widget:visible').waitFor();
      await page.keyboard.press('Escape');
    }
  });

  it('finds the time of the activation among the running extensions', async () => {
    await goTo(page, 1);
    await page.setViewportSize({ width: 1400, height: 2400 });
    await runCommand(page, 'Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row, .modal-editor .monaco-list-row', { hasText: /^Assay/ }).first();
    await row.waitFor();
    const text = (await row.innerText()).replace(/\s+/g, ' ');
    console.log(`      ${text}`);
    assert.match(text, /Activation: \d+ms/);
  });

  async function shoot(name: string, again?: () => Promise<void>): Promise<void> {
    await screenshots(page, PICTURES, name, again);
  }
});

describe('a window that ends during a run', () => {
  let host: Host;
  let window: Workbench;

  beforeEach(async () => {
    host = await startHost({
      ...extension,
      workspace: copySlowFixture(),
      trustDisabled: true,
      env: { PATH: process.env['PATH'] },
      reconnectionGraceSeconds: 60,
    });
    window = await openWorkbench(host);
  });
  afterEach(async () => {
    await window?.close();
    await host?.stop();
    removeWorkspaces();
  });

  /** Starts a run from its lens; answers the extension host, the language server and the processes of the run. */
  async function underway(): Promise<{ extensionHost: number; server: number; run: number[] }> {
    await openFile(window.page, 'src/price.ts');
    await clickCodeLens(window.page, RUN, RUNS, /of 23 mutants/);
    const extensionHost = host.extensionHostPids()[0] as number;
    const server = descendants(extensionHost).find((pid) => commandLine(pid).includes('dist/server.js')) as number;
    const run = descendants(server);
    assert.ok(run.length >= 3, `the run: ${run}`);
    return { extensionHost, server, run };
  }

  it('because it is closed leaves nothing running', async () => {
    const { server, run } = await underway();
    await window.page.close({ runBeforeUnload: true });
    await assertGone([server, ...run]);
  });

  it('because its extension host crashes leaves nothing running', async () => {
    const { extensionHost, server, run } = await underway();
    process.kill(extensionHost, 'SIGKILL');
    await assertGone([extensionHost, server, ...run]);
  });

  it('because the language server crashes says so, keeps the verdicts, and starts another server', async () => {
    const { server, run } = await underway();
    // Its verdicts are there for all to see.
    await codeLens(window.page, /survived of|not covered/);
    process.kill(server, 'SIGKILL');
    await assertGone([server, ...run]);
    await notification(window.page, /What was judged so far is kept/);
    await codeLens(window.page, /survived of|not covered/);
  });
});

describe('what a person sees in Restricted Mode', () => {
  let host: Host;
  let window: Workbench;

  before(async () => {
    host = await startHost({
      ...extension,
      workspace: copySlowFixture(),
      trustDisabled: false,
      extraSettings: { 'security.workspace.trust.startupPrompt': 'never' },
      env: { PATH: process.env['PATH'] },
    });
    window = await openWorkbench(host);
  });
  after(async () => {
    await window?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('is told why nothing runs and how to trust the workspace', async () => {
    await openFile(window.page, 'src/price.ts');
    await clickCodeLens(window.page, RUN, 'not trusted', /not trusted\. Trust it first/);
  });
});
