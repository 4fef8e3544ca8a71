import type { MutantResult, MutantTestPlan } from '@stryker-mutator/api/core';
import type { DryRunCompletedEvent } from '@stryker-mutator/api/report';

/** What the host hears from the reporter inside StrykerJS. */
export interface Listener {
  dryRun(event: DryRunCompletedEvent): void;
  planned(plans: readonly MutantTestPlan[]): void;
  tested(result: Readonly<MutantResult>): void;
}

// StrykerJS imports the plugin by itself, so that the host and the plugin share no module instance.
const KEY = Symbol.for('assay.reference.listener');
type Global = typeof globalThis & { [KEY]?: Listener };

/** Sets who hears the reporter of this process. */
export function listen(to: Listener): void {
  (globalThis as Global)[KEY] = to;
}

/** Who hears the reporter of this process: nobody in a test process. */
export function listener(): Listener | undefined {
  return (globalThis as Global)[KEY];
}
