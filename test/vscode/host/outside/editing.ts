import type { Locator, Page } from 'playwright-core';
import { notification, toasts } from './messages.ts';
import { exactly, keyModifier, pick, poll, quickInput, waitMs } from './waiting.ts';

/** Opens a file of the workspace through quick open, again where the list was drawn anew under the press, and waits for its text. */
export async function openFile(page: Page, name: string): Promise<void> {
  const base = name.split('/').at(-1)!;
  const tab = page.locator('.tabs-container .tab.active').filter({ hasText: base });
  await poll(
    `quick open to open ${name}`,
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press(`${keyModifier}+P`);
      try {
        await pick(page, name, exactly(base), 1500);
        await tab.waitFor({ timeout: 5000 });
        return true;
      } catch {
        return false;
      }
    },
    60_000,
  );
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
