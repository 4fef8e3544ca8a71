import type { Allowance, SupervisedExit } from '../process/index.ts';
import { type ProvenRun, STOPPED, type Verdict } from './model.ts';

/** How a command of a proof ended. */
export interface RunExit extends SupervisedExit {
  /** The program that is not there, where it ended for that. */
  missing?: string;
  /** What kept the project's package manager from starting, where it ended for that. */
  refused?: string;
}

/** What a command that could not do its work makes of a rung. */
export function brokenOff(exit: Pick<RunExit, 'stopped' | 'missing' | 'refused'>, options: Allowance): { verdict: Verdict; why: string } | undefined {
  if (exit.missing !== undefined && !exit.stopped) {
    return { verdict: 'inconclusive', why: `${exit.missing} was not found. Install it, or name the command in assay.config.json ("verify").` };
  }
  if (exit.refused !== undefined) {
    const what =
      'Install the version that the project asks for (package.json, rust-toolchain.toml, go.mod), or name another command in assay.config.json ("verify").';
    return { verdict: 'inconclusive', why: `The package manager, toolchain or browser did not start: ${exit.refused}. ${what}` };
  }
  switch (exit.stopped) {
    case 'cancelled':
      return { verdict: 'inconclusive', why: 'It was cancelled.' };
    case 'time':
      return { verdict: 'inconclusive', why: `It took longer than the limit of ${Math.round(options.time / 1000)} s and was ended.` };
    case 'memory':
      return { verdict: 'inconclusive', why: `It took more memory than the limit of ${Math.round(options.memory / 1e6)} MB and was ended.` };
    case undefined:
      return undefined;
  }
}

/** How a command ended, and why where that was from outside. */
export type Ending = Omit<SupervisedExit, 'stopped'> & Pick<ProvenRun, 'stopped'>;

/** How a command ended, for its log. */
export function howItEnded(exit: Ending): string {
  if (exit.stopped) return STOPPED[exit.stopped];
  if (exit.startError) return `could not be started: ${exit.startError.message}`;
  return exit.signal ? `ended by ${exit.signal}` : `exit status ${exit.code}`;
}
