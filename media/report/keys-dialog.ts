import { html, type TemplateResult } from 'lit';
import type { KeyHelp } from './keys.ts';
import { icon } from './status.ts';

/** The keys, in a dialog that {@link syncDialog} opens and closes. */
export function keysDialog(keys: readonly KeyHelp[], closed: () => void): TemplateResult {
  return html`<dialog aria-labelledby="keys-heading" @close=${closed}>
    <form method="dialog">
      <h2 id="keys-heading">Keys</h2>
      <button class="icon-button" aria-label="Close" title="Close (Esc)">${icon('close')}</button>
    </form>
    <dl>
      ${keys.map(({ keys, does }) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`)}
    </dl>
  </dialog>`;
}

/** Opens or closes the dialog: only a method can make one modal. */
export function syncDialog(shown: boolean): void {
  const dialog = document.querySelector('dialog');
  if (dialog === null || dialog.open === shown) return;
  if (shown) dialog.showModal();
  else dialog.close();
}
