import { html, nothing, type TemplateResult } from 'lit';
import type { PlacedFinding } from '../../engine/audit/index.ts';
import type { AuditedPackage, AuditedTestFile } from '../../server/protocol.ts';
import { count } from '../report/format.ts';
import { prose } from '../report/prose.ts';
import { icon } from '../report/status.ts';
import { brokenRules, hintedRules } from './list.ts';
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
    ${broken.map(({ rule, count: number }) => ruleView({ rule, name: rule, number, ...ruleLook(rule, chosen), isListed: isTold }, state, chosen, dispatch))}
  </ul>`;
}

/** What is only hinted at, in the same way. */
export function hints(state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  const hinted = hintedRules(chosen);
  if (hinted.length === 0) return html`<p class="note nothing-wrong">${icon('pass')} There are none.</p>`;
  return html`<p class="secondary lead">
      Many of these are meant, or something else makes sure of what is missing. They are worth a look where you know the test, and no number counts them.
    </p>
    <ul class="rules">
      ${hinted.map(({ rule, count: number }) => {
        const { title } = ruleLook(rule, chosen);
        return ruleView({ rule, name: `hint ${rule}`, number, title, severity: 'hint', isListed: (one) => !isTold(one) }, state, chosen, dispatch);
      })}
    </ul>`;
}

/** A rule in one of the two lists. */
interface Listed {
  rule: string;
  /** What tells it from the same rule in the other list. */
  name: string;
  number: number;
  title: string;
  severity: PlacedFinding['severity'];
  /** Whether a finding is one of the list. */
  isListed(finding: PlacedFinding): boolean;
}

function isTold({ severity }: PlacedFinding): boolean {
  return severity !== 'hint';
}

function ruleView(listed: Listed, state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  const { rule, name, number, title, severity } = listed;
  const open = state.expanded.includes(name);
  return html`<li>
    <button class="rule" data-item aria-expanded=${open} @click=${() => dispatch({ kind: 'toggleRule', rule: name })}>
      ${icon(open ? 'chevron-down' : 'chevron-right')}
      <span class="severity-${severity}">${icon(SEVERITY_ICONS[severity])}</span>
      <span class="stretch">${title} <code class="secondary">${rule}</code></span>
      <b class="number">${count(number)}</b>
    </button>
    ${open ? findingList(listed, state, chosen, dispatch) : nothing}
  </li>`;
}

function findingList({ rule, name, isListed }: Listed, state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  const all = chosen.files.flatMap((file) =>
    file.findings.filter((each) => each.rule === rule && isListed(each)).map((finding) => ({ file, finding })),
  );
  const { entries, more } = cut(all, name, state, dispatch);
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
