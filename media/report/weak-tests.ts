import { html, type TemplateResult } from 'lit';
import type { PackageSummary, WeakTest } from '../../server/protocol.ts';
import { count, duration } from './format.ts';
import type { Dispatch } from './reducer.ts';
import { LOOKS, statusIcon } from './status.ts';
import { testName } from './test-list.ts';

/** Tests that run much and notice little, the weakest first. */
export function weakTests(chosen: PackageSummary, dispatch: Dispatch): TemplateResult {
  if (chosen.weakestTests.length === 0)
    return html`<p class="secondary nothing-found">Every test that ran a mutant helped to notice all that it ran.</p>`;
  return html`<p class="secondary lead">These tests run many mutants and notice few of them: the likeliest places for a missing assertion.</p>
    <table class="tests">
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col" class="number" title="Survivors among the mutants that the test ran">${statusIcon('Survived')}<span class="column-label">Survivors it ran</span></th>
          <th scope="col" class="number" title="Mutants that the test noticed">${statusIcon('Killed')}<span class="column-label">${LOOKS.Killed.label}</span></th>
          <th scope="col" class="number column-time">Time</th>
        </tr>
      </thead>
      <tbody>
        ${chosen.weakestTests.map((weak) => row(weak, dispatch))}
      </tbody>
    </table>`;
}

function row({ test, survivors, kills }: WeakTest, dispatch: Dispatch): TemplateResult {
  return html`<tr>
    <td class="path">${testName(test, dispatch, true)}</td>
    <td class="number">${count(survivors)}</td>
    <td class="number ${kills === 0 ? 'zero' : ''}">${count(kills)}</td>
    <td class="number column-time">${duration(test.durationMs)}</td>
  </tr>`;
}
