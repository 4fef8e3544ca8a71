import type { BaseRunner } from './vitest-types.ts';

/**
 * Has inline snapshots of a file be compared once more. Vitest 2 takes it for a mistake when one is compared twice; later versions know for which test it
 * was, and forget that when the test is tried again.
 */
export function compareInlineAgain({ snapshotStateMap }: BaseRunner['snapshotClient'], file: string | undefined): void {
  const state = file === undefined ? undefined : snapshotStateMap?.get(file);
  if (state?._inlineSnapshotStacks) state._inlineSnapshotStacks = state._inlineSnapshotStacks.filter((stack) => 'testId' in stack);
}
