import type { Failure } from '../model/index.ts';
import type { FrameworkName } from '../workspace/index.ts';
import type { ExecutorEvent, Target } from './executor.ts';
import type { Experiments } from './laboratory.ts';

/** What the parent writes for the host, as JSON in `request.json` of the run's folder. */
export interface HostRequest {
  directory: string;
  root: string;
  targets: Target[];
  overlays: [file: string, text: string][];
  framework: { name: FrameworkName; configFile?: string; args: string[]; nodeArgs: string[] };
  concurrency?: number;
  dryRunMinutes: number;
  memoryMiB?: number;
  confined?: boolean;
  /** What to do with the instrumented code in place of judging its mutants. */
  experiments?: Experiments;
}

/** What the host tells its parent, one JSON text a line on file descriptor 4; at the end why it failed, or why this executor is not the one to do it. */
export type HostMessage =
  | Exclude<ExecutorEvent, { kind: 'log' }>
  | { kind: 'note'; text: string }
  | { kind: 'found'; testFile: string; finding: unknown }
  | { kind: 'lost'; testFile: string; mutant: string; why: string }
  | { kind: 'end'; failure?: Failure; unfit?: string };
