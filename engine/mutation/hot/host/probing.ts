import { type Answer, keyIn, type ProbeJob } from '../jobs.ts';
import { bystanders, reaches } from './bystanders.ts';
import { loadingTime } from './combined.ts';
import type { FileRun } from './tracks.ts';

/** How long tests take that are tried in one job, milliseconds: all workers that have the file open share the work, and none waits long for the others. */
const JOB_MS = 40;

export type Probed = Extract<Answer, { kind: 'probed' }>;

/** Finds out which tests of a file can be called again and again, at all the slots that open it. */
export class Probing {
  /** Whether a test noticed the canary. */
  noticed = false;
  /** Whether all processes in which tests were tried had run others before. */
  inUsed = true;
  readonly #run: FileRun;
  readonly #left: string[];
  readonly #underWay = new Set<Promise<void>>();

  constructor(run: FileRun) {
    this.#run = run;
    this.#left = toTry(run);
  }

  /**
   * Tries tests at a slot as long as some are left and the file is not cold, then waits for what the other slots are at.
   *
   * @param used whether the slot's process ran others before
   */
  async work(used: boolean, ask: (job: ProbeJob) => Promise<Probed>): Promise<void> {
    while (this.#left.length > 0 && this.#run.cold === undefined) {
      this.inUsed &&= used;
      const asked = this.#try(ask);
      this.#underWay.add(asked);
      await asked.finally(() => this.#underWay.delete(asked));
    }
    await Promise.all(this.#underWay);
  }

  async #try(ask: (job: ProbeJob) => Promise<Probed>): Promise<void> {
    const run = this.#run;
    const { cold, coldTests, infecting, noticed } = await ask({ kind: 'probe', file: run.file, covering: this.#take(), canary: !this.noticed });
    this.noticed ||= noticed;
    if (cold !== undefined) run.cold ??= cold;
    for (const [key, why] of Object.entries(coldTests)) run.coldTests.set(key, why);
    for (const [key, ids] of Object.entries(infecting)) {
      const part = run.parts?.find(({ file }) => key.startsWith(keyIn(file, '')));
      (part ?? run).infecting.set(part ? key.slice(keyIn(part.file, '').length) : key, ids);
    }
  }

  #take(): ProbeJob['covering'] {
    const { durations, perTest, inert } = this.#run;
    let ms = 0;
    let count = 0;
    while (count < this.#left.length && ms < JOB_MS) ms += durations.get(this.#left[count++] as string) ?? 0;
    return Object.fromEntries(this.#left.splice(0, count).map((key) => [key, { hits: perTest[key] ?? {}, inert: inert[key] ?? [] }]));
  }
}

/**
 * The tests that are tried: those that reach mutated code, and of the others behind the first of them, which may need what a mutant changes for them, those
 * that take no longer than loading the file and are no bystanders. The last one first: a test that needs others before it shows that. Where files share their
 * modules each may change what the next one meets, and they are tried as they come.
 */
function toTry(run: FileRun): string[] {
  if (run.parts) return Object.keys(run.perTest);
  const loadMs = loadingTime(run);
  const left = bystanders(run);
  const tests = [...run.durations];
  const first = tests.findIndex(([key]) => reaches(run, key));
  return tests.flatMap(([key, ms], i) => (reaches(run, key) || (i > first && ms <= loadMs && !left.has(key)) ? [key] : [])).reverse();
}
