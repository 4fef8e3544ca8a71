import { html, nothing, type TemplateResult } from 'lit';
import { count } from '../report/format.ts';
import { icon } from '../report/status.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';

/** How far the reading of the tests is: in words while there is nothing else to see, and else as a line at the top that moves nothing. */
export function readingView({ reading, packages }: Pick<State, 'reading' | 'packages'>, dispatch: Dispatch): TemplateResult | typeof nothing {
  if (reading === undefined) return nothing;
  const { done, planned } = reading;
  const text = planned === 0 ? 'Looking for test files' : `${count(done)} of ${count(planned)} test files`;
  return html`<div
    class="progress ${planned === 0 ? 'unknown' : ''} ${packages === undefined ? '' : 'line-only'}"
    role="progressbar"
    aria-label="Reading the tests"
    aria-valuemin="0"
    aria-valuemax=${planned}
    aria-valuenow=${done}
    aria-valuetext=${text}
  >
    ${packages === undefined ? html`<p>${icon('loading codicon-modifier-spin')} <b>Reading the tests</b> ${text} ${cancel(dispatch)}</p>` : nothing}
    <div class="progress-track"><div class="progress-done" .style=${planned === 0 ? '' : `width: ${(100 * done) / planned}%`}></div></div>
  </div>`;
}

/** Says that the last reading was stopped, and offers another. */
export function endedNote({ ended, packages }: State, dispatch: Dispatch): TemplateResult | typeof nothing {
  if (!ended) return nothing;
  return html`<p class="note ended">
    ${icon('debug-stop')}
    <span>
      Reading the tests was stopped${packages === undefined ? '' : '. What is shown is what was read before'}.
      <button class="link" @click=${() => dispatch({ kind: 'send', message: { kind: 'refresh' } })}>Read them again</button>
    </span>
  </p>`;
}

function cancel(dispatch: Dispatch): TemplateResult {
  return html`<button class="link" @click=${() => dispatch({ kind: 'send', message: { kind: 'cancel' } })}>Cancel</button>`;
}
