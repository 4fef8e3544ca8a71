import { html, type TemplateResult } from 'lit';
import { KEYS } from './keys.ts';
import type { Dispatch } from './reducer.ts';
import { icon } from './status.ts';

/** The keys, in a dialog that {@link syncDialog} opens and closes. */
export function keysDialog(dispatch: Dispatch): TemplateResult {
  return html`<dialog aria-labelledby="keys-heading" @close=${() => dispatch({ kind: 'showKeys', shown: false })}>
    <form method="dialog">
      <h2 id="keys-heading">Keys</h2>
      <button class="icon-button" aria-label="Close" title="Close (Esc)">${icon('close')}</button>
    </form>
    <dl>
      ${KEYS.map(({ keys, does }) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`)}
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
