import { html, nothing, type TemplateResult } from 'lit';
import type { StatusCounts } from '../../engine/mutation/index.ts';
import { count, counted, percent } from './format.ts';
import { LOOKS, STATUS_ORDER, statusIcon } from './status.ts';

/** A thin bar with a stretch for each status, read out as its legend is. */
export function statusBar(counts: StatusCounts): TemplateResult {
  const present = BAR_ORDER.filter((status) => counts[status] > 0);
  const label = present.map((status) => `${count(counts[status])} ${LOOKS[status].label.toLowerCase()}`).join(', ');
  return html`<div class="status-bar" role="img" aria-label=${`Mutants: ${label}`}>
    ${present.map(
      (status) =>
        html`<span class="status-${status}" .style=${`flex-grow: ${counts[status]}`} title=${`${counted(counts[status], 'mutant')}: ${LOOKS[status].label.toLowerCase()}`}></span>`,
    )}
  </div>`;
}

/** Each status that occurs, with its shape, name and number. */
export function statusLegend(counts: StatusCounts): TemplateResult {
  return html`<ul class="legend" aria-label="Mutants by status">
    ${STATUS_ORDER.map((status) =>
      counts[status] === 0 && !ALWAYS_NAMED.has(status)
        ? nothing
        : html`<li title=${LOOKS[status].meaning}>${statusIcon(status)}<b>${count(counts[status])}</b> ${LOOKS[status].label}</li>`,
    )}
  </ul>`;
}

/** A score as a number with a small bar. */
export function scoreCell(score: number | null): TemplateResult {
  return html`<span class="score-cell" title=${score === null ? 'No mutants that count' : 'Mutation score: detected mutants over all that count'}>
    <span class="score-number">${percent(score)}</span>
    <span class="score-track" aria-hidden="true"><span .style=${`width: ${score ?? 0}%`}></span></span>
  </span>`;
}

const ALWAYS_NAMED: ReadonlySet<string> = new Set(['Survived', 'NoCoverage', 'Killed']);

/** What is well first, so that the end of the bar is what is left to do. */
const BAR_ORDER = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError', 'CompileError', 'Ignored', 'Pending'] as const;
