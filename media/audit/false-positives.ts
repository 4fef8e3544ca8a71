import { html, nothing, type TemplateResult } from 'lit';
import type { AuditedPackage, FalsePositive } from '../../server/protocol.ts';
import { counted } from '../report/format.ts';
import { prose } from '../report/prose.ts';
import { icon } from '../report/status.ts';
import { titleOf } from './list.ts';
import { cut } from './long-list.ts';
import { byPriority, priorityView } from './priority.ts';
import type { Dispatch } from './reducer.ts';
import type { State } from './state.ts';

/** The tests that pass whatever becomes of the code that they run, the most urgent first; or how to find them. */
export function falsePositives(state: State, { falsePositives: known }: AuditedPackage, dispatch: Dispatch): TemplateResult {
  if (known === null) return notKnown(state.canProve, dispatch);
  if (known.length === 0) {
    return html`<p class="note nothing-wrong">${icon('pass')} None: of each test that was run for it, some breakage of the code that it runs makes it fail.</p>`;
  }
  const sorted = [...known].sort((a, b) => byPriority(a.priority, b.priority) || b.breakages - a.breakages);
  const { entries, more } = cut(sorted, 'false-positives', state, dispatch);
  return html`<p class="secondary lead">These tests run code and pass whatever is broken in it: they look like protection and give none.</p>
    <table class="inventory">
      <thead>
        <tr>
          <th scope="col">Priority</th>
          <th scope="col">Test</th>
          <th scope="col">Functions that it does not check</th>
        </tr>
      </thead>
      <tbody>
        ${entries.map((each) => row(each, dispatch))}
      </tbody>
    </table>
    ${more}`;
}

function notKnown(canProve: boolean, dispatch: Dispatch): TemplateResult {
  return html`<div class="unknown-part">
    <h2>Not known yet</h2>
    <p>
      Reading a test shows what it asserts, but not whether it can fail. That shows only when the code that it runs is broken on purpose: a test that passes
      whatever is broken is a false positive.
    </p>
    ${
      canProve
        ? html`<button class="button" data-item @click=${() => dispatch({ kind: 'send', message: { kind: 'prove' } })}>${icon('beaker')} Run the tests for it</button>`
        : html`<p class="secondary">The tests were not run for it, and that cannot be started from here.</p>`
    }
  </div>`;
}

function row({ uri, path, range, title, priority, sentence, breakages, functions }: FalsePositive, dispatch: Dispatch): TemplateResult {
  const { suites, own } = titleOf(title);
  const open = () => dispatch({ kind: 'send', message: { kind: 'open', uri, position: range.start } });
  return html`<tr @click=${open}>
    <td>${priorityView(priority)}</td>
    <td>
      <button data-item title="Open the test">${own}</button>
      <p class="secondary">${suites === '' ? nothing : html`${suites} · `}${path}:${range.start.line + 1}</p>
      <p>${prose(sentence)}</p>
    </td>
    <td class="functions">
      ${functions.map((name) => html`<code>${name}</code>`)}
      <span class="secondary">${counted(breakages, 'breakage')} passed</span>
    </td>
  </tr>`;
}
