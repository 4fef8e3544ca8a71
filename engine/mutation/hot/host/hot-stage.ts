import type { Answer, HotMutant, Judgement } from '../jobs.ts';
import type { Assignment } from './assignment.ts';
import { batch } from './batch.ts';
import { CallTally } from './call-tally.ts';
import type { Crew, Slot, Task } from './crew.ts';
import type { Docket } from './docket.ts';
import type { TestFile } from './driver.ts';
import { callLimits, hitLimit, openLimit, stallLimit } from './limits.ts';
import type { StageParts } from './stage-parts.ts';
import { type Coverage, type FileRun, fastestFirst, type Track } from './tracks.ts';
import type { Worker } from './worker-port.ts';

/** How many mutants a job carries, at most: what is lost when a worker dies, and how fine the work is shared. */
const BATCH = 40;

/** Judges mutants by calling tests of files that stay open. */
export class HotStage {
  readonly tally = new CallTally();
  readonly #crew: Crew;
  readonly #docket: Docket;
  readonly #files: ReadonlyMap<string, TestFile>;
  readonly #runs: ReadonlyMap<string, FileRun>;
  readonly #tell: Assignment['tell'];

  constructor({ crew, docket, files, runs }: StageParts, { tell }: Pick<Assignment, 'tell'>) {
    this.#crew = crew;
    this.#docket = docket;
    this.#files = files;
    this.#runs = runs;
    this.#tell = tell;
  }

  /** What is to be done next at a slot, if anything is. */
  next(slot: Slot): Task | undefined {
    const queues = this.#docket.hot;
    const rank = (file: string) => this.#runs.get(file)?.rank ?? 0;
    const files = [...queues.files()].sort((a, b) => rank(a) - rank(b));
    const file = this.#crew.choose(slot, files, this.#files);
    if (!file) return undefined;
    const tracks = queues.take(
      file.file,
      batch(queues.of(file.file), BATCH, ({ hot }) => hot[0] as Coverage),
    );
    return () => this.#judge(slot, file, tracks);
  }

  async #judge(slot: Slot, test: TestFile, tracks: readonly Track[]): Promise<void> {
    const { file } = test;
    const run = this.#runs.get(file) as FileRun;
    const worker = run.cold === undefined ? await this.#opened(slot, test, run) : undefined;
    const left = new Map<string, Track>();
    const mutants: HotMutant[] = [];
    for (const one of tracks) {
      const tests = worker ? fastestFirst(one.hot[0] as Coverage) : [];
      if (tests.length === 0) {
        this.#passOver(one);
        continue;
      }
      left.set(one.id, one);
      mutants.push({ id: one.id, tests, hitLimit: hitLimit(one) });
    }
    if (!worker || mutants.length === 0) return;
    const limits = { totalMs: Number.POSITIVE_INFINITY, stallMs: stallLimit(run) };
    const began = performance.now();
    const ended = await worker.do({ kind: 'hot', file, mutants }, limits, this.#crew.maxMemory, (answer) => {
      const one = answer.kind === 'judged' ? left.get(answer.mutant) : undefined;
      if (answer.kind !== 'judged' || !one) return;
      left.delete(one.id);
      this.tally.count(run, mutants.find(({ id }) => id === one.id) as HotMutant, answer.judgement);
      this.#hear(one, answer.judgement);
    });
    this.tally.workMs += performance.now() - began;
    if (ended.end === 'done') return;
    slot.open = undefined;
    const culprit = left.get(ended.mutant);
    left.delete(ended.mutant);
    if (culprit) this.#suspect(culprit);
    for (const one of left.values()) this.#docket.place(one);
  }

  #hear(one: Track, judgement: Judgement): void {
    if (judgement.result !== 'unsure') one.ran += judgement.ran;
    if (judgement.result === 'unsure' || (judgement.result === 'timeout' && !judgement.certain)) this.#suspect(one);
    else if (!this.#docket.convict(one, one.hot[0] as Coverage, judgement)) this.#passOver(one);
  }

  /** Calling tests of the file at hand showed nothing: on to the next one. */
  #passOver(one: Track): void {
    one.hot.shift();
    this.#docket.place(one);
  }

  /** Calling tests is not safe for this mutant: it goes to fresh modules at once, in the file at hand first. */
  #suspect(one: Track): void {
    const [here] = one.hot;
    one.hot = [];
    one.inFresh = true;
    one.fresh = [...one.coverage].sort((a, b) => Number(b === here) - Number(a === here));
    this.#docket.place(one);
  }

  /** The slot's worker with the file open, or nothing where its tests turn out not to be callable. */
  async #opened(slot: Slot, test: TestFile, run: FileRun): Promise<Worker | undefined> {
    const { file } = test;
    const worker = await this.#crew.workerFor(slot, test);
    if (slot.open === file) return worker;
    slot.open = undefined;
    let answer: Extract<Answer, { kind: 'opened' }> | undefined;
    const { used } = slot;
    const totalMs = openLimit(run);
    const job = { kind: 'open', file, covering: run.perTest, limits: callLimits(run), probe: !run.probed } as const;
    const { end } = await worker.do(job, { totalMs, stallMs: totalMs }, this.#crew.maxMemory, (one) => {
      if (one.kind === 'opened') answer = one;
    });
    slot.used = true;
    if (!answer) run.cold = `the process ${end === 'hung' ? 'hangs' : 'ends'} when its tests are called again`;
    else if (answer.cold !== undefined) run.cold = answer.cold;
    if (answer && !run.probed) run.coldTests = new Map(Object.entries(answer.coldTests));
    if (!run.probed) this.#noteCold(run);
    // Fresh modules in a process that ran other tests before: that is what the probe was made in.
    if (!run.probed && used && run.cold === undefined && run.coldTests.size === 0) run.reloaded = true;
    run.probed = true;
    if (run.cold !== undefined) return undefined;
    slot.open = file;
    return worker;
  }

  #noteCold({ file, cold, coldTests }: FileRun): void {
    if (cold !== undefined) this.#tell({ kind: 'note', text: `${file} is cold: ${cold}.` });
    else for (const [key, why] of coldTests) this.#tell({ kind: 'note', text: `"${key}" in ${file} is cold: ${why}.` });
  }
}
