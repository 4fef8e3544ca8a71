import { type FreshMutant, type Judgement, keyIn } from '../jobs.ts';
import { AMONG_OTHERS, CHANGES } from '../worker/reasons.ts';
import type { Assignment } from './assignment.ts';
import { batch } from './batch.ts';
import { bystanders } from './bystanders.ts';
import { loadingTime } from './combined.ts';
import type { Crew, Slot, Task } from './crew.ts';
import type { Docket } from './docket.ts';
import type { TestFile } from './driver.ts';
import { aloneLimit, busyLimit, firstLimit, hitLimit, stepLimitOf, type Times, timesOf } from './limits.ts';
import { Reloading } from './reloading.ts';
import type { StageParts } from './stage-parts.ts';
import { type Coverage, type FileRun, isInfected, type Track } from './tracks.ts';
import type { JobEnd, JobLimits } from './worker-port.ts';

/** How many mutants a job carries, at most: it saves the way there and back between them. */
const BATCH = 8;
/** Which part of the time that a mutant's tests take the others of their file may add, so that nothing is left out where one of them kills. */
const ALONG = 0.1;
/** What a person reads of a process that a mutant ended. */
const DEATHS = { died: 'The test process ended.', memory: 'The test process took more memory than it may.' } as const;

type Killed = Extract<Judgement, { result: 'killed' }>;

/** Judges mutants in fresh modules, as the framework itself runs the tests. */
export class FreshStage {
  readonly #crew: Crew;
  readonly #docket: Docket;
  readonly #files: ReadonlyMap<string, TestFile>;
  readonly #runs: ReadonlyMap<string, FileRun>;
  readonly #combine: Assignment['combine'];
  readonly #reloading: Reloading;

  constructor({ crew, docket, files, runs }: StageParts, { combine, tell }: Pick<Assignment, 'combine' | 'tell'>) {
    this.#crew = crew;
    this.#docket = docket;
    this.#files = files;
    this.#runs = runs;
    this.#combine = combine;
    this.#reloading = new Reloading(crew, tell);
  }

  /** What is to be done next at a slot, if anything is. */
  next(slot: Slot): Task | undefined {
    const { fresh } = this.#docket;
    const files = this.#crew.restricts ? [...fresh.files()].filter((name) => this.#waiting(slot, name).length > 0) : fresh.files();
    const file = this.#crew.choose(slot, files, this.#files);
    if (!file) return undefined;
    const waiting = this.#waiting(slot, file.file);
    const several = this.#several(waiting[0] as Track);
    if (several) {
      const [one] = fresh.take(file.file, waiting.slice(0, 1)) as [Track];
      return () => this.#judgeTogether(slot, one, several);
    }
    const run = this.#runs.get(file.file) as FileRun;
    const tracks = fresh.take(
      file.file,
      this.#batch(
        run,
        waiting.filter((one) => !this.#several(one)),
      ),
    );
    return () => this.#judge(slot, file, run, tracks);
  }

  /** The mutants that wait for a file, and that can be judged at a slot. */
  #waiting(slot: Slot, file: string): readonly Track[] {
    const waiting = this.#docket.fresh.of(file);
    if (!this.#crew.restricts) return waiting;
    const mayRun = (coverage: Coverage) => this.#crew.mayRun(slot, coverage.file.file);
    return waiting.filter((one) => one.fresh.every(mayRun) || (!this.#several(one) && mayRun(one.fresh[0] as Coverage)));
  }

  /**
   * The files in which a mutant is still to be judged, where that can be done at once: the modules are then loaded once for all of them. What only
   * runs at load is mostly killed in the first file, which is tried alone.
   */
  #several({ apart, fresh, judgedIn }: Track): readonly Coverage[] | undefined {
    if (!this.#combine || apart) return undefined;
    if (fresh.length === judgedIn.length && fresh[0]?.infectedAtLoad) return undefined;
    const fit = fresh.filter(({ file }) => file.ownProcess === undefined && file.cold === undefined);
    return fit.length > 1 ? fit : undefined;
  }

  /** Judges a mutant in several files at once. */
  async #judgeTogether(slot: Slot, one: Track, several: readonly Coverage[]): Promise<void> {
    for (const { file: run } of several) if (!run.reloaded) await this.#reloading.try(slot, this.#files.get(run.file) as TestFile, run);
    if (several.some(({ file }) => file.ownProcess !== undefined)) {
      this.#docket.place(one);
      return;
    }
    const test = this.#combine?.(several.map(({ file }) => file.file)) as TestFile;
    const worker = await this.#crew.workerFor(slot, test, one.newProcess);
    const { used } = slot;
    const isClean = !used && one.newProcess;
    Object.assign(slot, { open: undefined, used: true });
    const times = timesOf(several.map(({ file }) => file));
    const tests = several.flatMap((coverage) => keysOf(coverage).map((key) => keyIn(coverage.file.file, key)));
    const mutants = [{ id: one.id, hitLimit: hitLimit(one), tests }];
    const stepLimit = stepLimitOf(several.map(({ file }) => file));
    const job = { kind: 'fresh', file: test.file, mutants, stepLimit, control: false, hasTests: true } as const;
    let judgement: Judgement | undefined;
    const limits = limitsOf(times, { late: one.late, newProcess: !used });
    const { end } = await worker.do(job, limits, this.#crew.maxMemory, (answer) => {
      if (answer.kind === 'judged') judgement = answer.judgement;
    });
    // One that ended may have been ended by the tests of another file.
    if (end !== 'done' && end !== 'died') {
      one.newProcess ||= !used;
      this.#stopped(one, end, times, used);
      return;
    }
    const killer = several.find(({ file }) => judgement?.result === 'killed' && judgement.by?.startsWith(keyIn(file.file, '')));
    const isProven = isClean || !killer || (await this.#bearsOut(slot, one, killer, judgement as Killed));
    if (judgement && isProven && this.#concludes(one, several, judgement, tests.length)) return;
    one.apart = true;
    // Where files are run one by one, nothing of the others shows in one; it is back where the mutant is found to change something in it.
    one.judgedIn = one.judgedIn.filter((coverage) => isInfected(coverage) || !one.fresh.includes(coverage));
    one.fresh = one.fresh.filter(isInfected);
    this.#docket.place(one);
  }

  /** Whether the test that killed a mutant, after those of other files, fails with it by itself too, and passes without it. */
  async #bearsOut(slot: Slot, one: Track, coverage: Coverage, { by = '' }: Killed): Promise<boolean> {
    const run = coverage.file;
    const key = by.slice(keyIn(run.file, '').length);
    const test = this.#files.get(run.file) as TestFile;
    const worker = await this.#crew.workerFor(slot, test);
    const tests = leavesOut(coverage, key) ? inOrder(run) : [key];
    const mutants = [{ id: one.id, hitLimit: hitLimit(one), ...(tests && { tests }) }];
    const job = { kind: 'fresh', file: run.file, mutants, stepLimit: stepLimitOf([run]), control: true, hasTests: true } as const;
    let bearsOut = false;
    await worker.do(job, limitsOf(timesOf([run]), one), this.#crew.maxMemory, (answer) => {
      bearsOut ||= answer.kind === 'judged' && answer.judgement.result === 'killed';
    });
    return bearsOut;
  }

  /** Whether something comes of a mutant's judgement in several files at once; otherwise it has to show in one of them. */
  #concludes(one: Track, several: readonly Coverage[], judgement: Judgement, tests: number): boolean {
    if (judgement.result === 'unsure') return false;
    if (judgement.result !== 'survived') {
      const by = judgement.by;
      const killer = several.find(({ file }) => by?.startsWith(keyIn(file.file, '')));
      if (!killer || by === undefined) return false;
      one.ran += judgement.ran;
      return this.#docket.convict(one, killer, { ...judgement, by: by.slice(keyIn(killer.file.file, '').length) });
    }
    if (!judgement.reached || judgement.ran < tests) return false;
    one.ran += judgement.ran;
    one.reached = true;
    one.fresh = one.fresh.filter((coverage) => !several.includes(coverage));
    this.#docket.place(one);
    return true;
  }

  /** Several mutants for one job, as long as there is enough for all slots; one that needs a process of its own goes alone. */
  #batch({ ownProcess }: FileRun, waiting: readonly Track[]): readonly Track[] {
    if (ownProcess !== undefined || waiting[0]?.newProcess) return waiting.slice(0, 1);
    const count = Math.max(1, Math.min(BATCH, Math.floor(waiting.length / this.#crew.size)));
    return batch(
      waiting.filter(({ newProcess }) => !newProcess),
      count,
      ({ fresh }) => fresh[0] as Coverage,
    );
  }

  async #judge(slot: Slot, test: TestFile, run: FileRun, tracks: readonly Track[]): Promise<void> {
    const { file } = test;
    if (!run.reloaded) await this.#reloading.try(slot, test, run);
    const alone = run.ownProcess !== undefined || tracks.some(({ newProcess }) => newProcess);
    const worker = await this.#crew.workerFor(slot, test, alone);
    // Of several mutants all but the first run where another one ran.
    const used = slot.used || tracks.length > 1;
    // Tests may need others of their file, of which only a new process runs all.
    const control = used || !alone;
    Object.assign(slot, { open: undefined, used: true });
    const times = timesOf([run]);
    const left = new Map(tracks.map((one) => [one.id, one]));
    const hasTests = run.indexes.size > 0;
    const mutants = tracks.map(toMutant);
    const among = run.amongOthers && { mayBeAmongOthers: true };
    const job = { kind: 'fresh', file, mutants, stepLimit: stepLimitOf([run]), control, hasTests, ...among } as const;
    const ended = await worker.do(job, limitsOf(times, tracks[0] as Track), this.#crew.maxMemory, (answer) => {
      const one = answer.kind === 'judged' ? left.get(answer.mutant) : undefined;
      if (answer.kind !== 'judged' || !one) return;
      left.delete(one.id);
      this.#hear(one, answer.judgement);
    });
    if (ended.end === 'done') return;
    // It stopped at one of them; the others have not begun.
    const [first] = left.values();
    const culprit = left.get(ended.mutant) ?? first;
    for (const one of left.values()) if (one !== culprit) this.#docket.place(one);
    if (culprit) this.#stopped(culprit, ended.end, times, used);
  }

  #hear(one: Track, judgement: Judgement): void {
    // Where none of the wanted tests is there when the mutant is on (titles may follow from it), all of the file's have to run.
    const none = judgement.result === 'survived' && judgement.ran === 0;
    if ((judgement.result === 'unsure' || none) && !one.newProcess) {
      const { file } = one.fresh[0] as Coverage;
      // It is found out whether that matters, and if it does not the mutant need not wait for a process.
      const isOpen = judgement.result === 'unsure' && judgement.reason === AMONG_OTHERS && file.amongOthers === undefined;
      if (isOpen) Object.assign(file, { reloaded: false, amongOthers: false });
      else one.newProcess = true;
      this.#docket.place(one);
      return;
    }
    if (judgement.result === 'killed' && !one.newProcess && !runsInOrder(one) && leavesOut(one.fresh[0] as Coverage, judgement.by)) {
      one.inOrder = true;
      this.#docket.place(one);
      return;
    }
    if (judgement.result !== 'unsure') one.ran += judgement.ran;
    if (this.#docket.convict(one, one.fresh[0] as Coverage, judgement)) return;
    one.reached ||= judgement.result === 'survived' && judgement.reached && judgement.ran > 0;
    one.newProcess = one.late;
    one.inOrder = false;
    one.fresh.shift();
    this.#docket.place(one);
  }

  /** The process hung, died or took too much memory at a mutant; `used` says whether it ran other things before. */
  #stopped(one: Track, how: Exclude<JobEnd['end'], 'done'>, times: Times, used: boolean): void {
    if (how === 'busy') {
      this.#spun(one, times);
      return;
    }
    if (how === 'hung') {
      if (one.late) this.#docket.settle(one, { status: 'Timeout', reason: `Its tests did not end within ${seconds(aloneLimit(times))}.` });
      else this.#docket.putOff(one);
      return;
    }
    one.deaths++;
    // A process may end by chance, and what ran in it before may hold the memory.
    const doubtful = how === 'died' ? one.deaths < 2 : used;
    if (doubtful) {
      one.newProcess = true;
      this.#docket.place(one);
    } else this.#docket.settle(one, { status: 'Killed', reason: DEATHS[how] });
  }

  /** Its process worked without an end: for good where nothing ran in it before, else it is tried in a new one. */
  #spun(one: Track, times: Times): void {
    if (one.newProcess) {
      this.#docket.settle(one, { status: 'Timeout', reason: `Its tests kept a processor busy for more than ${seconds(busyLimit(times))}.` });
      return;
    }
    one.newProcess = true;
    this.#docket.place(one);
  }
}

/**
 * How long what takes so long without a mutant may take with this one. In a new process a loop without an end is known by the time that processors worked
 * for it, whatever else they do meanwhile; what waits is judged again when nothing else runs.
 */
function limitsOf(times: Times, { late, newProcess }: Pick<Track, 'late' | 'newProcess'>): JobLimits {
  const limitMs = late ? aloneLimit(times) : firstLimit(times);
  return { totalMs: limitMs, stallMs: limitMs, ...(newProcess && { busyMs: busyLimit(times) }) };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** The tests of a file that are run for a mutant: those that reach it, and the others where they take next to nothing. */
function keysOf({ file, tests, infectedAtLoad }: Coverage): string[] {
  if (infectedAtLoad) return [...file.durations.keys()];
  const all = inOrder(file) ?? [...file.durations.keys()];
  const timeOf = (keys: readonly string[]) => keys.reduce((sum, key) => sum + (file.durations.get(key) ?? 0), 0);
  const ownMs = timeOf(tests);
  return timeOf(all) - ownMs <= ALONG * (loadingTime(file) + ownMs) ? all : tests;
}

/** What a job is told of a mutant: the tests to run, or none where all of the file have to run. */
function toMutant(one: Track): FreshMutant {
  const tests = testsFor(one);
  return { id: one.id, hitLimit: hitLimit(one), ...(tests && { tests }) };
}

/** The tests that are run for a mutant: {@link keysOf} it, or also those before them; undefined where all of the file are run. */
function testsFor(one: Track): string[] | undefined {
  const coverage = one.fresh[0] as Coverage;
  if (one.newProcess || coverage.infectedAtLoad) return undefined;
  return runsInOrder(one) ? inOrder(coverage.file) : keysOf(coverage);
}

/**
 * Whether the other tests of a file run with those that reach a mutant: where what kills it came without some that stand before it, or where the file has a
 * test that does something else without those before it, so that others may notice the mutant only after these, or one that does not reach it.
 */
function runsInOrder({ fresh: [coverage], inOrder }: Track): boolean {
  return inOrder || [...(coverage as Coverage).file.coldTests.values()].some((why) => why !== CHANGES);
}

/** The tests of a file that are run for the sake of what they leave behind; undefined where these are all. */
function inOrder(file: FileRun): string[] | undefined {
  const left = bystanders(file);
  return left.size > 0 ? [...file.durations.keys()].filter((key) => !left.has(key)) : undefined;
}

/** Whether of the tests that reach a mutant others are left out that stand before the one that killed: what they leave behind may hide the mutant. */
function leavesOut(coverage: Coverage, killer: string | undefined): boolean {
  const keys = inOrder(coverage.file) ?? [...coverage.file.durations.keys()];
  const ran = new Set(keysOf(coverage));
  return keys.slice(0, Math.max(0, keys.indexOf(killer ?? ''))).some((key) => !ran.has(key));
}
