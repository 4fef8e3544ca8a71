import { html, type TemplateResult } from 'lit';
import type { CriticalGap } from '../../server/protocol.ts';
import { icon } from '../report/status.ts';

/** How urgent something is, never by colour alone. */
export function priorityView(priority: CriticalGap['risk']): TemplateResult {
  const { label, icon: name } = LOOKS[priority];
  return html`<span class="priority priority-${priority}">${icon(name)} ${label}</span>`;
}

/** The most urgent first. */
export function byPriority(a: CriticalGap['risk'], b: CriticalGap['risk']): number {
  return ORDER.indexOf(a) - ORDER.indexOf(b);
}

const LOOKS: Readonly<Record<CriticalGap['risk'], { label: string; icon: string }>> = {
  critical: { label: 'Critical', icon: 'flame' },
  high: { label: 'High', icon: 'arrow-up' },
  medium: { label: 'Medium', icon: 'arrow-right' },
  low: { label: 'Low', icon: 'arrow-down' },
  unknown: { label: 'Unknown', icon: 'question' },
};
const ORDER = Object.keys(LOOKS);
