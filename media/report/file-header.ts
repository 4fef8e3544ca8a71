import { html, nothing, type TemplateResult } from 'lit';
import type { FileDetail, FileSummary } from '../../server/protocol.ts';
import { isShown } from './filter.ts';
import { ago, count, counted, exactly, percent } from './format.ts';
import type { Dispatch } from './reducer.ts';
import { searchBox } from './search-box.ts';
import type { State } from './state.ts';
import { icon, LOOKS, STATUS_ORDER, statusIcon } from './status.ts';

/** The name of the open file, what can be done with it, and which of its mutants are shown. */
export function fileHeader(state: State, file: FileSummary, now: number, dispatch: Dispatch): TemplateResult {
  return html`<header class="file-header">
    <div class="file-title">
      <button class="icon-button" title="All files (Esc)" aria-label="All files" @click=${() => dispatch({ kind: 'closeFile' })}>${icon('arrow-left')}</button>
      <h1 tabindex="-1">${file.path}</h1>
      <span class="file-score" title="Mutation score">${percent(file.score)}</span>
      <span class="secondary judged" title=${exactly(file.judgedAt)}>judged ${ago(file.judgedAt, now)}</span>
      <span class="stretch"></span>
      ${fileActions(file, dispatch)}
    </div>
    ${state.detail === undefined ? nothing : filters(state, state.detail, dispatch)}
  </header>`;
}

function fileActions(file: FileSummary, dispatch: Dispatch): TemplateResult {
  const { uri } = file;
  const open = () => dispatch({ kind: 'send', message: { kind: 'open', uri, position: { line: 0, column: 0 } } });
  const run = () => dispatch({ kind: 'send', message: { kind: 'mutate', uri } });
  return html`<button class="button secondary-button" @click=${open}>${icon('go-to-file')} Open in editor</button>
    <button class="button" @click=${run}>${icon('debug-rerun')} Run again</button>`;
}

function filters(state: State, detail: FileDetail, dispatch: Dispatch): TemplateResult {
  const shown = detail.mutants.filter((mutant) => isShown(mutant, state)).length;
  const expanded = state.expanded.length > 0;
  return html`<div class="file-tools">
    <div class="chips" role="group" aria-label="Statuses to show">
      ${STATUS_ORDER.map((status) => chip(status, state, detail.summary.counts[status], dispatch))}
      ${suppressedChip(state, detail.summary.suppressed, dispatch)}
    </div>
    ${searchBox('Filter mutants', state.mutantFilter, (text) => dispatch({ kind: 'filterMutants', text }))}
    <span class="secondary" role="status">${count(shown)} of ${counted(detail.mutants.length, 'mutant')}</span>
    <span class="stretch"></span>
    <div class="view-buttons" role="group" aria-label="View">
      ${toggle('Whole file', 'file-code', state.wholeFile, () => dispatch({ kind: 'toggleWholeFile' }))}
      ${toggle('Functions', 'list-tree', state.outline, () => dispatch({ kind: 'toggleOutline' }))}
      <button class="icon-button" title=${expanded ? 'Collapse all mutants' : 'Expand all mutants'} aria-label=${expanded ? 'Collapse all mutants' : 'Expand all mutants'} @click=${() => dispatch({ kind: 'toggleAll' })}>
        ${icon(expanded ? 'collapse-all' : 'expand-all')}
      </button>
      <button class="icon-button" title="Keys (?)" aria-label="Keys" @click=${() => dispatch({ kind: 'showKeys', shown: true })}>${icon('keyboard')}</button>
    </div>
  </div>`;
}

function chip(status: (typeof STATUS_ORDER)[number], state: State, number: number, dispatch: Dispatch): TemplateResult | typeof nothing {
  const pressed = state.statuses.includes(status);
  if (number === 0 && !pressed) return nothing;
  return html`<button class="chip" aria-pressed=${pressed} title=${LOOKS[status].meaning} @click=${() => dispatch({ kind: 'toggleStatus', status })}>
    ${statusIcon(status)} ${LOOKS[status].label} <b>${count(number)}</b>
  </button>`;
}

function suppressedChip({ suppressed }: State, number: number, dispatch: Dispatch): TemplateResult | typeof nothing {
  if (number === 0) return nothing;
  const meaning = 'Of those above: not worth a look (logging, texts of errors, duplicates…). They count in the score';
  return html`<button class="chip" aria-pressed=${suppressed} title=${meaning} @click=${() => dispatch({ kind: 'toggleSuppressed' })}>
    ${icon('eye-closed')} Suppressed <b>${count(number)}</b>
  </button>`;
}

function toggle(label: string, name: string, pressed: boolean, click: () => void): TemplateResult {
  return html`<button class="icon-button" aria-pressed=${pressed} aria-label=${label} title=${label} @click=${click}>${icon(name)}</button>`;
}
