import { html, nothing, type TemplateResult } from 'lit';
import type { ProofDetail, ShownFailure, ShownPlace, ShownProblem } from '../../server/protocol.ts';
import { cut } from '../audit/long-list.ts';
import { counted, duration } from '../report/format.ts';
import { icon } from '../report/status.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';

/** How much of a message is shown; the log has all of it. */
const LONGEST = 1500;

/** The tests that failed, each with its message and the place that it points to. */
export function failureList(state: State, { failures, summary }: ProofDetail, dispatch: Dispatch): TemplateResult | typeof nothing {
  if (failures.length === 0) return nothing;
  const { entries, more } = cut(failures, `failures ${summary.id}`, state, dispatch);
  return html`<h3>${headline(failures)}</h3>
    <ul class="found">
      ${entries.map((one) => failureView(one, dispatch))}
    </ul>
    ${more}`;
}

/** What compilers said. */
export function problemList(state: State, { problems, summary }: ProofDetail, dispatch: Dispatch): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  const errorsFirst = [...problems].sort((a, b) => rank(a) - rank(b));
  const { entries, more } = cut(errorsFirst, `problems ${summary.id}`, state, dispatch);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(problems.length > errors ? [counted(problems.length - errors, 'warning')] : []),
  ];
  return html`<h3>${parts.join(', ')}</h3>
    <ul class="found">
      ${entries.map((one) => problemView(one, dispatch))}
    </ul>
    ${more}`;
}

function headline(failures: readonly ShownFailure[]): string {
  const of = (kind: ShownFailure['kind']) => failures.filter((one) => one.kind === kind).length;
  const [broken, failed, flaky, unended] = [of('broken'), of('failed'), of('flaky'), of('unended')];
  return [
    ...(broken > 0 ? [`${counted(broken, 'file')} could not be run`] : []),
    ...(failed > 0 ? [`${counted(failed, 'test')} failed`] : []),
    ...(unended > 0 ? [`${counted(unended, 'test')} did not end`] : []),
    ...(flaky > 0 ? [flaky === 1 ? '1 is flaky' : `${flaky} are flaky`] : []),
  ].join(', ');
}

function failureView({ kind, title, message, expected, actual, durationMs, at }: ShownFailure, dispatch: Dispatch): TemplateResult {
  const suites = title.slice(0, -1).join(' › ');
  return html`<li class="tone-${kind === 'flaky' ? 'flaky' : 'failed'}">
    <p class="found-title">
      ${icon(kind === 'flaky' ? 'warning' : 'error')}
      <span>
        ${suites === '' ? nothing : html`<span class="secondary">${suites} › </span>`}<b>${title.at(-1) ?? 'Could not be run'}</b>
        ${kind === 'flaky' ? html`<span class="secondary"> flaky: it failed, and passed when it ran again</span>` : nothing}
      </span>
      <span class="stretch"></span>
      ${durationMs === null ? nothing : html`<span class="secondary">${duration(durationMs)}</span>`} ${placeLink(at, dispatch)}
    </p>
    ${message === '' ? nothing : html`<pre class="message">${shortened(message)}</pre>`} ${values(expected, actual)}
  </li>`;
}

function values(expected: string | null, actual: string | null): TemplateResult | typeof nothing {
  if (expected === null && actual === null) return nothing;
  return html`<dl class="values">
    ${expected === null ? nothing : html`<div class="expected"><dt>expected</dt><dd><pre>${shortened(expected)}</pre></dd></div>`}
    ${actual === null ? nothing : html`<div class="actual"><dt>actual</dt><dd><pre>${shortened(actual)}</pre></dd></div>`}
  </dl>`;
}

function problemView({ severity, tool, code, message, at }: ShownProblem, dispatch: Dispatch): TemplateResult {
  const [first = '', ...others] = message.split('\n');
  return html`<li class="tone-${severity === 'error' ? 'failed' : 'flaky'}">
    <p class="found-title">
      ${icon(severity)} <span class="hidden">${severity}</span><span>${first} <span class="secondary">${tool}${code === null ? '' : ` ${code}`}</span></span>
      <span class="stretch"></span>${placeLink(at, dispatch)}
    </p>
    ${others.length === 0 ? nothing : html`<pre class="message">${shortened(others.join('\n'))}</pre>`}
  </li>`;
}

function placeLink(at: ShownPlace | null, dispatch: Dispatch): TemplateResult | typeof nothing {
  if (at === null) return nothing;
  const { uri, path, position, isThere } = at;
  const open = () => dispatch({ kind: 'send', message: { kind: 'open', uri, position } });
  const label = `${path}:${position.line + 1}`;
  return html`<button class="link place" data-item title=${isThere ? 'Open it in the editor' : 'Open it in the editor; the text has changed since'} @click=${open}>
    ${label}${isThere ? nothing : html`<span class="secondary"> (changed since)</span>`}
  </button>`;
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function rank({ severity }: ShownProblem): number {
  return severity === 'error' ? 0 : 1;
}
