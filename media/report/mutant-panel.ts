import { html, nothing, type TemplateResult } from 'lit';
import type { MutantView, TestView } from '../../server/protocol.ts';
import { type DiffLine, diffOf } from './diff.ts';
import { count } from './format.ts';
import { prose } from './prose.ts';
import type { Dispatch } from './reducer.ts';
import { icon } from './status.ts';
import { testList } from './test-list.ts';

/** What the details of a mutant are drawn from, besides itself. */
export interface PanelContext {
  uri: string;
  lines: readonly string[];
  tests: readonly TestView[];
  dispatch: Dispatch;
}

/** Everything that is known of a mutant. */
export function mutantPanel(mutant: MutantView, context: PanelContext): TemplateResult {
  const { uri, tests, dispatch } = context;
  const named = (indexes: number[]) => indexes.flatMap((index) => tests[index] ?? []);
  const open = () => dispatch({ kind: 'send', message: { kind: 'open', uri, position: mutant.range.start } });
  return html`<div class="mutant-panel">
    <p class="sentence">${prose(mutant.sentence)}</p>
    ${diff(diffOf(context.lines, mutant))} ${mutant.reason ? html`<pre class="reason">${mutant.reason}</pre>` : nothing}
    <p class="mutant-facts">
      <span title="Mutator">${icon('beaker')} ${mutant.mutator}</span>
      <span title="Function">${icon('symbol-method')} ${mutant.function}</span>
      ${mutant.static ? html`<span title="The code runs when its module loads, so no single test can be told to cover it">${icon('pinned')} Static</span>` : nothing}
      ${mutant.suppressed ? html`<span title="Not worth a look; it counts in the score">${icon('eye-closed')} Suppressed: ${prose(mutant.suppressed)}</span>` : nothing}
      ${mutant.stale ? html`<span>${icon('history')} The function has changed since this was judged</span>` : nothing}
      <button class="link" @click=${open}>${icon('go-to-file')} Open in editor</button>
    </p>
    ${testList('Noticed by', named(mutant.killedBy), dispatch)} ${testList('Covered by', named(mutant.coveredBy), dispatch)}
  </div>`;
}

const SIGNS = { removed: '-', added: '+' } as const;

function diff(lines: DiffLine[]): TemplateResult {
  return html`<div class="diff" role="group" aria-label="The change"><div class="diff-lines">${lines.map(diffLine)}</div></div>`;
}

function diffLine(line: DiffLine): TemplateResult {
  if (line.kind === 'folded') return html`<div class="diff-line folded"><span></span><span></span><span>… ${count(line.count)} lines …</span></div>`;
  return html`<div class="diff-line ${line.kind}">
    <span class="line-number" aria-hidden="true">${line.number ?? ''}</span><span class="sign" aria-label=${line.kind}>${SIGNS[line.kind]}</span
    ><code>${line.parts.map(({ text, changed }) => (changed ? emphasised(line.kind, text) : text))}</code>
  </div>`;
}

function emphasised(kind: 'removed' | 'added', text: string): TemplateResult {
  return kind === 'removed' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`;
}
