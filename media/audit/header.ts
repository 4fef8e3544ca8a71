import { html, type TemplateResult } from 'lit';
import type { AuditedPackage, AuditFormat } from '../../server/protocol.ts';
import { count } from '../report/format.ts';
import { icon } from '../report/status.ts';
import { countFindings } from './list.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';
import { strengthText, weakTests } from './trend.ts';

/** Which package it is, and its numbers. */
export function header(state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  return html`<header class="package">
    <div class="package-title">
      ${packageName(state.packages ?? [], chosen, dispatch)}
      <span class="stretch"></span>
      ${refreshButton(state.reading !== undefined, dispatch)}
      ${exportMenu(chosen, dispatch)}
    </div>
    <dl class="numbers">
      ${numbersOf(chosen).map(({ term, value, title }) => html`<div title=${title}><dt>${term}</dt><dd>${value}</dd></div>`)}
    </dl>
  </header>`;
}

const EXPORTS: readonly [AuditFormat, string][] = [
  ['markdown', 'Summary (Markdown)'],
  ['json', 'All tests and findings (JSON)'],
  ['sarif', 'Code scanning (SARIF)'],
];

function numbersOf(chosen: AuditedPackage): { term: string; value: string | TemplateResult; title: string }[] {
  const { tests, files, strength, bands, skipped } = chosen.summary;
  return [
    {
      term: 'Mean strength',
      value: html`${strengthText(strength)} <small>of 100</small>`,
      title: 'Of the tests that are run, read from what they assert; nothing was run for it',
    },
    {
      term: 'Tests',
      value: html`${count(tests)} <small>in ${count(files)} ${files === 1 ? 'file' : 'files'}</small>`,
      title: 'Tests that were found',
    },
    { term: 'Weak, up to 50', value: count(weakTests(bands)), title: 'Tests of the two weakest bands' },
    { term: 'Findings', value: count(countFindings(chosen)), title: 'What is wrong with tests' },
    { term: 'Not run', value: count(skipped), title: 'Tests that are skipped, or kept from running by another one' },
  ];
}

function packageName(packages: AuditedPackage[], chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  if (packages.length === 1) return html`<h1>${chosen.name}</h1>`;
  const choose = (event: Event) => dispatch({ kind: 'choosePackage', uri: (event.target as HTMLSelectElement).value });
  return html`<h1 class="hidden">${chosen.name}</h1>
    <label class="select">
      <span class="hidden">Package</span>
      <select @change=${choose}>
        ${packages.map(
          (each) => html`<option value=${each.uri} ?selected=${each === chosen}>${each.name} · ${strengthText(each.summary.strength)}</option>`,
        )}
      </select>
      ${icon('chevron-down')}
    </label>`;
}

function refreshButton(reading: boolean, dispatch: Dispatch): TemplateResult {
  const send = () => dispatch({ kind: 'send', message: { kind: reading ? 'cancel' : 'refresh' } });
  return html`<button class="button secondary-button" title=${reading ? 'Stop reading the tests' : 'Read all tests again'} @click=${send}>
    ${reading ? html`${icon('debug-stop')} Stop` : html`${icon('refresh')} Refresh`}
  </button>`;
}

function exportMenu({ uri }: AuditedPackage, dispatch: Dispatch): TemplateResult {
  const run = (format: AuditFormat) => dispatch({ kind: 'send', message: { kind: 'export', format, uri } });
  return html`<button class="button secondary-button" id="export" popovertarget="export-menu">${icon('export')} Export ${icon('chevron-down')}</button>
    <ul class="menu" id="export-menu" popover aria-labelledby="export">
      ${EXPORTS.map(
        ([format, label]) =>
          html`<li><button popovertarget="export-menu" popovertargetaction="hide" @click=${() => run(format)}>${label}</button></li>`,
      )}
    </ul>`;
}
