import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ThemeKind, themeClass, themes } from './themes.ts';
import { pick, quickInput, waitMs } from './waiting.ts';
import { runCommand } from './workbench.ts';

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
