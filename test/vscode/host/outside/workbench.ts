import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, type PageSession } from '../browser.ts';
import type { Host, PageOptions } from '../host.ts';
import { type ThemeKind, themeClass, themes } from './themes.ts';
import { pick, poll } from './waiting.ts';

export interface Workbench extends PageSession {
  /** Seconds until the window was drawn, and until the extension host's contributions were there. */
  readonly drawnSeconds: number;
}

/** Opens the workbench and waits until it is drawn and its remote connection stands. */
export async function openWorkbench(host: Host, options: PageOptions = {}): Promise<Workbench> {
  const session = await openBrowser(host.installation.chromium);
  try {
    const start = performance.now();
    await session.page.goto(host.pageUrl(options), { waitUntil: 'domcontentloaded', timeout: 120_000 });
    await session.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 120_000 });
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
