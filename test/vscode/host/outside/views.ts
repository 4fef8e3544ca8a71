import type { Frame, Page } from 'playwright-core';
import { keyModifier, poll, waitMs } from './waiting.ts';
import { runCommand } from './workbench.ts';

export interface Problem {
  readonly severity: 'error' | 'warning' | 'info' | 'other';
  readonly text: string;
}

/** Opens the Problems view and reads its rows as soon as there are `atLeast` of them (files are not counted). */
export async function problems(page: Page, atLeast = 1): Promise<Problem[]> {
  await showPanel(page, '.markers-panel', 'View: Focus Problems (Errors, Warnings, Infos)', 'Problems: Focus on Problems View');
  const rows = page.locator('.markers-panel .monaco-list-row:has(.marker-icon)');
  await poll(`${atLeast} rows in the Problems view`, async () => (await rows.count()) >= atLeast);
  return rows.evaluateAll((elements) =>
    elements.map((row) => {
      const icon = row.querySelector('.marker-icon')?.className ?? row.querySelector('.codicon')?.className ?? '';
      const severity = (['error', 'warning', 'info'] as const).find((name) => icon.includes(name)) ?? 'other';
      return { severity, text: (row.textContent ?? '').replace(/\s+/g, ' ').trim() };
    }),
  );
}

async function showPanel(page: Page, selector: string, ...commands: string[]): Promise<void> {
  const view = page.locator(selector).first();
  if (await view.isVisible()) return;
  // The title of this command has changed between versions; its key has not.
  await page.keyboard.press('Escape');
  await page.keyboard.press(`${keyModifier}+Shift+M`);
  if (
    await view.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    )
  )
    return;
  for (const command of commands) {
    if (
      await runCommand(page, command).then(
        () => true,
        () => false,
      )
    )
      break;
  }
  await view.waitFor({ timeout: waitMs });
}

/** The frame with a webview's own document: the first that has an element for `selector`. */
export async function webviewFrame(page: Page, selector = 'body', timeoutMs = waitMs): Promise<Frame> {
  return poll(
    `a webview with ${selector}`,
    async () => {
      for (const frame of page.frames()) {
        // The outer frame is index.html; it writes the extension's document into fake.html.
        if (!/\/webview\/browser\/pre\/fake\.html/.test(frame.url())) continue;
        if ((await countOf(frame, selector)) > 0) return frame;
      }
      return undefined;
    },
    timeoutMs,
  );
}

/** How many elements there are; none in a frame that does not answer, as one whose window is being loaded anew may not. */
async function countOf(frame: Frame, selector: string): Promise<number> {
  const silent = new Promise<number>((done) => setTimeout(done, 2000, 0));
  const count = frame.locator(selector).count();
  return Promise.race([count.catch(() => 0), silent]);
}

/** The text of a status bar item, by the beginning of its DOM id ("publisher.extension.item"), or of all of them. */
export async function statusBarText(page: Page, idContains?: string): Promise<string> {
  const item =
    idContains === undefined ? page.locator('.part.statusbar') : page.locator(`.part.statusbar .statusbar-item[id*="${idContains}"]`).first();
  await item.waitFor({ timeout: waitMs });
  return (await item.innerText()).replace(/\s+/g, ' ').trim();
}

/** Opens a view container by its label in the activity bar. */
export async function openViewContainer(page: Page, label: string): Promise<void> {
  const icon = page.locator('.part.activitybar .action-item', { has: page.locator(`[aria-label^="${label}"]`) }).first();
  await icon.waitFor({ timeout: waitMs });
  const title = page.locator('.part.sidebar .composite.title', { hasText: new RegExp(label, 'i') });
  if (!(await title.isVisible())) await icon.click();
  await title.waitFor({ timeout: waitMs });
}

/** The labels of a tree view's rows, by the view's title, once there are any. */
export async function treeRows(page: Page, viewTitle: string): Promise<string[]> {
  const tree = page.locator(`.part.sidebar [role="tree"][aria-label^="${viewTitle}"], .part.panel [role="tree"][aria-label^="${viewTitle}"]`).first();
  const rows = tree.locator('.monaco-list-row');
  await rows.first().waitFor({ timeout: waitMs });
  return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
}
