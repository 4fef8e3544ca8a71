import type { Locator, Page } from 'playwright-core';

/** How long something may take that a person waits for. */
export const waitMs = 20_000;
export const keyModifier = 'Control';

/** The quick input, where it is open. */
export function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** Polls until a check gives something else than undefined or false. */
export async function poll<T>(what: string, check: () => Promise<T | undefined | false>, timeoutMs = waitMs): Promise<T> {
  for (const until = performance.now() + timeoutMs; ; ) {
    const found = await check();
    if (found !== undefined && found !== false) return found as T;
    if (performance.now() > until) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Fills the quick input and takes the entry whose label is `label`; waits for the entry when it comes late. */
export async function pick(page: Page, filter: string, label: string | RegExp, timeoutMs = waitMs): Promise<void> {
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

/** Matches a text, but for white space around it. */
export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
