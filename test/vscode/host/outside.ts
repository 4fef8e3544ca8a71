// Drives the workbench from the outside, as a person would, with Playwright.

import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { openBrowser, type PageSession } from './browser.ts';
import type { Host, PageOptions } from './host.ts';

const waitMs = 20_000;
const keyModifier = 'Control';

export interface Workbench extends PageSession {
  /** Seconds until the window was drawn, and until the extension host's contributions were there. */
  readonly drawnSeconds: number;
}

/** Opens the workbench and waits until it is drawn and its remote connection stands. */
export async function openWorkbench(host: Host, options: PageOptions = {}): Promise<Workbench> {
  const session = await openBrowser(host.installation.chromium);
  try {
    const start = performance.now();
    await session.page.goto(host.pageUrl(options), { waitUntil: 'domcontentloaded' });
    await session.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await session.page.locator('#status\\.host').waitFor({ timeout: 60_000 });
    // Before the user's theme is read, the workbench is drawn in one of its own choice.
    const kind = configuredTheme(host);
    if (kind !== undefined) await session.page.locator(`.monaco-workbench.${themeClass[kind]}[class*="-themes-"]`).waitFor({ timeout: 60_000 });
    return { ...session, drawnSeconds: (performance.now() - start) / 1000 };
  } catch (error) {
    await session.close();
    throw error;
  }
}

function configuredTheme(host: Host): ThemeKind | undefined {
  const settings = JSON.parse(readFileSync(join(host.userDataDir, 'User', 'settings.json'), 'utf8')) as Record<string, unknown>;
  return (Object.keys(themes) as ThemeKind[]).find((kind) => themes[kind] === settings['workbench.colorTheme']);
}

function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** Polls until a check gives something else than undefined or false. */
async function poll<T>(what: string, check: () => Promise<T | undefined | false>, timeoutMs = waitMs): Promise<T> {
  for (const until = performance.now() + timeoutMs; ; ) {
    const found = await check();
    if (found !== undefined && found !== false) return found as T;
    if (performance.now() > until) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Fills the quick input and takes the entry whose label is `label`; waits for the entry when it comes late. */
async function pick(page: Page, filter: string, label: string | RegExp, timeoutMs = waitMs): Promise<void> {
  const widget = quickInput(page);
  const input = widget.locator('.quick-input-filter input.input');
  await input.waitFor({ timeout: timeoutMs });
  await input.fill(filter);
  const entry = widget
    .locator('.quick-input-list .monaco-list-row')
    .filter({ has: page.locator('.label-name', { hasText: typeof label === 'string' ? exactly(label) : label }) })
    .first();
  await entry.waitFor({ timeout: timeoutMs });
  await entry.click();
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** Runs a command by its title, "Category: Title", through the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await poll(
    `the command palette to offer “${title}”`,
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      // A command of an extension that VS Code has not read yet is not there: close and ask again.
      return pick(page, `>${title}`, title, 2000).then(
        () => true,
        () => false,
      );
    },
    40_000,
  );
}

/** Opens a file of the workspace through quick open and waits for its text. */
export async function openFile(page: Page, name: string): Promise<void> {
  await poll(
    `quick open to find ${name}`,
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press(`${keyModifier}+P`);
      return pick(page, name, exactly(name.split('/').at(-1)!), 1500).then(
        () => true,
        () => false,
      );
    },
    40_000,
  );
  const base = name.split('/').at(-1)!;
  await page.locator('.tabs-container .tab.active').filter({ hasText: base }).waitFor({ timeout: waitMs });
  await editor(page).locator('.view-line').first().waitFor({ timeout: waitMs });
}

/** The editor with the focus, otherwise the first one. */
export function editor(page: Page): Locator {
  return page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
}

/** Waits for a code lens and returns its link. */
export async function codeLens(page: Page, text: string | RegExp, timeoutMs = waitMs): Promise<Locator> {
  const lens = page.locator('.codelens-decoration a', { hasText: text }).first();
  await lens.waitFor({ timeout: timeoutMs });
  return lens;
}

/**
 * Clicks a code lens until a notification says that it did something, as a person would: a lens that is drawn anew between the press and the release of
 * the mouse is not clicked. Then waits for a notification that contains `text`; in vain, it says which there are.
 */
export async function clickCodeLens(page: Page, lens: string | RegExp, title: string | RegExp, text: string | RegExp): Promise<void> {
  await poll(
    `a notification after a click on “${lens}”`,
    async () => {
      await (await codeLens(page, lens)).click();
      return notification(page, title, 10_000).then(
        () => true,
        () => false,
      );
    },
    90_000,
  ).catch(async (error: unknown) => {
    throw new Error(`${String(error)} There are only: ${(await toasts(page).allInnerTexts()).join(' | ')}`, { cause: error });
  });
  await notification(page, text, 60_000).catch(async (error: unknown) => {
    throw new Error(`Of ${text} there is no notification, only: ${(await toasts(page).allInnerTexts()).join(' | ')}`, { cause: error });
  });
}

/** Puts the cursor on a line and column (from 1), scrolling there. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press(`${keyModifier}+G`);
  const input = quickInput(page).locator('.quick-input-filter input.input');
  await input.waitFor({ timeout: waitMs });
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await quickInput(page).waitFor({ state: 'hidden', timeout: waitMs });
}

/** Rests the mouse on a position of the active editor and returns the hover's text. */
export async function hoverText(page: Page, line: number, column: number, expected: string | RegExp = /\S/): Promise<string> {
  await goTo(page, line, column);
  const cursor = editor(page).locator('.cursors-layer .cursor').first();
  return poll(`a hover at ${line}:${column}`, async () => {
    const box = await cursor.boundingBox();
    if (box === null) return undefined;
    // Away and back: a mouse that does not move raises no hover.
    await page.mouse.move(box.x + 300, box.y + 150);
    await page.mouse.move(box.x + 2, box.y + box.height / 2, { steps: 4 });
    const hover = page.locator('.monaco-hover:not(.hidden):visible', { hasText: expected }).first();
    return hover.waitFor({ timeout: 2500 }).then(
      () => hover.innerText(),
      () => undefined,
    );
  });
}

/** Opens the menu of quick fixes at a position and returns its entries. A key that comes while the editor is not yet the one with the focus opens nothing: it is pressed again. */
export async function quickFixes(page: Page, line: number, column: number): Promise<Locator> {
  const entries = page.locator('.action-widget .monaco-list-row.action');
  await poll(
    `quick fixes at ${line}:${column}`,
    async () => {
      await goTo(page, line, column);
      await page.keyboard.press(`${keyModifier}+.`);
      return entries
        .first()
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
    },
    30_000,
  );
  return entries;
}

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

/** Waits for a notification that contains a text. */
export async function notification(page: Page, text: string | RegExp, timeoutMs = waitMs): Promise<Locator> {
  const toast = toasts(page).filter({ hasText: text }).first();
  await toast.waitFor({ timeout: timeoutMs });
  return toast;
}

function toasts(page: Page): Locator {
  return page.locator('.notifications-toasts .notification-list-item');
}

export async function clickNotificationButton(page: Page, text: string | RegExp, button: string): Promise<void> {
  const toast = await notification(page, text);
  // The buttons of a toast are there, but hidden, until it has the mouse or the focus.
  await toast.hover();
  await toast.locator('.notification-list-item-buttons-container .monaco-button', { hasText: exactly(button) }).click({ timeout: waitMs });
  await toast.waitFor({ state: 'detached', timeout: waitMs });
}

/** The text of a modal dialog, as soon as there is one. */
export async function dialogText(page: Page, timeoutMs = waitMs): Promise<string> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor({ timeout: timeoutMs });
  return dialog.innerText();
}

export async function clickDialogButton(page: Page, button: string | RegExp): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog
    .locator('.dialog-buttons .monaco-button', { hasText: typeof button === 'string' ? exactly(button) : button })
    .first()
    .click({ timeout: waitMs });
  await dialog.waitFor({ state: 'detached', timeout: waitMs });
}

/** The frame with a webview's own document: the first that has an element for `selector`. */
export async function webviewFrame(page: Page, selector = 'body', timeoutMs = waitMs): Promise<Frame> {
  return poll(
    `a webview with ${selector}`,
    async () => {
      for (const frame of page.frames()) {
        // The outer frame is index.html; it writes the extension's document into fake.html.
        if (!/\/webview\/browser\/pre\/fake\.html/.test(frame.url())) continue;
        if (
          (await frame
            .locator(selector)
            .count()
            .catch(() => 0)) > 0
        )
          return frame;
      }
      return undefined;
    },
    timeoutMs,
  );
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

export const themes = { light: 'Light Modern', dark: 'Dark Modern', 'high-contrast': 'Dark High Contrast' } as const;
export type ThemeKind = keyof typeof themes;
const themeClass: Record<ThemeKind, string> = { light: 'vs', dark: 'vs-dark', 'high-contrast': 'hc-black' };

export async function switchTheme(page: Page, kind: ThemeKind): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await pick(page, themes[kind], themes[kind]);
  await quickInput(page).waitFor({ state: 'hidden', timeout: waitMs });
  await page.locator(`.monaco-workbench.${themeClass[kind]}`).waitFor({ timeout: waitMs });
  // Webviews get the theme by a message.
  for (const frame of page.frames()) {
    if (!frame.url().includes('/webview/browser/pre/fake.html')) continue;
    const wanted = { light: 'vscode-light', dark: 'vscode-dark', 'high-contrast': 'vscode-high-contrast' }[kind];
    await frame
      .locator(`body.${wanted}`)
      .waitFor({ timeout: waitMs })
      .catch((error: unknown) => {
        if (!frame.isDetached()) throw error;
      });
  }
}

/** Everything still: no progress bar, no quick input, no hover by accident. */
export async function settle(page: Page): Promise<void> {
  await page
    .locator('.monaco-progress-container.active')
    .first()
    .waitFor({ state: 'hidden', timeout: 5000 })
    .catch(() => undefined);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** One picture of 1400 × 900 per theme: `<dir>/<name>-<theme>.png`; `again` brings back what changing the theme closed. Ends in the dark theme. */
export async function screenshots(page: Page, dir: string, name: string, again?: () => Promise<void>): Promise<string[]> {
  const files: string[] = [];
  for (const kind of ['light', 'high-contrast', 'dark'] as const) {
    await switchTheme(page, kind);
    await again?.();
    await settle(page);
    files.push(await screenshot(page, join(dir, `${name}-${kind}.png`)));
  }
  return files;
}

export async function screenshot(page: Page, file: string): Promise<string> {
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled' });
  return file;
}
