// Headless Chromium through playwright-core.

import { type Browser, chromium, type Page } from 'playwright-core';

export interface PageSession {
  readonly browser: Browser;
  readonly page: Page;
  /** Console messages and page errors of the workbench, newest last, without the noise of being offline. */
  readonly messages: string[];
  close(): Promise<void>;
}

/** What a workbench on plain http and without internet always says. */
const offlineNoise =
  /%c INFO|ServiceWorker|fetching the script|same-origin iframe|allow-same-origin|net::ERR_|Failed to fetch|marketplace|gallery|telemetry|vscode-cdn|open-vsx|GPU stall|WebGL|the server responded with a status of 404/i;

export async function openBrowser(executablePath: string, viewport = { width: 1400, height: 900 }): Promise<PageSession> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 1,
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
    colorScheme: 'dark',
  });
  const page = await context.newPage();
  const messages: string[] = [];
  const note = (line: string): void => {
    if (!offlineNoise.test(line)) messages.push(line.split('\n').slice(0, 6).join('\n'));
  };
  page.on('console', (message) => note(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => note(`[pageerror] ${error.message}`));
  // A workbench with unsaved editors asks before it is left.
  page.on('dialog', (dialog) => {
    void dialog.accept().catch(() => undefined);
  });
  return { browser, page, messages, close: () => browser.close() };
}
