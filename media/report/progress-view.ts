import { html, type TemplateResult } from 'lit';
import type { ProgressParams } from '../../server/protocol.ts';
import { fractionOf } from './progress.ts';
import { icon } from './status.ts';

/** A line for each run under way. */
export function progressView(runs: readonly ProgressParams[]): TemplateResult[] {
  return runs.map((run) => {
    const unknown = run.planned === 0;
    return html`<div
      class="progress ${unknown ? 'unknown' : ''}"
      role="progressbar"
      aria-label=${`Mutation testing of ${run.packageName}`}
      aria-valuemin="0"
      aria-valuemax=${run.planned}
      aria-valuenow=${run.judged}
      aria-valuetext=${run.text}
    >
      <p>${icon('loading codicon-modifier-spin')} <b>${run.packageName}</b> ${run.text}</p>
      <div class="progress-track"><div class="progress-done" .style=${unknown ? '' : `width: ${100 * fractionOf(run)}%`}></div></div>
    </div>`;
  });
}
