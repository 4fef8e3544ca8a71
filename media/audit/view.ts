import { html, nothing, type TemplateResult } from 'lit';
import type { AuditedPackage } from '../../server/protocol.ts';
import { count } from '../report/format.ts';
import { keysDialog } from '../report/keys-dialog.ts';
import { icon } from '../report/status.ts';
import { distribution } from './distribution.ts';
import { falsePositives } from './false-positives.ts';
import { findings, hints } from './findings.ts';
import { gapMatrix } from './gap-matrix.ts';
import { header } from './header.ts';
import { KEYS } from './keys.ts';
import { countFindings } from './list.ts';
import { endedNote, readingView } from './reading.ts';
import type { Dispatch } from './reducer.ts';
import { currentPackage, type Section, type State } from './state.ts';
import { testTable } from './test-table.ts';
import { trendView } from './trend-view.ts';

/** The whole page. */
export function view(state: State, dispatch: Dispatch): TemplateResult {
  return html`<div class="top">${readingView(state, dispatch)}</div>
    ${state.packages === undefined ? endedNote(state, dispatch) : packageView(state, dispatch)}
    ${keysDialog(KEYS, () => dispatch({ kind: 'showKeys', shown: false }))}
    <p class="hidden" aria-live="polite">${state.announcement}</p>`;
}

function packageView(state: State, dispatch: Dispatch): TemplateResult {
  const chosen = currentPackage(state);
  if (chosen === undefined) return noTests;
  return html`<div class="list">
    ${endedNote(state, dispatch)} ${header(state, chosen, dispatch)}
    <div class="overview">${distribution(chosen, state.group, dispatch)} ${trendView(chosen.trend)}</div>
    <div class="tabs" role="tablist" aria-label="Lists" @keydown=${moveTab}>${SECTIONS.map((each) => tab(each, state, chosen, dispatch))}</div>
    <section id="panel" role="tabpanel" aria-labelledby=${`tab-${state.section}`}>${panel(state, chosen, dispatch)}</section>
  </div>`;
}

const noTests = html`<div class="empty">
  ${icon('beaker-stop')}
  <h1>No tests found</h1>
  <p>Assay reads tests of JavaScript, TypeScript, Python, Go and Rust in files that look like tests by their name or folder.</p>
</div>`;

interface SectionLook {
  name: Section;
  label: string;
  /** Null where it is not known. */
  count(chosen: AuditedPackage): number | null;
}

const SECTIONS: readonly SectionLook[] = [
  { name: 'tests', label: 'Tests', count: ({ summary }) => summary.tests },
  { name: 'findings', label: 'Findings', count: countFindings },
  { name: 'hints', label: 'Hints', count: ({ summary }) => summary.hints },
  { name: 'false-positives', label: 'False positives', count: (chosen) => chosen.falsePositives?.length ?? null },
  { name: 'paths', label: 'Critical paths', count: ({ gaps }) => gaps?.length ?? null },
];

function panel(state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  switch (state.section) {
    case 'tests':
      return testTable(state, chosen, dispatch);
    case 'findings':
      return findings(state, chosen, dispatch);
    case 'hints':
      return hints(state, chosen, dispatch);
    case 'false-positives':
      return falsePositives(state, chosen, dispatch);
    case 'paths':
      return gapMatrix(chosen, dispatch);
  }
}

function tab({ name, label, count: of }: SectionLook, state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  const selected = state.section === name;
  const number = of(chosen);
  return html`<button
    id=${`tab-${name}`}
    role="tab"
    aria-selected=${selected}
    aria-controls="panel"
    tabindex=${selected ? 0 : -1}
    @click=${() => dispatch({ kind: 'chooseSection', section: name })}
  >
    ${label} ${number === null ? nothing : html`<span class="tab-count">${count(number)}</span>`}
  </button>`;
}

function moveTab(event: KeyboardEvent): void {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (by === 0) return;
  const tabs = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.findIndex((each) => each.getAttribute('aria-selected') === 'true');
  const next = tabs[(at + by + tabs.length) % tabs.length];
  next?.click();
  next?.focus();
}
