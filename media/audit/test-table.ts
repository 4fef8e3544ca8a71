import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AuditedPackage } from '../../server/protocol.ts';
import { count, counted } from '../report/format.ts';
import { searchBox } from '../report/search-box.ts';
import { icon } from '../report/status.ts';
import { GROUP_ORDER, GROUPS, type Group } from './bands.ts';
import { brokenRules, groupOf, type ListedTest, listedTests, titleOf } from './list.ts';
import type { Dispatch } from './reducer.ts';
import { ruleLook, SEVERITY_ICONS } from './rules.ts';
import { isFiltered, type State } from './state.ts';

/** The tests of a package, the weakest first, with what narrows them down. Only the rows near the view are drawn. */
export function testTable(state: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult {
  const listed = listedTests(chosen, state);
  const all = chosen.summary.tests;
  const number = listed.length === all ? counted(all, 'test') : `${count(listed.length)} of ${counted(all, 'test')}`;
  return html`<div class="table-tools">
      ${searchBox('Search tests by title or path', state.search, (text) => dispatch({ kind: 'search', text }))} ${filters(state, chosen, dispatch)}
      <span class="secondary" role="status">${number}, weakest first</span>
      ${isFiltered(state) ? html`<button class="link" @click=${() => dispatch({ kind: 'clearFilters' })}>Show all</button>` : nothing}
    </div>
    ${listed.length === 0 ? html`<p class="secondary nothing-found">No test passes the filters.</p>` : table(listed, chosen, state, dispatch)}`;
}

function filters({ group, rule, file }: State, chosen: AuditedPackage, dispatch: Dispatch): TemplateResult[] {
  const groups = GROUP_ORDER.map((each): [string, string] => [each, GROUPS[each].label]);
  const rules = brokenRules(chosen).map((each): [string, string] => [each.rule, ruleLook(each.rule, chosen).title]);
  const files = chosen.files.map((each): [string, string] => [each.uri, each.path]);
  return [
    choice('Band', 'All bands', groups, group, (value) => dispatch({ kind: 'filter', by: { group: value as Group | undefined } })),
    choice('Finding', 'Any finding', rules, rule, (value) => dispatch({ kind: 'filter', by: { rule: value } })),
    choice('File', 'All files', files, file, (value) => dispatch({ kind: 'filter', by: { file: value } })),
  ];
}

function choice(
  label: string,
  all: string,
  options: readonly [value: string, label: string][],
  chosen: string | undefined,
  choose: (value: string | undefined) => void,
): TemplateResult {
  const change = (event: Event) => choose((event.target as HTMLSelectElement).value || undefined);
  return html`<label class="select filter ${chosen === undefined ? '' : 'active'}">
    <span class="hidden">${label}</span>
    <select .value=${chosen ?? ''} @change=${change}>
      <option value="" ?selected=${chosen === undefined}>${all}</option>
      ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
    </select>
    ${icon('chevron-down')}
  </label>`;
}

function table(listed: readonly ListedTest[], chosen: AuditedPackage, { rows }: State, dispatch: Dispatch): TemplateResult {
  const from = Math.min(rows.from, listed.length);
  const drawn = listed.slice(from, rows.to);
  return html`<table class="audited" aria-rowcount=${listed.length + 1}>
    <thead>
      <tr aria-rowindex="1">
        <th scope="col" class="column-strength">Strength</th>
        <th scope="col">Test</th>
        <th scope="col" class="number column-assertions">Assertions</th>
        <th scope="col" class="column-rules">Findings</th>
      </tr>
    </thead>
    <tbody data-rows=${listed.length}>
      ${gap(from * rows.height)}
      ${repeat(
        drawn,
        ({ key }) => key,
        (one, index) => row(one, chosen, from + index, dispatch),
      )}
      ${gap((listed.length - from - drawn.length) * rows.height)}
    </tbody>
  </table>`;
}

/** Takes the place of rows that are not drawn. */
function gap(height: number): TemplateResult | typeof nothing {
  return height === 0 ? nothing : html`<tr class="gap-row" aria-hidden="true"><td .style=${`height: ${height}px`}></td></tr>`;
}

function row({ test, file }: ListedTest, chosen: AuditedPackage, index: number, dispatch: Dispatch): TemplateResult {
  const group = groupOf(test);
  const { label, icon: name, name: className } = GROUPS[group];
  const { suites, own } = titleOf(test.title);
  const position = test.range.start;
  const open = () => dispatch({ kind: 'send', message: { kind: 'open', uri: file.uri, position } });
  return html`<tr class="test band-${className}" aria-rowindex=${index + 2} @click=${open}>
    <td class="column-strength">
      <span class="strength">
        ${icon(name)}<b class="number">${group === 'not run' ? '–' : test.strength}</b>
        <span class="strength-track" aria-hidden="true"><span .style=${`width: ${group === 'not run' ? 0 : test.strength}%`}></span></span>
      </span>
      <span class="secondary line">${label}</span>
    </td>
    <td>
      <button class="line" data-item title=${[...test.title].join(' › ')}>${own}</button>
      <span class="secondary line" title=${file.path}>${suites === '' ? nothing : html`${suites} · `}${file.path}:${position.line + 1}</span>
    </td>
    <td class="number column-assertions ${test.assertions === 0 ? 'zero' : ''}">${count(test.assertions)}</td>
    <td class="column-rules">${test.rules.map((rule) => badge(rule, chosen))}</td>
  </tr>`;
}

function badge(rule: string, chosen: AuditedPackage): TemplateResult {
  const { title, severity } = ruleLook(rule, chosen);
  return html`<span class="line severity-${severity}" title=${title}>${icon(SEVERITY_ICONS[severity])} ${rule}</span>`;
}
