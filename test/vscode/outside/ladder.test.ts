import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Locator, Page } from 'playwright-core';
import { copyFixture, removeWorkspaces, write } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import {
  goTo,
  openFile,
  openWorkbench,
  problems,
  runCommand,
  screenshot,
  screenshots,
  statusBarText,
  type Workbench,
  webviewFrame,
} from '../host/outside/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PICTURES = path.join(root, '.cache', 'pictures');
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const settings = {
  'assay.verify.level': 'load',
  'assay.load.maxUsers': 4,
  'editor.minimap.enabled': false,
  'workbench.layoutControl.enabled': false,
};
/** How long anything may take that runs commands of the project, on a machine that is busy. */
const LONG = { timeout: 400_000 };

/** The whole ladder of the server in `fixtures/ladder/express-ts`, with its own compiler and its own tests. */
describe('the ladder of a server', () => {
  let workspace: string;
  let host: Host;
  let workbench: Workbench;
  let page: Page;
  let frame: Frame;
  const rung = (name: string) => frame.locator('.rung', { hasText: name });
  const shoot = (name: string, again?: () => Promise<void>) => screenshots(page, PICTURES, `ladder-${name}`, again);
  const openProofs = async () => {
    await runCommand(page, 'Assay: Open Proofs');
    frame = await webviewFrame(page, '.project');
  };
  const runAgain = async (name: string, label: string | RegExp = /^Run (again|this rung)/) => {
    await openProofs();
    await rung(name).getByRole('button', { name: label }).click();
  };
  const change = (file: string, from: string, to: string) => {
    const text = readFileSync(path.join(workspace, file), 'utf8');
    assert.ok(text.includes(from), `${file} has ${from}`);
    write(workspace, file, text.replace(from, to));
  };

  before(async () => {
    workspace = copyFixture('ladder/express-ts');
    for (const args of [
      ['init', '-q', '-b', 'main'],
      ['add', '.'],
      ['-c', 'user.name=A', '-c', 'user.email=a@b.c', 'commit', '-qm', 'one'],
    ])
      execFileSync('git', args, { cwd: workspace });
    host = await startHost({ ...extension, workspace, trustDisabled: true, extraSettings: settings, env: { PATH: process.env['PATH'] } });
    workbench = await openWorkbench(host);
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('is climbed to its end', async () => {
    await openFile(page, 'src/prices.ts');
    await runCommand(page, 'Assay: Verify Workspace');
    await page.locator('.statusbar-item[id*="assay.ladder.load"]', { hasText: '4 users' }).waitFor(LONG);
    const said = await Promise.all(['compile', 'test', 'mutation', 'load'].map((name) => statusBarText(page, `assay.ladder.${name}`)));
    assert.match(said.join(', '), /^Compiled, 6\/6 tests, mutation [678]\d %, 4 users$/);
    await openProofs();
    assert.match(await rung('Compiles').innerText(), /It compiles/);
    assert.match(await rung('Tests pass').innerText(), /All 6 tests pass/);
    assert.match(await rung('Tests notice changes').innerText(), /The tests notice \d+ % of \d+ mutants/);
    assert.match(await rung('Holds load').innerText(), /It holds at least 4 concurrent users: [\d,]+ requests a second, p95 \d+ ms/);
    await rung('Holds load').locator('.rung-toggle').click();
    await rung('Holds load').locator('.commands', { hasText: 'ended when it was measured' }).waitFor();
    await shoot('whole');
  });

  it('has what the compiler says in Problems, at its place and with its evidence', async () => {
    change('src/prices.ts', 'return `${(cents', 'return cents + `${(cents');
    change('src/prices.ts', 'cents: number): string', 'cents: number): number');
    await runAgain('Compiles');
    await rung('Compiles').locator('.rung-text', { hasText: 'It does not compile' }).waitFor(LONG);
    assert.match(await statusBarText(page, 'assay.ladder.compile'), /^Not compiled/);
    await openFile(page, 'src/prices.ts');
    const found = await problems(page);
    assert.ok(
      found.some(
        ({ severity, text }) => severity === 'error' && /Type 'string' is not assignable to type 'number'.*Assay.*TS2322.*Ln 15, Col 3/.test(text),
      ),
      JSON.stringify(found),
    );
    await shoot('compile-error');
    await page.locator('.markers-panel a', { hasText: 'TS2322' }).first().click();
    await page.locator('.tab.active', { hasText: 'output.log' }).waitFor();
    await page.locator('.view-line', { hasText: '$ npx tsc --noEmit' }).first().waitFor();
    execFileSync('git', ['checkout', '-q', 'src'], { cwd: workspace });
  });

  it('tells at its line why a test fails', async () => {
    change('src/prices.ts', 'sum * 0.9', 'sum * 0.8');
    await runAgain('Tests pass', 'Run up to this rung');
    await rung('Tests pass').locator('.rung-text', { hasText: '4 of 6 tests pass' }).waitFor(LONG);
    await openFile(page, 'test/prices.test.ts');
    const found = await problems(page, 2);
    assert.ok(
      found.some(({ text }) => /Fails: prices › are less for large orders.*failing-test.*Ln 11, Col 12.*expected: 10800.*actual: 9600/.test(text)),
      JSON.stringify(found),
    );
    await goTo(page, 11);
    await shoot('failing-test');
  });

  it('runs one test from the Testing view, and debugs it', async () => {
    await page.keyboard.press('Control+J');
    await runCommand(page, 'Testing: Focus on Test Explorer View');
    const row = page.locator('.test-explorer .monaco-list-row', { hasText: 'are less for large orders' }).first();
    await unfold(page, row);
    change('src/prices.ts', 'sum * 0.8', 'sum * 0.9');
    await row.hover();
    await row.locator('.action-label[aria-label*="Run Test"]').first().click();
    await row.locator('.codicon-testing-passed-icon').waitFor(LONG);
    // One test is no proof of the rung.
    assert.equal(await statusBarText(page, 'assay.ladder.test'), '4/6 tests');
    await openFile(page, 'src/prices.ts');
    await goTo(page, 10);
    await page.keyboard.press('F9');
    await row.hover();
    await row.locator('.action-label[aria-label*="Debug Test"]').first().click();
    await page.locator('.debug-top-stack-frame-line').first().waitFor(LONG);
    await page.locator('.debug-toolbar').waitFor();
    await shoot('debugging');
    await page.keyboard.press('F5');
    await page
      .locator('.debug-top-stack-frame-line')
      .first()
      .waitFor({ state: 'hidden', ...LONG });
    await page.locator('.debug-toolbar').waitFor({ state: 'hidden', ...LONG });
  });

  it('asks once which of two commands is meant, and remembers the answer', async () => {
    change(
      'package.json',
      '"test": "node --test \\"test/**/*.test.ts\\""',
      '"test:prices": "node --test test/prices.test.ts", "test:app": "node --test test/app.test.ts"',
    );
    change('package.json', '"coverage": "c8 npm test"', '"lint": "tsc --noEmit"');
    await openProofs();
    await rung('Tests pass').getByRole('button', { name: 'Choose another command' }).waitFor();
    await rung('Tests pass').getByRole('button', { name: 'Run again' }).click();
    const asked = page.locator('.quick-input-widget:visible');
    await asked.locator('.monaco-list-row', { hasText: 'npm run test:app' }).waitFor(LONG);
    assert.match(await asked.innerText(), /express-ts: which command is for “test”\?/);
    // Another theme would be another quick pick.
    await screenshot(page, path.join(PICTURES, 'ladder-choice-dark.png'));
    await asked.locator('.monaco-list-row', { hasText: 'npm run test:app' }).click();
    // A rung that holds is folded.
    const toggle = rung('Tests pass').locator('.rung-toggle');
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
    const command = (line: string) => rung('Tests pass').locator('.commands', { hasText: line });
    await command('npm run test:app').waitFor(LONG);
    await rung('Tests pass').getByRole('button', { name: 'Run again' }).click();
    await rung('Tests pass').locator('.mark .codicon-loading').waitFor();
    await rung('Tests pass')
      .locator('.mark .codicon-loading')
      .waitFor({ state: 'hidden', ...LONG });
    await command('npm run test:app').waitFor();
    assert.equal(await asked.isVisible(), false);
  });
});

/** Opens all that is folded in the Testing view until a row is there. */
async function unfold(page: Page, row: Locator): Promise<void> {
  await page.locator('.test-explorer .monaco-list-row').first().waitFor();
  const folded = page.locator('.test-explorer .monaco-list-row[aria-expanded="false"] .monaco-tl-twistie').first();
  while (!(await row.isVisible())) await folded.click();
}
