import { html, type TemplateResult } from 'lit';
import type { MutantStatus } from '../../engine/mutation/index.ts';

/** How a status is told: never by colour alone. */
export interface StatusLook {
  label: string;
  /** Name of its codicon; no two statuses share a shape. */
  icon: string;
  /** What it means, for the tooltip. */
  meaning: string;
}

/** All statuses, those that ask for a look first. */
export const LOOKS: Readonly<Record<MutantStatus, StatusLook>> = {
  Survived: { label: 'Survived', icon: 'warning', meaning: 'Tests ran the mutated code and all passed' },
  NoCoverage: { label: 'No coverage', icon: 'circle-slash', meaning: 'No test runs the code' },
  Killed: { label: 'Killed', icon: 'pass', meaning: 'At least one test failed, as it should' },
  Timeout: { label: 'Timeout', icon: 'watch', meaning: 'The tests did not end, which counts as noticed' },
  RuntimeError: { label: 'Runtime error', icon: 'error', meaning: 'The mutant could not run; not counted' },
  CompileError: { label: 'Compile error', icon: 'bracket-error', meaning: 'The mutant does not compile; not counted' },
  Ignored: { label: 'Ignored', icon: 'eye-closed', meaning: 'Left out by configuration or comment; not counted' },
  Pending: { label: 'Pending', icon: 'circle-large-outline', meaning: 'Not judged yet' },
};

/** All statuses in the order in which they are shown. */
export const STATUS_ORDER = Object.keys(LOOKS) as MutantStatus[];

/** The icon of a status, with its label as the tooltip; hidden from screen readers, which read the label beside it. */
export function statusIcon(status: MutantStatus): TemplateResult {
  return html`<span class="codicon codicon-${LOOKS[status].icon} status-${status}" title=${LOOKS[status].label} aria-hidden="true"></span>`;
}

/** An icon that says nothing that the text beside it does not. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}
