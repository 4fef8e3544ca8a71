import { html, nothing, type TemplateResult } from 'lit';
import type { Ladder, VerifyProgressParams } from '../../server/protocol.ts';
import { count, counted } from '../report/format.ts';
import { keysDialog } from '../report/keys-dialog.ts';
import { icon } from '../report/status.ts';
import { KEYS } from './keys.ts';
import { RUNG_NAMES, standing } from './looks.ts';
import { projectView } from './project-view.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';

/** The whole page. */
export function view(state: State, dispatch: Dispatch): TemplateResult {
  return html`<div class="top">${state.progress ? progressView(state.progress, dispatch) : nothing}</div>
    ${state.ladders === undefined ? nothing : state.ladders.length === 0 ? noProjects : ladders(state, state.ladders, dispatch)}
    ${keysDialog(KEYS, () => dispatch({ kind: 'showKeys', shown: false }))}
    <p class="hidden" aria-live="polite">${state.announcement}</p>`;
}

function progressView({ name, rung, command, text, counts }: VerifyProgressParams, dispatch: Dispatch): TemplateResult {
  const what = [name, ...(rung ? [RUNG_NAMES[rung]] : [])].filter(Boolean).join(' · ') || 'Waiting for another run';
  return html`<div class="progress unknown" role="progressbar" aria-label="Verifying" aria-valuetext=${`${what}: ${counts ? text : command}`}>
    <p class="running">
      ${icon('loading codicon-modifier-spin')} <b>${what}</b> ${command === '' ? nothing : html`<code>${command}</code>`}
      <span class="secondary line">${text}</span>
      <button class="link" @click=${() => dispatch({ kind: 'send', message: { kind: 'cancel' } })}>Cancel</button>
    </p>
    <div class="progress-track"><div class="progress-done"></div></div>
  </div>`;
}

const noProjects = html`<div class="empty">
  ${icon('folder-opened')}
  <h1>No project found</h1>
  <p>Assay looks for a package.json, pyproject.toml, setup.py, go.mod or Cargo.toml, and reads there and in the workflows how a project is built and tested.</p>
</div>`;

function ladders(state: State, all: readonly Ladder[], dispatch: Dispatch): TemplateResult {
  const verify = () => dispatch({ kind: 'send', message: { kind: 'verify', project: null, level: state.level, only: false } });
  const running = state.progress !== null;
  return html`<div class="list">
    <header class="proofs-header">
      <h1>Proofs</h1>
      <span class="secondary">${overview(all)}</span>
      <span class="stretch"></span>
      ${
        running
          ? html`<button class="button secondary-button" @click=${() => dispatch({ kind: 'send', message: { kind: 'cancel' } })}>${icon('debug-stop')} Cancel</button>`
          : html`<button class="button" ?disabled=${!state.trusted} title=${`Up to “${RUNG_NAMES[state.level]}”, as the settings say`} @click=${verify}>
              ${icon('run-all')} ${all.length === 1 ? 'Verify' : `Verify all ${count(all.length)}`}
            </button>`
      }
    </header>
    ${state.trusted ? nothing : untrusted(dispatch)}
    ${all.map((ladder) => projectView(state, ladder, dispatch))}
  </div>`;
}

function untrusted(dispatch: Dispatch): TemplateResult {
  return html`<p class="note untrusted">
    ${icon('workspace-untrusted')}
    <span>
      Verifying runs the code of this workspace, which is not trusted. What was proved before is shown.
      <button class="link" @click=${() => dispatch({ kind: 'send', message: { kind: 'trust' } })}>Manage workspace trust</button>
    </span>
  </p>`;
}

function overview(all: readonly Ladder[]): string {
  const of = (verdict: ReturnType<typeof standing>) => all.filter((ladder) => standing(ladder) === verdict).length;
  const parts = [
    [of('holds'), 'hold'],
    [of('fails'), 'fail'],
    [of('inconclusive'), 'not conclusive'],
    [of('none'), 'not proved yet'],
  ] as const;
  if (all.length === 1) return '';
  const said = parts
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${count(n)} ${what === 'hold' || what === 'fail' ? (n === 1 ? `${what}s` : what) : what}`);
  return `${counted(all.length, 'project')}: ${said.join(', ')}`;
}
