import type { MutantStatus } from '../model.ts';

/** What became of the plain test command. */
export type PlainOutcome = 'passed' | 'failed' | 'timed-out';

/** Whether the plain command must not pass if a verdict is right. */
export function expectsFailure(status: MutantStatus): boolean {
  return status === 'Killed' || status === 'Timeout' || status === 'RuntimeError';
}

/** Whether what the plain command did bears out a verdict: nothing noticed and it passed, or something did and it failed or never ended. */
export function agrees(status: MutantStatus, outcome: PlainOutcome): boolean {
  return expectsFailure(status) === (outcome !== 'passed');
}

/** How long the command may take with a mutant, whole milliseconds: three times what it took without, and ten seconds for a machine that others use too. */
export function timeLimit(unmutatedMs: number): number {
  return Math.ceil(3 * unmutatedMs) + 10_000;
}
