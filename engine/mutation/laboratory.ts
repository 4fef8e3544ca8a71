import type { JobContext } from '../model/index.ts';
import type { MutationPlan, Outcome } from './executor.ts';

/** Where the text of a test file that was written for an experiment finds what it tells things to (`Switchboard.lab`). */
export const LAB = `Reflect.get(globalThis,'__assay_switches__').lab`;

/** Experiments with the mutants of a plan, each in the process of a test file. */
export interface Experiments {
  /** Absolute path of a module of ours that exports an `experiment` (`hot/worker/laboratory.ts`). */
  script: string;
  each: { testFile: string; input: unknown }[];
  /** How long one may go on without saying that it moves, milliseconds. */
  stallMs: number;
  /** How long one may take, milliseconds. */
  totalMs: number;
  /** Whether others are asked for as soon as these are done: their processes start meanwhile. */
  isFollowed: boolean;
}

/** What is told while experiments run: what they find, and those that came to a bad end: the mutant that one was at, and why its process is no more. */
export type LaboratoryEvent =
  | { kind: 'found'; testFile: string; finding: unknown }
  | { kind: 'lost'; testFile: string; mutant: string; why: string }
  | { kind: 'log'; line: string };

/** Lets experiments have mutants in the test framework's own processes. */
export interface Laboratory {
  experiment(plan: MutationPlan, experiments: Experiments, context: JobContext<LaboratoryEvent>): Promise<Outcome>;
}
