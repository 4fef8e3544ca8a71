import { html, nothing, type TemplateResult } from 'lit';
import type { MutantView } from '../../server/protocol.ts';
import { excerptOf } from './diff.ts';
import { mutantPanel, type PanelContext } from './mutant-panel.ts';
import { icon, LOOKS, statusIcon } from './status.ts';

/** What a mutant is drawn with. */
export interface MutantContext extends PanelContext {
  selected: string | undefined;
  expanded: ReadonlySet<string>;
}

/** A mutant below its line: the change at a glance, everything else when it is expanded. */
export function mutantRow(mutant: MutantView, context: MutantContext): TemplateResult {
  const { dispatch } = context;
  const open = context.expanded.has(mutant.id);
  const change = excerptOf(mutant);
  const classes = ['mutant', `status-${mutant.status}`, mutant.id === context.selected ? 'selected' : '', mutant.stale ? 'stale' : ''];
  return html`<li class=${classes.join(' ')}>
    <button
      class="mutant-summary"
      data-item
      data-mutant=${mutant.id}
      aria-expanded=${open}
      @click=${() => dispatch({ kind: 'toggleMutant', id: mutant.id })}
      @focus=${() => dispatch({ kind: 'select', id: mutant.id })}
    >
      ${icon(open ? 'chevron-down' : 'chevron-right')} ${statusIcon(mutant.status)}
      <span class="change">${change.head}${change.removed ? html`<del>${change.removed}</del>` : nothing}${change.added ? html`<ins>${change.added}</ins>` : nothing}${change.tail}</span>
      ${mutant.stale ? html`<span class="stale-mark" title="The function has changed since">${icon('history')}<span class="hidden">changed since</span></span>` : nothing}
      ${mutant.suppressed ? html`<span class="stale-mark" title=${`Suppressed: ${mutant.suppressed}`}>${icon('eye-closed')}<span class="hidden">suppressed</span></span>` : nothing}
      <span class="mutator">${mutant.mutator}</span>
      <span class="status-label">${LOOKS[mutant.status].label}</span>
    </button>
    ${open ? mutantPanel(mutant, context) : nothing}
  </li>`;
}
