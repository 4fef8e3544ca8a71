import type { Answer } from '../jobs.ts';
import { sameMutants } from '../worker/switchboard.ts';
import type { Assignment } from './assignment.ts';
import type { Crew, Slot } from './crew.ts';
import type { TestFile } from './driver.ts';
import { aloneLimit } from './limits.ts';
import { type FileRun, USED_PROCESS } from './tracks.ts';

/** How often tests that reach other code than before are tried in a new process. */
const RANDOM_TRIES = 2;

type Dry = Extract<Answer, { kind: 'dry' }>;

/** Finds out which test files may be run in processes that ran others before. */
export class Reloading {
  readonly #crew: Crew;
  readonly #tell: Assignment['tell'];

  constructor(crew: Crew, tell: Assignment['tell']) {
    this.#crew = crew;
    this.#tell = tell;
  }

  /** Finds out whether the file's tests do the same in fresh modules of a process that ran other tests before. */
  async try(slot: Slot, test: TestFile, run: FileRun): Promise<void> {
    const { used } = slot;
    let answer = await this.#runAgain(slot, test, run, false);
    if (answer && !used) answer = await this.#runAgain(slot, test, run, false);
    run.reloaded = true;
    const others = doingOther(run, answer);
    if (others?.length === 0 || (others && (await this.#areRandom(slot, test, run, others)))) {
      if (answer?.amongOthers) run.amongOthers = true;
      return;
    }
    run.ownProcess = USED_PROCESS;
    this.#tell({ kind: 'note', text: `${run.file} needs a process of its own: ${USED_PROCESS}.` });
  }

  /** Whether tests that reached other code than before do so in a new process, too: then a process of its own is of no use. */
  async #areRandom(slot: Slot, test: TestFile, run: FileRun, others: readonly string[]): Promise<boolean> {
    const random = new Set<string>();
    for (let i = 0; i < RANDOM_TRIES && others.some((key) => !random.has(key)); i++) {
      for (const key of doingOther(run, await this.#runAgain(slot, test, run, true)) ?? []) random.add(key);
    }
    return others.every((key) => random.has(key));
  }

  async #runAgain(slot: Slot, test: TestFile, run: FileRun, inNewProcess: boolean): Promise<Dry | undefined> {
    const worker = await this.#crew.workerFor(slot, test, inNewProcess);
    Object.assign(slot, { open: undefined, used: true });
    const limitMs = aloneLimit(run);
    const job = { kind: 'dry', file: test.file, tests: Object.keys(run.perTest), weighs: false } as const;
    let answer: Dry | undefined;
    await worker.do(job, { totalMs: limitMs, stallMs: limitMs }, this.#crew.maxMemory, (one) => {
      if (one.kind === 'dry') answer = one;
    });
    return answer;
  }
}

/** The tests that reached other code than in the dry run; undefined where one failed, or nothing is known. */
function doingOther({ perTest }: FileRun, answer: Dry | undefined): string[] | undefined {
  if (!answer || answer.error !== undefined || answer.tests.some(({ state }) => state === 'failed')) return undefined;
  return Object.keys(perTest).filter((key) => !sameMutants(perTest[key] ?? {}, answer.perTest[key] ?? {}));
}
