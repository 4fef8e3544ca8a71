import { html, nothing, type TemplateResult } from 'lit';
import type { AuditedPackage } from '../../server/protocol.ts';
import { count, percent } from '../report/format.ts';
import { icon } from '../report/status.ts';
import { GROUP_ORDER, GROUPS, type Group } from './bands.ts';
import { countGroups } from './list.ts';
import type { Dispatch } from './reducer.ts';

/** How many tests lie in each band, as bars that are a table; pressing one lists its tests. */
export function distribution(chosen: AuditedPackage, pressed: Group | undefined, dispatch: Dispatch): TemplateResult {
  const counts = countGroups(chosen);
  const most = Math.max(1, ...Object.values(counts));
  return html`<section class="distribution" aria-labelledby="distribution-heading">
    <h2 id="distribution-heading">How much the tests check</h2>
    <table>
      <thead class="hidden">
        <tr>
          <th scope="col">Band</th>
          <th scope="col">Share</th>
          <th scope="col">Tests</th>
        </tr>
      </thead>
      <tbody>
        ${GROUP_ORDER.map((group) => row(group, counts[group], most, chosen.summary.tests, pressed === group, dispatch))}
      </tbody>
    </table>
  </section>`;
}

function row(group: Group, tests: number, most: number, all: number, pressed: boolean, dispatch: Dispatch): TemplateResult {
  const { label, strengths, icon: name, meaning, name: className } = GROUPS[group];
  return html`<tr class="band-${className} ${pressed ? 'pressed' : ''}" title=${meaning} @click=${() => dispatch({ kind: 'toggleGroup', group })}>
    <th scope="row"><button aria-pressed=${pressed}>${icon(name)} ${label} <span class="secondary">${strengths}</span></button></th>
    <td class="bar-cell">
      ${tests === 0 ? nothing : html`<div class="bar" .style=${`width: ${(100 * tests) / most}%`}></div>`}
      <span class="hidden">${percent(all === 0 ? null : (100 * tests) / all)}</span>
    </td>
    <td class="number ${tests === 0 ? 'zero' : ''}">${count(tests)}</td>
  </tr>`;
}
