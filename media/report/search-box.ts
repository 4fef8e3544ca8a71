import { html, type TemplateResult } from 'lit';
import { icon } from './status.ts';

/** A text filter; `/` takes the focus there. */
export function searchBox(label: string, text: string, change: (text: string) => void): TemplateResult {
  return html`<div class="search" role="search">
    ${icon('filter')}
    <input
      type="search"
      data-filter
      spellcheck="false"
      autocomplete="off"
      placeholder=${`${label} (/)`}
      aria-label=${label}
      .value=${text}
      @input=${(event: InputEvent) => change((event.target as HTMLInputElement).value)}
    />
  </div>`;
}
