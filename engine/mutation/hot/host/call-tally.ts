import type { HotMutant, Judgement } from '../jobs.ts';
import type { FileRun } from './tracks.ts';

/** Adds up what it costs to call tests: how long workers were at it, and how long the same tests took by themselves. */
export class CallTally {
  /** How often tests were called, the calls that confirm a kill included. */
  calls = 0;
  /** What those calls took in the dry run, milliseconds. */
  bareMs = 0;
  /** How long workers were at it, milliseconds. */
  workMs = 0;

  /** Counts the calls that a judgement comes from. */
  count({ durations }: Pick<FileRun, 'durations'>, { tests }: Pick<HotMutant, 'tests'>, judgement: Judgement): void {
    if (judgement.result === 'unsure') return;
    const called = tests.slice(0, judgement.ran);
    if (judgement.result === 'killed' && judgement.by !== undefined) called.push(judgement.by);
    this.calls += called.length;
    for (const key of called) this.bareMs += durations.get(key) ?? 0;
  }

  /** The sums in a sentence, for example `1200 calls of tests took 310 ms of the workers' time, 410 ms in the dry run.` */
  get text(): string {
    return `${this.calls} calls of tests took ${this.workMs.toFixed(0)} ms of the workers' time, ${this.bareMs.toFixed(0)} ms in the dry run.`;
  }
}
