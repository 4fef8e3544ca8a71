/** Empties what a browser-like environment holds, which a test file of its own process would find empty. */
export function emptyDocument({ document, localStorage, sessionStorage }: Partial<typeof globalThis>): void {
  if (!document) return;
  document.head?.replaceChildren();
  document.body?.replaceChildren();
  localStorage?.clear();
  sessionStorage?.clear();
}
