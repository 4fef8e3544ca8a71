import { type Answer, type HotMutant, type Judgement, keyIn, type OpenJob, type ProbeJob } from '../jobs.ts';
import type { Assignment } from './assignment.ts';
import { batch } from './batch.ts';
import { bystanders } from './bystanders.ts';
import type { Crew, Slot, Task } from './crew.ts';
import type { Docket } from './docket.ts';
import type { TestFile } from './driver.ts';
import { callHitLimit, callLimits, callStepLimits, openLimit, stallLimit } from './limits.ts';
import { Probing } from './probing.ts';
import { Reloading } from './reloading.ts';
import type { StageParts } from './stage-parts.ts';
import { type Coverage, type FileRun, isCallable, type Track } from './tracks.ts';
import type { Worker } from './worker-port.ts';

/** How many mutants a job carries, at most: what is lost when a worker dies, and how fine the work is shared. */
const BATCH = 40;

/** Judges mutants by calling tests of files that stay open. */
export class HotStage {
  /** How often tests were called, what those calls took in the dry run, and how long workers were at it, milliseconds. */
  readonly calls = { count: 0, bareMs: 0, workMs: 0 };
  readonly #crew: Crew;
  readonly #docket: Docket;
  readonly #files: ReadonlyMap<string, TestFile>;
  readonly #runs: ReadonlyMap<string, FileRun>;
  readonly #probings = new Map<FileRun, Probing>();
  /** Where each test of a file stands among its durations, by key. */
  readonly #places = new Map<FileRun, ReadonlyMap<string, number>>();
  readonly #reloading: Reloading;
  readonly #tell: Assignment['tell'];

  constructor({ crew, docket, files, runs }: StageParts, { tell }: Pick<Assignment, 'tell'>) {
    this.#reloading = new Reloading(crew, tell);
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
    const places = this.#placesIn(run);
    const left = new Map<string, Track>();
    const mutants: HotMutant[] = [];
    for (const one of tracks) {
      const callable = worker ? (one.hot[0] as Coverage).infected.filter((key) => !run.coldTests.has(key)) : [];
      const tests = callable.map((key) => places.get(key)).filter((place) => place !== undefined);
      if (tests.length === 0) {
        this.#passOver(one);
        continue;
      }
      left.set(one.id, one);
      mutants.push({ id: one.id, tests, hitLimit: callHitLimit(one) });
    }
    if (!worker || mutants.length === 0) return;
    const limits = { totalMs: Number.POSITIVE_INFINITY, stallMs: stallLimit(run) };
    const began = performance.now();
    const ended = await worker.do({ kind: 'hot', file, mutants }, limits, this.#crew.maxMemory, (answer) => {
      if (answer.kind === 'called') {
        this.calls.count += answer.calls;
        this.calls.bareMs += answer.bareMs;
      }
      const one = answer.kind === 'judged' ? left.get(answer.mutant) : undefined;
      if (answer.kind !== 'judged' || !one) return;
      left.delete(one.id);
      this.#hear(one, answer.judgement);
    });
    this.calls.workMs += performance.now() - began;
    if (ended.end === 'done') return;
    slot.open = undefined;
    const culprit = left.get(ended.mutant);
    left.delete(ended.mutant);
    if (culprit) {
      // What ended or stopped a process is known for good where nothing ran in it before.
      culprit.newProcess = true;
      this.#suspect(culprit);
      this.#docket.place(culprit);
    }
    for (const one of left.values()) this.#docket.place(one);
  }

  #hear(one: Track, judgement: Judgement): void {
    if (judgement.result !== 'unsure') one.ran += judgement.ran;
    if (judgement.result === 'unsure') {
      this.#suspect(one);
      this.#docket.place(one);
    } else if (judgement.result === 'timeout' && !judgement.certain) {
      // It waits: others need not wait for it too.
      this.#suspect(one);
      this.#docket.putOff(one);
    } else if (!this.#docket.convict(one, one.hot[0] as Coverage, judgement)) this.#passOver(one);
  }

  /** Calling tests of the file at hand showed nothing: on to the next one, or to those that it stands for where they cannot be open together. */
  #passOver(one: Track): void {
    const { cold, parts } = (one.hot.shift() as Coverage).file;
    if (cold !== undefined && parts) one.hot.unshift(...one.coverage.filter((coverage) => isCallable(coverage) && parts.includes(coverage.file)));
    this.#docket.place(one);
  }

  /** Calling tests is not safe for this mutant: it is to go to fresh modules, in the file at hand first. */
  #suspect(one: Track): void {
    const here = one.hot[0]?.file;
    const isHere = ({ file }: Coverage) => file === here || here?.parts?.includes(file) === true;
    one.hot = [];
    one.inFresh = true;
    one.fresh = [...one.judgedIn].sort((a, b) => Number(isHere(b)) - Number(isHere(a)));
  }

  #placesIn(run: FileRun): ReadonlyMap<string, number> {
    const known = this.#places.get(run);
    if (known) return known;
    const places = new Map(Object.keys(Object.fromEntries(run.durations)).map((key, place) => [key, place]));
    this.#places.set(run, places);
    return places;
  }

  /** The slot's worker with the file open and its tests probed, or nothing where they turn out not to be callable. */
  async #opened(slot: Slot, test: TestFile, run: FileRun): Promise<Worker | undefined> {
    const worker = await this.#crew.workerFor(slot, test);
    const { used } = slot;
    if (slot.open !== run.file) {
      Object.assign(slot, { open: undefined, used: true });
      const durations = Object.fromEntries(run.durations);
      const limits = callLimits(run);
      const job: OpenJob = { kind: 'open', file: run.file, durations, limits, steps: callStepLimits(run), bystanders: [...bystanders(run)] };
      const { cold, amongOthers } = await this.#ask(worker, run, job, 'opened');
      if (cold !== undefined) run.cold ??= cold;
      else if (amongOthers && used && !run.amongOthers) return this.#openedAmongOthers(slot, test, run);
      else slot.open = run.file;
    }
    if (!run.probed) await this.#probe(worker, run, used);
    if (run.cold === undefined) return worker;
    slot.open = undefined;
    return undefined;
  }

  /** The same once it is known whether it matters to the file what others left in the process; where that is not, in a new one. */
  async #openedAmongOthers(slot: Slot, test: TestFile, run: FileRun): Promise<Worker | undefined> {
    if (run.amongOthers === undefined) await this.#reloading.try(slot, test, run);
    run.amongOthers ??= false;
    if (run.ownProcess !== undefined) {
      run.cold ??= run.ownProcess;
      return undefined;
    }
    if (!run.amongOthers) await this.#crew.workerFor(slot, test, true);
    return this.#opened(slot, test, run);
  }

  async #probe(worker: Worker, run: FileRun, used: boolean): Promise<void> {
    const known = this.#probings.get(run);
    const probing = known ?? new Probing(run);
    this.#probings.set(run, probing);
    await probing.work(used, (job) => this.#ask(worker, run, job, 'probed'));
    if (run.probed) return;
    run.probed = true;
    if (!probing.noticed) run.cold ??= 'none of its tests notices when all mutated code throws';
    this.#noteCold(run);
    if (probing.inUsed && run.cold === undefined && run.coldTests.size === 0) for (const part of run.parts ?? [run]) part.reloaded = true;
  }

  /** What a worker answers to a job without mutants. One that is lost meanwhile says as much: the file is cold. */
  async #ask<Kind extends 'opened' | 'probed'>(
    worker: Worker,
    run: FileRun,
    job: OpenJob | ProbeJob,
    kind: Kind,
  ): Promise<Extract<Answer, { kind: Kind }>> {
    let answer: Answer | undefined;
    const totalMs = openLimit(run);
    const { end } = await worker.do(job, { totalMs, stallMs: totalMs }, this.#crew.maxMemory, (one) => {
      answer = one;
    });
    const lost = {
      kind,
      cold: `the process ${end === 'hung' || end === 'busy' ? 'hangs' : 'ends'} when its tests are called again`,
      coldTests: {},
      infecting: {},
      noticed: false,
    };
    return (answer ?? lost) as Extract<Answer, { kind: Kind }>;
  }

  #noteCold({ file, parts, cold, coldTests }: FileRun): void {
    if (cold !== undefined) {
      const files = parts ? `${parts.length} test files, opened together, are` : `${file} is`;
      this.#tell({ kind: 'note', text: `${files} cold: ${cold}.` });
      return;
    }
    for (const [key, why] of coldTests) {
      const part = parts?.find((one) => key.startsWith(keyIn(one.file, '')))?.file;
      const name = part === undefined ? key : key.slice(keyIn(part, '').length);
      this.#tell({ kind: 'note', text: `"${name}" in ${part ?? file} is cold: ${why}.` });
    }
  }
}
