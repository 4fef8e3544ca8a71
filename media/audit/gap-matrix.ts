import { html, nothing, type TemplateResult } from 'lit';
import type { AuditedPackage, CriticalGap } from '../../server/protocol.ts';
import { count, percent } from '../report/format.ts';
import { prose } from '../report/prose.ts';
import { byPriority, priorityView } from './priority.ts';
import type { Dispatch } from './reducer.ts';

/** The paths through the code that matter most, and how well tests watch over each, the riskiest first; or how to have them. */
export function gapMatrix({ gaps }: AuditedPackage, dispatch: Dispatch): TemplateResult {
  if (gaps === null) return notKnown;
  if (gaps.length === 0) return html`<p class="secondary nothing-found">No critical path is declared or was found in this package.</p>`;
  return html`<p class="secondary lead">Code that matters more than other code, and how well tests watch over it. A dash is what is not known.</p>
    <table class="inventory matrix">
      <thead>
        <tr>
          <th scope="col">Risk</th>
          <th scope="col">Critical path</th>
          <th scope="col" class="number">Functions reached</th>
          <th scope="col" class="number" title="The mean strength of the tests that reach it">Test strength</th>
          <th scope="col" class="number" title="Mutants that tests noticed, of those that were judged">Kill rate</th>
          <th scope="col" class="number" title="Functions that tests run and none would miss">Pseudo-tested</th>
        </tr>
      </thead>
      <tbody>
        ${[...gaps].sort((a, b) => byPriority(a.risk, b.risk)).map((gap) => row(gap, dispatch))}
      </tbody>
    </table>`;
}

const notKnown = html`<div class="unknown-part">
  <h2>Not worked out yet</h2>
  <p>
    For each path through the code that matters most, the matrix shows how many of its functions tests reach, how much these tests check, and how many mutants
    they kill. It rests on the results of mutation testing: run <b>Assay: Run Mutation Testing on Folder</b> on the code that matters.
  </p>
</div>`;

function row(gap: CriticalGap, dispatch: Dispatch): TemplateResult {
  const { uri, range, functions } = gap;
  const open = () => uri !== null && dispatch({ kind: 'send', message: { kind: 'open', uri, position: range?.start ?? { line: 0, column: 0 } } });
  return html`<tr class=${uri === null ? 'fixed' : ''} @click=${open}>
    <td>${priorityView(gap.risk)}</td>
    <td>
      ${uri === null ? html`<b>${gap.name}</b>` : html`<button data-item title="Open it in the editor">${gap.name}</button>`}
      <span class="origin" title=${gap.origin === 'declared' ? 'The project names it' : 'Assay took it for one'}>${gap.origin}</span>
      <p>${prose(gap.sentence)}</p>
      ${gap.pseudoTested.length === 0 ? nothing : html`<p class="functions">No test would miss ${gap.pseudoTested.map((name) => html`<code>${name}</code> `)}</p>`}
    </td>
    <td class="number">${functions === null ? '–' : `${count(functions.reached)} of ${count(functions.all)}`}</td>
    <td class="number">${gap.strength === null ? '–' : Math.round(gap.strength)}</td>
    <td class="number">${percent(gap.killRate)}</td>
    <td class="number ${gap.pseudoTested.length === 0 ? 'zero' : ''}">${count(gap.pseudoTested.length)}</td>
  </tr>`;
}
