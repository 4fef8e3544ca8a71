import type { PlacedMutant } from '../jobs.ts';
import type { Call } from './caller.ts';
import type { CallableTest, FreshEnd, OpenFile, Watch } from './harness.ts';
import type { Switchboard, Trace } from './switchboard.ts';

/** What an experiment can do in a test process: run and open its file as the judges do, and switch mutants on and off. */
export interface Laboratory {
  /** The mutants that can be switched on. */
  readonly mutants: readonly PlacedMutant[];
  readonly switches: Switchboard;
  /** Runs tests of the file as the framework does, in fresh modules, in a process that is as it was. */
  fresh(watch: Watch): Promise<FreshEnd>;
  /** Loads the file in fresh modules and keeps it open until the experiment ends or something else is asked for. */
  open(): Promise<OpenFile | { cold: string }>;
  /** Calls a test of the file that is open, with the suites around it entered; one that does not end in `limitMs` is given up. What it leaves changed of the process is put back. */
  call(test: CallableTest, limitMs: number): Promise<Call>;
  /** Notes from now on how often each mutant's code runs while none is on, in what is answered; nowhere any more where `begins` is false. */
  record(begins?: boolean): Record<string, number>;
  /** What of such notes are the calls of the arrow function that a mutant replaces; only where bodies of functions were asked for. */
  idOfCalls(mutant: string): string;
  /** What of the mutated code something runs without a mutant, and which mutants would have changed nothing there. */
  trace(weighs: boolean, work: () => Promise<unknown>): Promise<Trace>;
  /** Called before anything is loaded, when what tests left of the process was put back. */
  beforeLoading: () => void;
  /** Says that all is well, and at which mutant it is: an experiment that says nothing for long is ended. */
  beat(mutant: string): void;
  /** Tells what was found. */
  tell(finding: unknown): void;
}

/** A module of ours that is loaded into a test process exports this as `experiment`. What text of the tests finds as `lab` of its switches is the experiment's own matter. */
export type Experiment = (laboratory: Laboratory, input: never) => Promise<void>;
