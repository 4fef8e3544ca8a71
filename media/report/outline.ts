import { html, nothing, type TemplateResult } from 'lit';
import type { FileDetail, FunctionSummary } from '../../server/protocol.ts';
import { scrollToLine } from './focus.ts';
import { count, percent } from './format.ts';
import type { Dispatch } from './reducer.ts';
import { icon, statusIcon } from './status.ts';

/** The functions of a file with what is left to do in each; a click goes there. */
export function outline(detail: FileDetail, dispatch: Dispatch): TemplateResult {
  return html`<nav class="outline" aria-label="Functions">
    <h2>Functions</h2>
    ${groupsOf(detail.summary.functions).map(
      (group) => html`<ul .style=${`--rows: ${group.length}`}>${group.map((each) => html`<li>${entry(each, dispatch)}</li>`)}</ul>`,
    )}
  </nav>`;
}

/** Functions that are laid out, and skipped while out of sight, together. */
const GROUP_SIZE = 100;

function groupsOf(functions: readonly FunctionSummary[]): FunctionSummary[][] {
  return Array.from({ length: Math.ceil(functions.length / GROUP_SIZE) }, (_, index) =>
    functions.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE),
  );
}

function entry(each: FunctionSummary, dispatch: Dispatch): TemplateResult {
  const { line } = each.range.start;
  const go = () => {
    dispatch({ kind: 'unfold', span: { from: line, to: line + 1 } });
    scrollToLine(line);
  };
  const left = (['Survived', 'NoCoverage'] as const).filter((status) => each.counts[status] > 0);
  return html`<button @click=${go} title=${each.stale ? `${each.name}: changed since its mutants were judged` : each.name}>
    <span class="function-name ${left.length === 0 ? 'secondary' : ''}">${each.name}</span>
    ${each.stale ? icon('history') : nothing}
    <span class="function-counts">${left.map((status) => html`<span>${statusIcon(status)}${count(each.counts[status])}</span>`)}</span>
    <span class="function-score">${percent(each.score)}</span>
  </button>`;
}
