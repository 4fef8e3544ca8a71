import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MutantStatus } from '../../engine/mutation/index.ts';
import type { FileSummary, PackageSummary } from '../../server/protocol.ts';
import { filterFiles } from './filter.ts';
import { ago, count, counted, exactly } from './format.ts';
import type { Dispatch } from './reducer.ts';
import { searchBox } from './search-box.ts';
import type { State } from './state.ts';
import { icon, LOOKS, statusIcon } from './status.ts';
import { scoreCell } from './status-bar.ts';

/** The files of a package, the riskiest first, with a filter. */
export function fileTable(state: State, chosen: PackageSummary, now: number, dispatch: Dispatch): TemplateResult {
  const files = filterFiles(chosen.files, state.pathFilter);
  return html`<div class="table-tools">
      ${searchBox('Filter files by path', state.pathFilter, (text) => dispatch({ kind: 'filterPaths', text }))}
      <span class="secondary" role="status">${files.length === chosen.files.length ? counted(files.length, 'file') : `${count(files.length)} of ${counted(chosen.files.length, 'file')}`}, riskiest first</span>
    </div>
    ${files.length === 0 ? html`<p class="secondary nothing-found">No path holds “${state.pathFilter}”.</p>` : table(files, now, dispatch)}`;
}

const COLUMNS: readonly MutantStatus[] = ['Survived', 'NoCoverage', 'Killed', 'Timeout'];

function table(files: FileSummary[], now: number, dispatch: Dispatch): TemplateResult {
  return html`<table class="files">
    <thead>
      <tr>
        <th scope="col">File</th>
        <th scope="col">Score</th>
        ${COLUMNS.map((status) => html`<th scope="col" class="number column-${status}" title=${LOOKS[status].meaning}>${statusIcon(status)}<span class="column-label">${LOOKS[status].label}</span></th>`)}
        <th scope="col" class="column-judged">Judged</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        files,
        (file) => file.uri,
        (file) => row(file, now, dispatch),
      )}
    </tbody>
  </table>`;
}

function row(file: FileSummary, now: number, dispatch: Dispatch): TemplateResult {
  const cut = file.path.lastIndexOf('/') + 1;
  return html`<tr @click=${() => dispatch({ kind: 'openFile', uri: file.uri })}>
    <td class="path">
      <button data-item data-uri=${file.uri} title=${file.path}><span class="directory">${file.path.slice(0, cut)}</span>${file.path.slice(cut)}</button>${staleMark(file)}
    </td>
    <td>${scoreCell(file.score)}</td>
    ${COLUMNS.map((status) => html`<td class="number column-${status} ${file.counts[status] === 0 ? 'zero' : ''}">${count(file.counts[status])}</td>`)}
    <td class="column-judged"><time datetime=${new Date(file.judgedAt).toISOString()} title=${exactly(file.judgedAt)}>${ago(file.judgedAt, now)}</time></td>
  </tr>`;
}

function staleMark(file: FileSummary): TemplateResult | typeof nothing {
  const stale = file.functions.filter((each) => each.stale).length;
  if (stale === 0) return nothing;
  const words = `${counted(stale, 'function')} changed since the last run`;
  return html`<span class="stale-mark" title=${words}>${icon('history')}<span class="hidden">${words}</span></span>`;
}
