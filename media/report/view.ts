import { html, nothing, type TemplateResult } from 'lit';
import { fileHeader } from './file-header.ts';
import { fileTable } from './file-table.ts';
import { fileView } from './file-view.ts';
import { count } from './format.ts';
import { KEYS } from './keys.ts';
import { keysDialog } from './keys-dialog.ts';
import { packageHeader } from './package-header.ts';
import { progressView } from './progress-view.ts';
import type { Dispatch } from './reducer.ts';
import { currentFile, currentPackage, type State, type Tab } from './state.ts';
import { icon } from './status.ts';
import { weakTests } from './weak-tests.ts';

/** The whole page. */
export function view(state: State, now: number, dispatch: Dispatch): TemplateResult {
  const file = currentFile(state);
  return html`<div class="top">${progressView(state.runs)} ${file ? fileHeader(state, file, now, dispatch) : nothing}</div>
    ${file ? fileView(state, dispatch) : packageView(state, now, dispatch)} ${keysDialog(KEYS, () => dispatch({ kind: 'showKeys', shown: false }))}
    <p class="hidden" aria-live="polite">${state.announcement}</p>`;
}

function packageView(state: State, now: number, dispatch: Dispatch): TemplateResult | typeof nothing {
  const chosen = currentPackage(state);
  if (state.packages === undefined) return nothing;
  if (chosen === undefined) return noResults;
  const panel = state.tab === 'files' ? fileTable(state, chosen, now, dispatch) : weakTests(chosen, dispatch);
  return html`<div class="list">
    ${packageHeader(state, chosen, now, dispatch)}
    <div class="tabs" role="tablist" @keydown=${moveTab}>
      ${tab('files', 'Files', chosen.files.length, state, dispatch)} ${tab('tests', 'Weakest tests', chosen.weakestTests.length, state, dispatch)}
    </div>
    <section id="panel" role="tabpanel" aria-labelledby=${`tab-${state.tab}`}>${panel}</section>
  </div>`;
}

const noResults = html`<div class="empty">
  ${icon('beaker')}
  <h1>No results yet</h1>
  <p>Open a source file and choose <b>Run mutation testing on this file</b>.</p>
  <p class="secondary">Assay changes the code in small ways, one at a time, and reports each change that no test notices.</p>
</div>`;

function tab(name: Tab, label: string, number: number, state: State, dispatch: Dispatch): TemplateResult {
  const selected = state.tab === name;
  return html`<button
    id=${`tab-${name}`}
    role="tab"
    aria-selected=${selected}
    aria-controls="panel"
    tabindex=${selected ? 0 : -1}
    @click=${() => dispatch({ kind: 'chooseTab', tab: name })}
  >
    ${label} <span class="tab-count">${count(number)}</span>
  </button>`;
}

function moveTab(event: KeyboardEvent): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const other = (event.currentTarget as Element).querySelector<HTMLElement>('[aria-selected="false"]');
  other?.click();
  other?.focus();
}
