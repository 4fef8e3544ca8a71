import type { Frame, Page } from 'playwright-core';
import { webviewFrame } from './views.ts';
import { poll } from './waiting.ts';

/** In a browser VS Code stores what is open every five seconds, when it has nothing else to do, and not when the window ends. */
const STORED_MS = 60_000;
const RELOADED_MS = 60_000;

/**
 * Loads the window anew once VS Code has stored that an editor with such a text in its state is shown, and gives the webview of it that has such an element.
 * Without the wait a window may come back with another editor in front, in which no webview is drawn.
 */
export async function webviewAfterReload(page: Page, selector: string, state: string): Promise<Frame> {
  await poll(
    `VS Code to store that ${state} is shown`,
    async () => (await storedEditors(page)).some((stored) => shownEditor(stored)?.includes(state)),
    STORED_MS,
  );
  await page.reload();
  return webviewFrame(page, selector, RELOADED_MS);
}

/** A part of what VS Code's editor part stores of itself. */
interface StoredEditors {
  readonly 'editorpart.state'?: { readonly serializedGrid: { readonly root: StoredGroup | StoredGrid } };
}
interface StoredGrid {
  readonly type: 'branch';
  readonly data: readonly (StoredGroup | StoredGrid)[];
}
interface StoredGroup {
  readonly type: 'leaf';
  readonly data: { readonly editors: readonly { readonly value: string }[]; readonly mru: readonly number[] };
}

/** The state of the editor that the first group shows. */
function shownEditor(stored: StoredEditors): string | undefined {
  let part = stored['editorpart.state']?.serializedGrid.root;
  while (part?.type === 'branch') part = part.data[0];
  return part?.data.editors[part.data.mru[0] ?? 0]?.value;
}

/** What VS Code has stored of the editors of its windows. */
async function storedEditors(page: Page): Promise<StoredEditors[]> {
  const texts = await page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    const found: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('vscode-web-state-db')) continue;
      const database = await answer(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const text: unknown = await answer(database.transaction(store).objectStore(store).get('memento/workbench.parts.editor'));
        if (typeof text === 'string') found.push(text);
      }
      database.close();
    }
    return found;
  });
  return texts.map((text) => JSON.parse(text) as StoredEditors);
}
