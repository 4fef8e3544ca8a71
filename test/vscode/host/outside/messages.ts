import type { Locator, Page } from 'playwright-core';
import { exactly, waitMs } from './waiting.ts';

/** Waits for a notification that contains a text. */
export async function notification(page: Page, text: string | RegExp, timeoutMs = waitMs): Promise<Locator> {
  const toast = toasts(page).filter({ hasText: text }).first();
  await toast.waitFor({ timeout: timeoutMs });
  return toast;
}

/** All notifications that are shown. */
export function toasts(page: Page): Locator {
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
