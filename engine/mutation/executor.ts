import type { Failure, JobContext, Range } from '../model/index.ts';
import type { NodeRuntime } from '../process/index.ts';
import type { TestPackage } from '../workspace/index.ts';
import type { TestCase, Verdict } from './model.ts';

/** A file to mutate, or stretches of it. */
export interface Target {
  /** Absolute path. */
  file: string;
  /** Only mutants inside one of these are judged; the whole file where missing. */
  ranges?: Range[];
  /** Only mutants that remove one of these bodies of functions are judged; all where missing. */
  bodies?: Range[];
  /** Whether a person named this very file, so that patterns in a configuration that leave it out do not apply. */
  named: boolean;
}

/** What an executor is asked to do. */
export interface MutationPlan {
  package: TestPackage;
  targets: Target[];
  /** Texts of unsaved documents by absolute path: they stand in for the files on the disk. */
  overlays: ReadonlyMap<string, string>;
  node: NodeRuntime;
  /** How many test processes may run at once; the executor's own choice where missing. */
  concurrency?: number;
  /** How long the tests may take to run once, minutes. */
  dryRunMinutes: number;
  /** How much memory a test process may take beyond what it took without a mutant, MiB; the executor's own choice where missing. */
  memoryMiB?: number;
  /** Whether test processes can change no files but in a folder of their own, and start no processes. */
  confined?: boolean;
}

/** What an executor says while it works, in this order: phases as they begin, then the tests, the number of mutants, and each verdict; and files that are left out with why, and that another executor takes over. */
export type ExecutorEvent =
  | { kind: 'phase'; phase: Phase }
  | { kind: 'tests'; tests: TestCase[] }
  | { kind: 'planned'; mutants: number }
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'skipped'; file: string; failure?: Failure }
  | { kind: 'executor'; name: string; because: string }
  | { kind: 'log'; line: string };

/** The stages of a run that a person sees. */
export type Phase = 'instrumenting' | 'dry-run' | 'mutants';

/** How a run ended. Verdicts that were reported before it ended stand in each case. */
export type Outcome = { status: 'done' } | { status: 'cancelled' } | { status: 'failed'; failure: Failure };

/** Judges mutants. One implementation runs per plan; everything else in this room is the same for all of them. */
export interface Executor {
  /** Shown in reports, for example `StrykerJS 10.1.1`. */
  readonly name: string;
  run(plan: MutationPlan, context: JobContext<ExecutorEvent>): Promise<Outcome>;
}
