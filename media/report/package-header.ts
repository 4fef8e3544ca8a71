import { html, nothing, type TemplateResult } from 'lit';
import type { StoredRun } from '../../engine/mutation/index.ts';
import type { ExportFormat, PackageSummary } from '../../server/protocol.ts';
import { ago, count, counted, duration, exactly, percent } from './format.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';
import { icon } from './status.ts';
import { statusBar, statusLegend } from './status-bar.ts';

/** The score of a package and everything that a reader needs to trust it. */
export function packageHeader(state: State, chosen: PackageSummary, now: number, dispatch: Dispatch): TemplateResult {
  return html`<header class="package">
    <div class="package-title">
      ${packageName(state.packages ?? [], chosen, dispatch)} ${chosen.lastRun?.complete === false ? incompleteBadge : nothing}
      <span class="stretch"></span>
      ${exportMenu(chosen, dispatch)}
    </div>
    <div class="verdict">
      <div class="score">
        <span class="score-large">${percent(chosen.score)}</span>
        <span>mutation score</span>
        <span class="secondary" title="The score without the mutants in code that no test runs">${percent(chosen.coveredScore)} of covered code</span>
      </div>
      <div class="breakdown">${statusBar(chosen.counts)} ${statusLegend(chosen.counts)} ${chosen.lastRun ? facts(chosen.lastRun, chosen, now) : nothing}</div>
    </div>
    ${chosen.lastRun ? command(chosen.lastRun.command, state.copied, dispatch) : nothing} ${staleNote(chosen)} ${scannedNote(chosen)}
  </header>`;
}

const incompleteBadge = html`<span class="badge" title="The run was cancelled or failed before its last mutant">${icon('debug-stop')} Incomplete</span>`;

const EXPORTS: readonly [ExportFormat, string][] = [
  ['json', 'Report schema (JSON)'],
  ['html', 'Report page (HTML)'],
  ['sarif', 'Code scanning (SARIF)'],
  ['markdown', 'Summary (Markdown)'],
];

function packageName(packages: PackageSummary[], chosen: PackageSummary, dispatch: Dispatch): TemplateResult {
  if (packages.length === 1) return html`<h1 title=${chosen.directory}>${chosen.name}</h1>`;
  const choose = (event: Event) => dispatch({ kind: 'choosePackage', directory: (event.target as HTMLSelectElement).value });
  return html`<h1 class="hidden">${chosen.name}</h1>
    <label class="select">
      <span class="hidden">Package</span>
      <select title=${chosen.directory} @change=${choose}>
        ${packages.map(
          (candidate) =>
            html`<option value=${candidate.directory} ?selected=${candidate === chosen}>${candidate.name} · ${percent(candidate.score)}</option>`,
        )}
      </select>
      ${icon('chevron-down')}
    </label>`;
}

function exportMenu(chosen: PackageSummary, dispatch: Dispatch): TemplateResult {
  const run = (format: ExportFormat) => dispatch({ kind: 'send', message: { kind: 'export', format, directory: chosen.directory } });
  return html`<button class="button secondary-button" id="export" popovertarget="export-menu">${icon('export')} Export ${icon('chevron-down')}</button>
    <ul class="menu" id="export-menu" popover aria-labelledby="export">
      ${EXPORTS.map(
        ([format, label]) =>
          html`<li><button popovertarget="export-menu" popovertargetaction="hide" @click=${() => run(format)}>${label}</button></li>`,
      )}
    </ul>`;
}

function facts(run: StoredRun, chosen: PackageSummary, now: number): TemplateResult {
  const mutants = Object.values(chosen.counts).reduce((sum, each) => sum + each, 0);
  const suppressed = chosen.files.reduce((sum, file) => sum + file.suppressed, 0);
  const entries: [string, unknown][] = [
    ['Last run', html`<time datetime=${new Date(run.startedAt).toISOString()} title=${exactly(run.startedAt)}>${ago(run.startedAt, now)}</time>`],
    ['Took', duration(run.durationMs)],
    ['Tests run', count(run.testsRun)],
    ['Mutants', count(mutants)],
    ...(suppressed > 0
      ? [['Suppressed', html`<span title="Not worth a look; they count in the score">${count(suppressed)}</span>`] as [string, unknown]]
      : []),
    ['Executor', run.executor],
    ['Framework', run.framework],
    ['Node', run.node],
  ];
  return html`<dl class="facts">${entries.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function command(text: string, copied: string | undefined, dispatch: Dispatch): TemplateResult {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    dispatch({ kind: 'copied', text });
    setTimeout(() => dispatch({ kind: 'copied', text: undefined }), 2000);
  };
  return html`<div class="command">
    ${icon('terminal')}<span class="hidden">The same run from a terminal:</span>
    <code>${text}</code>
    <button class="icon-button" title="Copy the command" aria-label="Copy the command" @click=${copy}>${icon(copied === text ? 'check' : 'copy')}</button>
  </div>`;
}

function staleNote(chosen: PackageSummary): TemplateResult | typeof nothing {
  const stale = chosen.files.flatMap((file) => file.functions).filter((each) => each.stale).length;
  if (stale === 0) return nothing;
  const which =
    stale === 1
      ? 'its mutants were judged. Run its file again to renew its result'
      : 'their mutants were judged. Run their files again to renew the results';
  return html`<p class="note">${icon('history')} ${counted(stale, 'function')} ${stale === 1 ? 'has' : 'have'} changed since ${which}.</p>`;
}

function scannedNote(chosen: PackageSummary): TemplateResult | typeof nothing {
  const scanned = chosen.files.flatMap((file) => file.functions).filter((each) => each.scanned && !each.stale).length;
  if (scanned === 0) return nothing;
  return html`<p class="note">${icon('info')} ${counted(scanned, 'function')} judged by a quick scan only: in no score until mutation testing runs on them.</p>`;
}
