import { html, nothing, type TemplateResult } from 'lit';
import type { PlacedFinding } from '../../engine/audit/index.ts';
import type { AuditedPackage, AuditedTestFile } from '../../server/protocol.ts';
import { count } from '../report/format.ts';
import { prose } from '../report/prose.ts';
import { icon } from '../report/status.ts';
import { brokenRules } from './list.ts';
import { cut } from './long-list.ts';
import type { Dispatch } from './reducer.ts';
import { ruleLook, SEVERITY_ICONS } from './rules.ts';
import type { State } from './state.ts';

/** What is wrong with the tests, by rule; each rule opens to its findings, and each finding to its place. */
export function findings(state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  const broken = brokenRules(chosen);
  if (broken.length === 0)
    return html`<p class="note nothing-wrong">${icon('pass')} Nothing is wrong with these tests that reading them could show.</p>`;
  return html`<ul class="rules">
    ${broken.map((each) => ruleView(each, state, chosen, dispatch))}
  </ul>`;
}

function ruleView(
  { rule, count: number }: { rule: string; count: number },
  state: State,
  chosen: AuditedPackage,
  dispatch: Dispatch,
): TemplateResult {
  const open = state.expanded.includes(rule);
  const { title, severity } = ruleLook(rule, chosen);
  return html`<li>
    <button class="rule" data-item aria-expanded=${open} @click=${() => dispatch({ kind: 'toggleRule', rule })}>
      ${icon(open ? 'chevron-down' : 'chevron-right')}
      <span class="severity-${severity}">${icon(SEVERITY_ICONS[severity])}</span>
      <span class="stretch">${title} <code class="secondary">${rule}</code></span>
      <b class="number">${count(number)}</b>
    </button>
    ${open ? findingList(rule, state, chosen, dispatch) : nothing}
  </li>`;
}

function findingList(rule: string, state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  const all = chosen.files.flatMap((file) => file.findings.filter((each) => each.rule === rule).map((finding) => ({ file, finding })));
  const { entries, more } = cut(all, rule, state, dispatch);
  return html`<ul class="places">
      ${entries.map((each) => place(each, dispatch))}
    </ul>
    ${more}`;
}

function place({ file, finding }: { file: AuditedTestFile; finding: PlacedFinding }, dispatch: Dispatch): TemplateResult {
  const { start } = finding.range;
  const open = () => dispatch({ kind: 'send', message: { kind: 'open', uri: file.uri, position: start } });
  return html`<li>
    <button class="link" data-item title="Open it in the editor" @click=${open}>${file.path}:${start.line + 1}</button> <span>${prose(finding.message)}</span>
  </li>`;
}
