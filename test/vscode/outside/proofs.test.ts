import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { countsOf, DAY, detailOf, failureOf, ladderOf, pointOf, proofOf } from '../../../media/proofs/samples.ts';
import type { Ladder, ToProofsView } from '../../../server/protocol.ts';
import { emptyWorkspace, removeWorkspaces, write } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import {
  clickNotificationButton,
  notification,
  openFile,
  openWorkbench,
  problems,
  runCommand,
  screenshot,
  screenshots,
  statusBarText,
  type Workbench,
  webviewAfterReload,
  webviewFrame,
} from '../host/outside/index.ts';
import { poll } from '../host/outside/waiting.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PICTURES = path.join(root, '.cache', 'pictures');
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const quiet = { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false, 'window.commandCenter': false };

const FILES = {
  'package.json': JSON.stringify({ name: 'shop', type: 'module', scripts: { build: 'node build.js', test: 'node --test' } }, null, 2),
  'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": {} }',
  'build.js': "console.log('built');\n",
  'src/price.js': 'export const total = (a, b) => a + b;\nexport const half = (a) => a / 3;\n',
  'test/price.test.js': `import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { half, total } from '../src/price.js';

describe('prices', () => {
  test('are added', () => {
    assert.equal(total(1, 2), 3);
  });
  test('are halved', () => {
    assert.equal(half(4), 2);
  });
});
`,
};

/** What a person sees of the ladder of proofs. */
describe('the view of the proofs', () => {
  let workspace: string;
  let host: Host;
  let workbench: Workbench;
  let page: Page;
  let frame: Frame;
  const rung = (name: string) => frame.locator('.rung', { hasText: name });
  const shoot = (name: string, again?: () => Promise<void>) => screenshots(page, PICTURES, `proofs-${name}`, again);

  before(async () => {
    workspace = emptyWorkspace(FILES);
    for (const args of [
      ['init', '-q', '-b', 'main'],
      ['add', '.'],
      ['-c', 'user.name=A', '-c', 'user.email=a@b.c', 'commit', '-qm', 'one'],
    ])
      execFileSync('git', args, { cwd: workspace });
    host = await startHost({ ...extension, workspace, trustDisabled: true, extraSettings: quiet, env: { PATH: process.env['PATH'] } });
    workbench = await openWorkbench(host);
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('tells before anything ran what would be run', async () => {
    await openFile(page, 'src/price.js');
    await runCommand(page, 'Assay: Open Proofs');
    frame = await webviewFrame(page, '.project');
    assert.match(await rung('Tests pass').innerText(), /Not proved yet; npm test would be run/);
    await shoot('new');
  });

  it('verifies, and shows each rung with its evidence', async () => {
    await frame.locator('button', { hasText: 'Verify' }).first().click();
    await frame.locator('.found', { hasText: 'are halved' }).waitFor({ timeout: 90_000 });
    assert.match(await rung('Compiles').innerText(), /It compiles/);
    const found = await rung('Tests pass').innerText();
    assert.match(found, /npm test[\s\S]*exit status 1/);
    assert.match(found, /on main, nothing changed/);
    assert.match(found, /test\/price\.test\.js:10/);
    await shoot('one');
  });

  it('has the rungs in the status bar, each leading to its proof', async () => {
    assert.equal(await statusBarText(page, 'assay.ladder.compile'), 'Compiled');
    assert.equal(await statusBarText(page, 'assay.ladder.test'), '1/2 tests');
    const item = page.locator('.statusbar-item[id*="assay.ladder.test"]');
    assert.match((await item.locator('a').getAttribute('aria-label')) ?? '', /Assay, shop: 1 of 2 tests pass/);
    await openFile(page, 'src/price.js');
    const opened = page.locator('.tab.active', { hasText: 'Proofs' }).first();
    // Again where the bar was drawn anew under the press, as it is when another file is shown.
    await poll('the proofs', async () => {
      await item.click();
      return opened.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    });
  });

  it('leads from a failing test to its line, and has it in Problems', async () => {
    frame = await webviewFrame(page, '.project');
    await frame.locator('.place', { hasText: 'price.test.js:10' }).click();
    await page.locator('.tab.active', { hasText: 'price.test.js' }).waitFor();
    const [problem] = await problems(page);
    assert.equal(problem?.severity, 'error');
    assert.match(problem?.text ?? '', /Fails: prices › are halved.*failing-test/);
    await screenshot(page, path.join(PICTURES, 'proofs-problems-dark.png'));
  });

  it('opens the log so that it cannot be changed', async () => {
    await runCommand(page, 'Assay: Open Proofs');
    frame = await webviewFrame(page, '.project');
    await rung('Tests pass').getByRole('button', { name: 'Open log' }).click();
    await page.locator('.tab.active', { hasText: 'output.log' }).waitFor();
    await page.locator('.view-line', { hasText: '$ npm test' }).first().waitFor();
    const before = readLog();
    await page.keyboard.type('changed');
    await page.keyboard.press('Control+S');
    assert.equal(readLog(), before);
  });
  const readLog = () => {
    const said = execFileSync('sh', ['-c', 'cat .assay/evidence/*-test/output.log'], { cwd: workspace, encoding: 'utf8' });
    return said;
  };

  it('runs a rung again when it was mended, and follows the trend', async () => {
    write(workspace, 'src/price.js', readFileSync(path.join(workspace, 'src/price.js'), 'utf8').replace('a / 3', 'a / 2'));
    await runCommand(page, 'Assay: Open Proofs');
    frame = await webviewFrame(page, '.project');
    await rung('Tests pass').getByRole('button', { name: 'Run again' }).click();
    await rung('Tests pass').locator('.rung-text', { hasText: 'All 2 tests pass' }).waitFor({ timeout: 60_000 });
    const toggle = rung('Tests pass').locator('.rung-toggle');
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
    const bars = rung('Tests pass').locator('.runs svg');
    assert.match((await bars.getAttribute('aria-label')) ?? '', /^2 runs since .*: 1 held, 1 did not; from 1 of 2 passed to 2 of 2 passed$/);
    assert.match(await rung('Tests pass').innerText(), /with changes that were not committed/);
    assert.equal(await statusBarText(page, 'assay.ladder.test'), '2/2 tests');
  });

  it('is worked with keys alone', async () => {
    await frame.locator('h1').click();
    // The project, its first rung.
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    await rung('Compiles').locator('.rung-toggle[aria-expanded="true"]').waitFor();
    await page.keyboard.press('o');
    await rung('Compiles').locator('.rung-toggle[aria-expanded="false"]').waitFor();
    await page.keyboard.press('?');
    await frame.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
  });

  it('is cancelled', async () => {
    write(workspace, 'build.js', "console.log('going on and on');\nsetInterval(() => {}, 1000);\n");
    await rung('Compiles').getByRole('button', { name: 'Run again' }).click();
    await frame.locator('.running', { hasText: 'going on and on' }).waitFor({ timeout: 30_000 });
    assert.equal(await rung('Compiles').getByRole('button', { name: 'Run again' }).isDisabled(), true);
    await screenshot(page, path.join(PICTURES, 'proofs-running-dark.png'));
    await frame.locator('.running button', { hasText: 'Cancel' }).click();
    await rung('Compiles').locator('.rung-text', { hasText: 'did not come to its end' }).waitFor();
    write(workspace, 'build.js', FILES['build.js']);
  });

  it('knows everything after the window was loaded anew', async () => {
    frame = await webviewAfterReload(page, '.project', 'assay.proofs');
    await rung('Tests pass').locator('.rung-text', { hasText: 'All 2 tests pass' }).waitFor({ timeout: 60_000 });
    assert.equal(await statusBarText(page, 'assay.ladder.test'), '2/2 tests');
  });

  it('asks before it verifies what is not saved, and verifies the package of the active file', async () => {
    await openFile(page, 'src/price.js');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('// saved');
    await runCommand(page, 'Assay: Verify This Package');
    await clickNotificationButton(page, '1 file is not saved', 'Save and Verify');
    await notification(page, 'All 2 tests pass', 60_000);
    assert.match(readFileSync(path.join(workspace, 'src/price.js'), 'utf8'), /\/\/ saved$/);
    assert.ok(existsSync(path.join(workspace, '.assay/evidence')));
  });

  it('has the tests in the Testing view, runs them, and tells at its line why one fails', async () => {
    write(workspace, 'src/price.js', FILES['src/price.js']);
    await runCommand(page, 'Testing: Focus on Test Explorer View');
    const row = (name: string) => page.locator('.test-explorer .monaco-list-row', { hasText: name }).first();
    await row('shop').waitFor();
    await runCommand(page, 'Test: Run All Tests');
    await page.locator('.statusbar-item[id*="assay.ladder.test"]', { hasText: '1/2 tests' }).waitFor({ timeout: 90_000 });
    await openFile(page, 'test/price.test.js');
    // The icon in the margin of a test that failed, and its message under the line.
    await page.locator('.testing-run-glyph.codicon-testing-failed-icon, .testing-run-glyph[class*="fail"]').first().waitFor();
    await screenshot(page, path.join(PICTURES, 'proofs-testing-dark.png'));
  });

  it('shows how a rung went from run to run', async () => {
    await page.keyboard.press('Control+J');
    await runCommand(page, 'View: Show Explorer');
    await runCommand(page, 'Assay: Open Proofs');
    frame = await webviewFrame(page, '.project');
    await frame.locator('.found', { hasText: 'are halved' }).waitFor();
    await shoot('trend');
  });

  it('opens the evidence that is picked', async () => {
    await runCommand(page, 'Assay: Open Evidence…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '1 of 2 tests pass' }).first().click();
    await page.locator('.tab.active', { hasText: 'output.log' }).waitFor();
  });

  it('has room for twenty projects, for hundreds of failing tests, and for one that is not trusted', async () => {
    await runCommand(page, 'Assay: Open Proofs');
    frame = await webviewFrame(page, '.project');
    const fill = async (...messages: ToProofsView[]) => {
      for (const message of messages)
        await frame.evaluate(
          (data) => void window.dispatchEvent(new MessageEvent('message', { data })),
          message as unknown as Record<string, unknown>,
        );
    };
    const twenty: ToProofsView = { kind: 'ladders', ladders: projects(20), trusted: true, level: 'test' };
    await shoot('twenty', async () => {
      await fill(twenty);
      await frame.locator('.project').nth(19).waitFor();
    });
    const { ladder, detail } = failing();
    await shoot('failing', async () => {
      await fill({ kind: 'ladders', ladders: [ladder], trusted: true, level: 'test' }, { kind: 'detail', detail });
      await frame.locator('h3', { hasText: '298 tests failed' }).waitFor();
    });
    assert.equal(await frame.locator('.found li').count(), 100);
    await frame.locator('button', { hasText: 'Show 100 more' }).click();
    assert.equal(await frame.locator('.found li').count(), 200);
    await shoot('untrusted', async () => {
      await fill({ ...twenty, ladders: projects(2), trusted: false });
      await frame.locator('.untrusted').waitFor();
    });
    await fill({ kind: 'ladders', ladders: [], trusted: true, level: 'test' });
    await frame.locator('h1', { hasText: 'No project found' }).waitFor();
    await screenshot(page, path.join(PICTURES, 'proofs-empty-dark.png'));
  });
});

/** Projects of which some hold, some fail and some were not proved. */
function projects(n: number): Ladder[] {
  return Array.from({ length: n }, (_, i) => {
    const name = ['cart', 'checkout', 'a-package-with-a-rather-long-name-that-says-much', 'ledger', 'mail'][i % 5] as string;
    const failed = i % 7 === 3 ? i : 0;
    const proofs = [
      proofOf('compile', 'holds', { id: `c${i}`, warnings: i % 3, summary: i % 3 ? `It compiles, with ${i % 3} warnings` : 'It compiles' }),
      proofOf('test', failed ? 'fails' : i % 6 === 5 ? 'inconclusive' : 'holds', {
        id: `t${i}`,
        summary: `${140 + i - failed} of ${140 + i} tests pass`,
        counts: countsOf({ passed: 140 + i - failed, failed }),
      }),
      ...(i % 2 ? [proofOf('mutation', 'holds', { id: `m${i}`, mutation: { killed: 70, survived: 20, noCoverage: 10, score: 70 + i } })] : []),
    ];
    return ladderOf(`${name}-${i}`, i % 5 === 4 ? [] : proofs);
  });
}

/** A project with 300 failing tests and thirty runs behind it. */
function failing() {
  const test = proofOf('test', 'fails', {
    id: 'many',
    summary: '847 of 1,152 tests pass, 5 are flaky, 2 files could not be run, 12 skipped',
    counts: countsOf({ passed: 847, failed: 300, flaky: 5, skipped: 12, broken: 2 }),
    notes: ["The project's own command changed tracked files: package-lock.json."],
    git: { commit: '4f0c9a7be12d', branch: 'feature/prices', dirty: true },
    changedFiles: ['package-lock.json'],
  });
  const trend = Array.from({ length: 30 }, (_, i) =>
    pointOf(
      proofOf('test', i % 9 === 8 ? 'inconclusive' : i % 4 === 3 ? 'fails' : 'holds', {
        id: `r${i}`,
        at: DAY - (30 - i) * 36e5,
        counts: countsOf({ passed: 1000 - (i % 4 === 3 ? 40 * i : 0), failed: i % 4 === 3 ? 40 * i : 0 }),
      }),
    ),
  );
  const failures = Array.from({ length: 300 }, (_, i) =>
    failureOf(`Cart > with ${i} articles > adds up what they cost`, {
      ...(i === 0 && {
        message: 'AssertionError: expected { total: 118, currency: "EUR" } to deeply equal { total: 119, currency: "EUR" }',
        expected: '{\n  "total": 119,\n  "currency": "EUR"\n}',
        actual: '{\n  "total": 118,\n  "currency": "EUR"\n}',
      }),
      ...(i === 1 && { kind: 'broken', title: [], message: "Error: Cannot find module '../src/missing.js'", expected: null, actual: null }),
      ...(i === 2 && { kind: 'flaky' }),
    }),
  );
  const ladder = ladderOf('shop', [proofOf('compile', 'holds', { summary: 'It compiles' }), test], { test: { trend: [...trend, pointOf(test)] } });
  return { ladder, detail: detailOf(test, { failures }) };
}
