import { html, nothing, type TemplateResult } from 'lit';
import type { Ladder, LadderStep, Rung } from '../../server/protocol.ts';
import { ago, duration, exactly } from '../report/format.ts';
import { prose } from '../report/prose.ts';
import { icon } from '../report/status.ts';
import { inShort, RUNG_NAMES, VERDICTS, verdictOf } from './looks.ts';
import { proofView } from './proof-view.ts';
import type { Dispatch } from './reducer.ts';
import { isOpen, isRungOpen, keyOf, type State } from './state.ts';

/** A project with its rungs, from the lowest. */
export function projectView(state: State, ladder: Ladder, dispatch: Dispatch): TemplateResult {
  const open = isOpen(state, ladder);
  const toggle = () => dispatch({ kind: 'toggle', key: keyOf(ladder), open: !open });
  const verify = () => dispatch({ kind: 'send', message: { kind: 'verify', project: ladder.id, level: state.level, only: false } });
  const isAlone = state.ladders?.length === 1;
  return html`<section class="project" aria-label=${ladder.name}>
    <div class="project-title">
      <button class="project-toggle" data-item aria-expanded=${open} @click=${toggle}>
        ${icon(open ? 'chevron-down' : 'chevron-right')}
        <h2>${ladder.name}</h2>
        <span class="secondary line">${[ladder.path === '.' ? '' : ladder.path, ...ladder.tools].filter(Boolean).join(' · ')}</span>
      </button>
      ${open ? nothing : badges(ladder)}
      ${
        isAlone
          ? nothing
          : html`<button class="icon-button" ?disabled=${!canRun(state)} title=${`Verify ${ladder.name}`} aria-label=${`Verify ${ladder.name}`} @click=${verify}>
              ${icon('run-all')}
            </button>`
      }
    </div>
    ${
      open
        ? html`<ol class="ladder">
            ${ladder.steps.map((step) => rungView(state, ladder, step, dispatch))}
          </ol>`
        : nothing
    }
  </section>`;
}

function canRun({ trusted, progress }: State): boolean {
  return trusted && progress === null;
}

/** What the rungs came to, for a project that is closed. */
function badges({ steps }: Ladder): TemplateResult {
  const proved = steps.filter(({ newest }) => newest !== null);
  if (proved.length === 0) return html`<span class="secondary badges">not proved yet</span>`;
  return html`<span class="badges">
    ${proved.map((step) => {
      const { icon: name, label } = VERDICTS[verdictOf(step)];
      const short = step.newest ? inShort(step.newest) : '';
      return html`<span class="rung-badge verdict-${verdictOf(step)}" title=${`${RUNG_NAMES[step.rung]}: ${step.newest?.summary ?? label}`}>
        ${icon(name)}<span class="hidden">${RUNG_NAMES[step.rung]}: ${label}</span><span aria-hidden="true">${SHORT_NAMES[step.rung]}</span> ${short}
      </span>`;
    })}
  </span>`;
}

const SHORT_NAMES: Readonly<Record<Rung, string>> = { compile: 'compiles', test: 'tests', mutation: 'mutation', load: 'load' };

function rungView(state: State, ladder: Ladder, step: LadderStep, dispatch: Dispatch): TemplateResult {
  const { rung, newest } = step;
  const { label, icon: name } = VERDICTS[verdictOf(step)];
  const open = isRungOpen(state, ladder, step);
  const running = state.progress?.project === ladder.id && state.progress.rung === rung;
  const toggle = () => dispatch({ kind: 'toggle', key: keyOf(ladder, rung), open: !open });
  return html`<li class="rung verdict-${verdictOf(step)}">
    <div class="rung-row">
      <button class="rung-toggle" data-item aria-expanded=${open} @click=${toggle}>
        ${icon(open ? 'chevron-down' : 'chevron-right')}
        <span class="mark">${running ? icon('loading codicon-modifier-spin') : icon(name)}</span>
        <span class="rung-text">
          <b>${RUNG_NAMES[rung]}</b><span class="hidden">, ${running ? 'runs now' : label}:</span>
          <span class="line ${newest ? '' : 'secondary'}">${newest ? prose(newest.summary) : prose(unproved(step))}</span>
        </span>
      </button>
      ${newest ? html`<span class="secondary when" title=${exactly(newest.at)}>${ago(newest.at, state.now)} · ${duration(newest.durationMs)}</span>` : nothing}
      <span class="actions">${actions(state, ladder, step, dispatch)}</span>
    </div>
    ${open ? proofView(state, ladder, step, dispatch) : nothing}
  </li>`;
}

function unproved({ cannot, commands }: LadderStep): string {
  if (cannot) return cannot.message;
  return commands.length === 0 ? 'Not proved yet' : `Not proved yet; ${commands.map((line) => `\`${line}\``).join(', then ')} would be run`;
}

function actions(state: State, ladder: Ladder, { rung, newest, cannot }: LadderStep, dispatch: Dispatch): (TemplateResult | typeof nothing)[] {
  const run = (only: boolean) => () => dispatch({ kind: 'send', message: { kind: 'verify', project: ladder.id, level: rung, only } });
  const disabled = !canRun(state) || cannot !== null;
  const name = `${RUNG_NAMES[rung]}, ${ladder.name}`;
  const button = (label: string, what: string, click: () => void, off: boolean) =>
    html`<button class="icon-button" title=${label} aria-label=${`${label}: ${name}`} ?disabled=${off} @click=${click}>${icon(what)}</button>`;
  const openLog = () => newest && dispatch({ kind: 'send', message: { kind: 'openLog', project: ladder.id, proof: newest.id } });
  return [
    newest ? button('Open log', 'output', openLog, !newest.hasEvidence) : nothing,
    button(newest ? 'Run again' : 'Run this rung', 'play', run(true), disabled),
    rung === 'compile' ? html`<span class="no-button"></span>` : button('Run up to this rung', 'run-above', run(false), disabled),
  ];
}
