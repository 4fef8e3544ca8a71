import { html, nothing, type TemplateResult } from 'lit';
import type { Ladder, LadderStep, ProofSummary, ProvenCommand } from '../../server/protocol.ts';
import { count, counted, duration, exactly, percent } from '../report/format.ts';
import { prose } from '../report/prose.ts';
import { icon } from '../report/status.ts';
import { failureList, problemList } from './finding-lists.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';
import { trendView } from './trend-view.ts';

/** What a rung's newest proof rests on and what it found, or why there is none. */
export function proofView(state: State, ladder: Ladder, step: LadderStep, dispatch: Dispatch): TemplateResult {
  const { newest, trend, cannot } = step;
  // What may be long comes last.
  return html`<div class="proof">
    ${newest ? html`${commandList(newest)} ${notes(newest)} ${counts(newest)} ${facts(newest)}` : nothing}
    ${cannot ? html`<p class="secondary">${prose(cannot.action)}</p>` : nothing} ${newest || cannot ? nothing : html`<p class="secondary">${unproved(step)}</p>`}
    ${trend.length > 1 ? trendView(step, trend) : nothing} ${choose(ladder, step, dispatch)}
    ${newest ? html`${environment(state, newest)} ${found(state, newest, dispatch)}` : nothing}
  </div>`;
}

function unproved({ rung, commands }: LadderStep): string {
  if (rung === 'mutation')
    return 'Assay breaks the code of the project on purpose, one small change at a time, and counts which changes its tests notice.';
  return `It would be proved by ${commands.map((line) => `“${line}”`).join(', then ')}.`;
}

function commandList({ commands }: ProofSummary): TemplateResult {
  return html`<ul class="commands">
    ${commands.map(commandView)}
  </ul>`;
}

function commandView({ line, ending, durationMs, peakMemory }: ProvenCommand): TemplateResult {
  const memory = peakMemory > 0 ? ` · ${count(Math.round(peakMemory / 1024 ** 2))} MiB at most` : '';
  return html`<li class="command"><code>${line}</code><span class="secondary">${ending} · ${duration(durationMs)}${memory}</span></li>`;
}

function notes({ notes: all, hasEvidence }: ProofSummary): TemplateResult | typeof nothing {
  const said = hasEvidence ? all : ['Its evidence is gone: it was trimmed, or somebody removed it.'];
  if (said.length === 0) return nothing;
  return html`<ul class="notes">
    ${said.map((note) => html`<li>${icon('info')} <span>${prose(note)}</span></li>`)}
  </ul>`;
}

const STATES = [
  ['passed', 'passed', 'pass', 'passed'],
  ['failed', 'failed', 'error', 'failed'],
  ['broken', 'could not be run', 'error', 'failed'],
  ['flaky', 'flaky', 'warning', 'flaky'],
  ['skipped', 'skipped', 'circle-slash', 'skipped'],
  ['todo', 'to be written', 'circle-large-outline', 'skipped'],
] as const;

function counts({ counts: all, coverage, mutation, load }: ProofSummary): TemplateResult | typeof nothing {
  if (mutation) {
    const { killed, survived, noCoverage, score } = mutation;
    return html`<p class="tally">
      <b>${percent(score)}</b> <span class="secondary">of the changes are noticed: ${count(killed)} killed, ${count(survived)} survived, ${count(noCoverage)} not covered</span>
    </p>`;
  }
  if (load)
    return html`<p class="tally">
      <b>${count(load.users)}</b> <span class="secondary">users at once, ${count(Math.round(load.throughput))} answers a second, 95 % of them within ${duration(load.p95)}, from ${load.url}</span>
    </p>`;
  if (!all) return nothing;
  const present = STATES.filter(([key]) => all[key] > 0);
  if (present.length === 0) return nothing;
  return html`<div class="tally">
    <div class="tally-bar" aria-hidden="true">
      ${present.map(([key, , , tone]) => html`<span class="tone-${tone}" .style=${`flex-grow: ${all[key]}`}></span>`)}
    </div>
    <ul class="legend" aria-label="Tests">
      ${present.map(([key, label, name, tone]) => html`<li class="tone-${tone}">${icon(name)}<b>${count(all[key])}</b> ${label}</li>`)}
    </ul>
    ${coverage ? html`<p class="secondary">The tests run ${coverage} of the code.</p>` : nothing}
  </div>`;
}

function found(state: State, { id, hasEvidence }: ProofSummary, dispatch: Dispatch): TemplateResult | typeof nothing {
  const detail = state.details[id];
  if (!hasEvidence || detail === 'gone' || detail === undefined) return nothing;
  if (detail === 'loading') return html`<p class="secondary">${icon('loading codicon-modifier-spin')} Reading the proof</p>`;
  return html`${failureList(state, detail, dispatch)} ${problemList(state, detail, dispatch)}`;
}

function environment({ details }: State, { id }: ProofSummary): TemplateResult | typeof nothing {
  const detail = details[id];
  if (typeof detail !== 'object' || detail.environment.length === 0) return nothing;
  return html`<details class="environment">
    <summary class="secondary">What its commands were given: ${counted(detail.environment.length, 'variable')}</summary>
    <pre class="message">${detail.environment.join('\n')}</pre>
  </details>`;
}

function facts({ at, git, tools, changedFiles }: ProofSummary): TemplateResult {
  return html`<dl class="facts">
    <div><dt>Proved</dt><dd><time datetime=${new Date(at).toISOString()}>${exactly(at)}</time></dd></div>
    ${
      git
        ? html`<div>
            <dt>Commit</dt>
            <dd>
              <code title=${git.commit}>${git.commit.slice(0, 8)}</code>${git.branch === undefined ? nothing : html` on ${git.branch}`}${
                git.dirty ? html`, <b>with changes that were not committed</b>` : ', nothing changed'
              }
            </dd>
          </div>`
        : nothing
    }
    ${tools.length > 0 ? html`<div><dt>Tools</dt><dd>${tools.map(({ name, version }) => [name, version].filter(Boolean).join(' ')).join(', ')}</dd></div>` : nothing}
    ${changedFiles.length > 0 ? html`<div><dt>Files that it changed</dt><dd>${changedFiles.join(', ')}</dd></div>` : nothing}
  </dl>`;
}

function choose({ id }: Ladder, { rung, choices }: LadderStep, dispatch: Dispatch): TemplateResult | typeof nothing {
  if (choices.length === 0) return nothing;
  return html`<p>
    <button class="link" data-item @click=${() => dispatch({ kind: 'send', message: { kind: 'choose', project: id, rung } })}>Choose another command…</button>
  </p>`;
}
