import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { FileDetail } from '../../server/protocol.ts';
import { isShown } from './filter.ts';
import { outline } from './outline.ts';
import type { Dispatch } from './reducer.ts';
import { sourceView } from './source-view.ts';
import type { State } from './state.ts';
import { icon } from './status.ts';

/** The source of the open file with its mutants, and its functions beside it. */
export function fileView(state: State, dispatch: Dispatch): TemplateResult {
  const { detail } = state;
  if (detail === undefined) return html`<p class="secondary nothing-found" role="status">Loading…</p>`;
  return html`<div class="file ${state.outline ? 'with-outline' : ''}">
    ${state.outline ? guard([detail], () => outline(detail, dispatch)) : nothing}
    <div class="source-column">
      <h2 class="hidden">Source</h2>
      ${noneShown(state, detail)} <div class="source-scroller">${sourceView(state, detail, dispatch)}</div>
    </div>
  </div>`;
}

function noneShown(state: State, detail: FileDetail): TemplateResult | typeof nothing {
  if (detail.mutants.some((mutant) => isShown(mutant, state))) return nothing;
  const { counts } = detail.summary;
  if (state.mutantFilter === '' && counts.Survived + counts.NoCoverage === 0) {
    return html`<p class="note">${icon('pass')} Nothing survived: tests noticed every mutant of this file that counts.</p>`;
  }
  return html`<p class="note">${icon('filter')} No mutant passes the filters.</p>`;
}
