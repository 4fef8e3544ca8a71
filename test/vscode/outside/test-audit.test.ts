import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { falsePositiveOf, fileOf, gapOf, packageOf, pointOf, testOf, withHints } from '../../../media/audit/samples.ts';
import type { AuditedPackage, ToAuditView } from '../../../server/protocol.ts';
import { manyTests } from '../../support/many-tests.ts';
import { emptyWorkspace, removeWorkspaces, write } from '../../support/workspaces.ts';
import { type Host, startHost } from '../host/host.ts';
import {
  codeLens,
  openFile,
  openWorkbench,
  runCommand,
  screenshot,
  screenshots,
  type Workbench,
  webviewAfterReload,
  webviewFrame,
} from '../host/outside/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const PICTURES = path.join(root, '.cache', 'pictures');
const extension = process.env['ASSAY_VSIX'] ? { vsixFile: process.env['ASSAY_VSIX'] } : { extensionDir: root };
const quiet = { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false, 'window.commandCenter': false };
const ROWS = '.audited .test';

/** What a person sees of 3,000 tests. */
describe('the view of the test audit', () => {
  let workspace: string;
  let host: Host;
  let workbench: Workbench;
  let page: Page;
  let frame: Frame;
  const tab = (name: string) => frame.locator('[role="tab"]', { hasText: name }).click();
  const titles = () => frame.locator(`${ROWS} [data-item]`).allInnerTexts();
  const status = () => frame.locator('[role="status"]').innerText();
  const shoot = (name: string) => screenshots(page, PICTURES, `test-audit-${name}`);
  const openAudit = async () => {
    await runCommand(page, 'Assay: Open Test Audit');
    frame = await webviewFrame(page, ROWS);
  };

  before(async () => {
    workspace = emptyWorkspace({
      'package.json': '{ "name": "shop" }',
      'src/add.js': 'export const add = (a, b) => a + b;\n',
      ...manyTests(150, 20),
    });
    host = await startHost({ ...extension, workspace, trustDisabled: true, extraSettings: quiet, env: { PATH: process.env['PATH'] } });
    workbench = await openWorkbench(host);
    page = workbench.page;
  });
  after(async () => {
    await workbench?.close();
    await host?.stop();
    removeWorkspaces();
  });

  it('shows the numbers of all tests, and draws only the rows that are in sight', async () => {
    const begun = performance.now();
    await openAudit();
    console.log(`      3,000 tests: from the command to the first rows ${Math.round(performance.now() - begun)} ms`);
    assert.match((await frame.locator('.numbers').innerText()).replace(/\s+/g, ' '), /Mean strength 48\.0 of 100 Tests 3,000 in 150 files/);
    assert.ok((await frame.locator(ROWS).count()) < 100);
    assert.equal(await status(), '3,000 tests, weakest first');
  });

  it('scrolls through all of them', async () => {
    const begun = performance.now();
    const longest = await frame.evaluate(async () => {
      let longest = 0;
      for (let last = performance.now(); window.scrollY + window.innerHeight < document.documentElement.scrollHeight - 1; ) {
        window.scrollBy(0, 1500);
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }
      return longest;
    });
    console.log(`      3,000 tests: scrolled through in ${Math.round(performance.now() - begun)} ms, the longest step ${Math.round(longest)} ms`);
    const last = frame.locator(ROWS).last();
    assert.equal(await last.getAttribute('aria-rowindex'), '3001');
    assert.ok((await frame.locator(ROWS).count()) < 100);
    await frame.evaluate(() => window.scrollTo(0, 0));
    await frame.locator(`${ROWS}[aria-rowindex="2"]`).waitFor();
  });

  it('goes from row to row by key, and past the rows that were drawn at first', async () => {
    await frame.locator('body').press('j');
    for (let i = 0; i < 70; i++) await page.keyboard.press('j');
    const focused = () => frame.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex'));
    assert.ok(Number(await focused()) > 50, String(await focused()));
  });

  it('lists the tests of a band whose bar is pressed, of a rule, and of a search', async () => {
    await frame.locator('.distribution button', { hasText: 'Weak' }).click();
    assert.match(await status(), /^\d[\d,]* of 3,000 tests/);
    assert.equal(await frame.locator('.distribution [aria-pressed="true"]').count(), 1);
    await frame.getByLabel('Finding').selectOption('conditional-assertion');
    await frame.getByLabel('Search tests').fill('payments part-07');
    const found = await titles();
    assert.ok(found.length > 0 && found.every((title) => /payments.*order 7\d/.test(title)), found.join('\n'));
    await screenshot(page, path.join(PICTURES, 'test-audit-filtered-dark.png'));
  });

  it('comes back as it was left, also when the window is loaded anew', async () => {
    const before = await status();
    await openFile(page, 'src/add.js');
    await page.locator('.tab', { hasText: 'Test Audit' }).click();
    frame = await webviewFrame(page, ROWS);
    assert.equal(await status(), before);
    frame = await webviewAfterReload(page, ROWS, 'payments part-07');
    assert.equal(await status(), before);
    await frame.locator('button', { hasText: 'Show all' }).click();
    assert.equal(await status(), '3,000 tests, weakest first');
  });

  it('lists what is wrong by rule', async () => {
    await tab('Findings');
    await frame.locator('.rule', { hasText: 'An assertion that may never run' }).click();
    assert.equal(await frame.locator('.places li').count(), 100);
    await frame.locator('button', { hasText: 'Show 100 more' }).click();
    assert.equal(await frame.locator('.places li').count(), 200);
    await frame.evaluate(() => window.scrollTo(0, 0));
    await shoot('findings');
  });

  it('says of what is not known how to get it', async () => {
    await tab('False positives');
    await frame.locator('h2', { hasText: 'Not known yet' }).waitFor();
    assert.equal(await frame.locator('button', { hasText: 'Run the tests for it' }).count(), 1);
    await screenshot(page, path.join(PICTURES, 'test-audit-false-positives-unknown-dark.png'));
    await tab('Critical paths');
    await frame.locator('.matrix td', { hasText: 'src/add.js' }).waitFor();
    await frame.locator('.matrix p', { hasText: 'Nothing of it has been judged' }).waitFor();
    await screenshot(page, path.join(PICTURES, 'test-audit-paths-unknown-dark.png'));
  });

  it('follows a test that is saved', async () => {
    await tab('Tests');
    write(workspace, 'test/cart/part-000.test.js', "import { it } from 'vitest';\nit('is alone', () => {\n  connect();\n});\n");
    await frame.locator('.numbers', { hasText: '2,981' }).waitFor();
  });

  it('opens a test that is pressed', async () => {
    await frame.getByLabel('Search tests').fill('is alone');
    await frame.locator(`${ROWS} [data-item]`, { hasText: 'is alone' }).click();
    await page.locator('.tabs-container .tab.active', { hasText: 'part-000.test.js' }).waitFor();
    await page.locator('.view-line', { hasText: "it('is alone'" }).first().waitFor();
  });

  it('is opened from the lens over a test file, with its tests', async () => {
    await (await codeLens(page, 'Open the test audit')).click();
    frame = await webviewFrame(page, ROWS);
    await frame.locator('[role="status"]', { hasText: '1 of 2,981 tests' }).waitFor();
  });

  it('lists what is only hinted at apart from the findings, and counts it nowhere else', async () => {
    await tab('Hints');
    await frame.locator('[role="tab"][aria-selected="true"]', { hasText: /Hints\s+1\b/ }).waitFor();
    await frame.locator('.rule', { hasText: 'A test that checks nothing' }).click();
    assert.match(await frame.locator('.places li').innerText(), /^test\/cart\/part-000\.test\.js:2 This test checks nothing/);
    await screenshot(page, path.join(PICTURES, 'test-audit-one-hint-dark.png'));
    await tab('Findings');
    await frame.locator('.rule', { hasText: 'A test that checks nothing' }).waitFor();
    assert.equal(await frame.locator('.places li', { hasText: 'part-000' }).count(), 0);
    await tab('Tests');
  });

  it('has room for what will be known', async () => {
    await frame.locator('button', { hasText: 'Show all' }).click();
    const message: ToAuditView = { kind: 'results', canProve: true, packages: [full('shop'), full('worker')] };
    // Before each picture: what was read when the view was opened may come late.
    const fill = async () => {
      await frame.evaluate((data) => void window.dispatchEvent(new MessageEvent('message', { data })), message);
      await frame.locator('.package select').waitFor();
    };
    for (const [name, picture] of [
      ['Tests', 'full'],
      ['Hints', 'hints'],
      ['False positives', 'false-positives'],
      ['Critical paths', 'paths'],
    ] as const) {
      await tab(name);
      await screenshots(page, PICTURES, `test-audit-${picture}`, fill);
    }
  });
});

/** A package of which everything is known. */
function full(name: string): AuditedPackage {
  // The last one is what the tests below come to.
  const trend = [40.9, 41.2, 42.7, 42, 44.6, 46.9, 46.5, 49.1, 50].map((strength, index, { length }) => {
    const before = length - 1 - index;
    return pointOf(index * 3 + 1, {
      strength,
      tests: 3000 - before * 35,
      findings: 849 + before * 11 + (index === 5 ? 25 : 0),
      bands: { 'execution only': 586 + before * 9, weak: 859 + before * 21, behaviour: 844, comprehensive: 561 - before * 60 },
    });
  });
  const tests = (file: number) =>
    Array.from({ length: 20 }, (_, test) => {
      const strength = ((file + 3) * (test + 7) * 13) % 101;
      const state = test === 7 ? 'skipped' : 'run';
      const rules = strength <= 20 ? (['no-assertion'] as const) : test === 3 ? (['conditional-assertion', 'broad-throws'] as const) : [];
      return testOf(`Cart > with ${file} articles > adds up what they cost, in ${test} parts`, strength, {
        state,
        rules: [...rules],
        assertions: strength <= 20 ? 0 : 1 + Math.floor(strength / 20),
      });
    });
  return packageOf(
    name,
    Array.from({ length: 150 }, (_, file) =>
      withHints(fileOf(`test/cart/articles-${file}.test.ts`, tests(file)), file % 9 === 0 ? ['conditional-assertion', 'no-assertion'] : []),
    ),
    {
      trend,
      falsePositives: [
        falsePositiveOf('checkout > charges the card of the customer', { priority: 'critical', functions: ['charge', 'Ledger.book', 'toCents'] }),
        falsePositiveOf('search > finds what is spelled wrongly', { priority: 'low', breakages: 1, functions: ['distance'] }),
        falsePositiveOf(
          'invoices > when an order is split over several deliveries > writes an invoice for each of them with its own number and date',
          {
            priority: 'high',
            path: 'test/invoices/split-deliveries.test.js',
            functions: ['Invoice.of', 'numberAfter'],
          },
        ),
        falsePositiveOf('takes no offence at an empty cart'),
      ],
      gaps: [
        gapOf('Sign in', { risk: 'low', functions: { reached: 12, all: 12 }, strength: 83, killRate: 94.2, sentence: 'Tests watch over all of it.' }),
        gapOf('Payment', {
          risk: 'critical',
          pseudoTested: ['charge', 'Ledger.book'],
          killRate: 31,
          sentence: 'Tests run most of it, and would miss what it books.',
        }),
        gapOf('src/export/ledger.ts', {
          origin: 'found',
          risk: 'high',
          strength: null,
          killRate: null,
          functions: { reached: 0, all: 5 },
          sentence: 'No test reaches it.',
        }),
        gapOf('Refunds', {
          risk: 'unknown',
          functions: null,
          strength: null,
          killRate: null,
          uri: null,
          range: null,
          sentence: 'The project names it, and no code was found for it.',
        }),
      ],
    },
  );
}
