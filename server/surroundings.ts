import type { Laboratory } from '../engine/mutation/index.ts';
import type { Settings } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** What experiments with tests need from the server around them. */
export interface ExperimentSurroundings {
  workspace: Workspace;
  settings: Settings;
  laboratory: Laboratory;
  signal: AbortSignal;
  progress(text: string, done: number, all: number): void;
  log(line: string): void;
}

/** The part of a request that all runs have alike: what stands in the editor, and what its settings say. */
export async function asInEditor(workspace: Workspace, { nodePath, concurrency, dryRunMinutes }: Settings) {
  return {
    overlays: await workspace.unsaved(),
    node: { setting: nodePath || undefined },
    concurrency: concurrency > 0 ? concurrency : undefined,
    dryRunMinutes,
    books: workspace.books,
  };
}
