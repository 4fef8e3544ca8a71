import type { Answer, HotMutant, Judgement, RanTest } from '../jobs.ts';
import type { Hits } from '../worker/switchboard.ts';
import type { TestFile } from './driver.ts';
import { type Coverage, type FileRun, fastestFirst, HIT_LIMIT_FACTOR, type Track, track } from './tracks.ts';
import type { Worker, Workers } from './workers.ts';

/** How many mutants a hot job carries, at most: what is lost when a worker dies, and how fine the work is shared. */
const HOT_BATCH = 40;
/** How many mutants a job in fresh modules carries, at most: it saves the way there and back between them. */
const FRESH_BATCH = 8;
/** How long a called test may take: {@link LIMIT_FACTOR} times what it took in the dry run and {@link LIMIT_MS}; who is late is judged again alone. */
const LIMIT_FACTOR = 10;
const LIMIT_MS = 300;
/** How long a run in fresh modules may take when nothing else runs: StrykerJS's `timeoutFactor` and `timeoutMS`. */
const FRESH_FACTOR = 1.5;
const FRESH_MS = 5000;
/** How long it may take at first, in times of the dry run and milliseconds: who is late is judged again alone. */
const FIRST_FACTOR = 1.2;
const FIRST_MS = 2500;
/** How much a worker may grow over the runs before it is replaced by a new one, bytes. */
const GROWTH = 384 * 2 ** 20;

/** What became of a mutant. Tests are indexes into the list of all tests. */
export interface Verdict {
  id: string;
  status: 'Killed' | 'Survived' | 'Timeout' | 'NoCoverage';
  static: boolean;
  coveredBy: number[];
  killedBy: number[];
  reason?: string;
  testsRun: number;
  /** Whether it may still change: nothing killed it yet, and it is still to be judged in fresh modules. */
  provisional?: boolean;
}

/** What is told while mutants are judged. */
export type Said =
  | { kind: 'tests'; tests: (RanTest & { file: string })[] }
  | { kind: 'planned'; mutants: number }
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'note'; text: string };

/** What is to be judged, and with what. */
export interface Assignment {
  ids: readonly string[];
  files: readonly TestFile[];
  workers: Workers;
  /** How many workers work at once. */
  concurrency: number;
  dryRunMs: number;
  /** What instrumented texts of this run say of themselves. */
  run: string;
  /** Workers that wait for their first job. */
  spares?: readonly Worker[];
  /** Keys of the tests that can reach what is judged, by test file, where that is known; all others need not run. */
  narrowed?: ReadonlyMap<string, string[]> | undefined;
  /** How much memory a worker may take beyond what the dry run took, bytes. */
  memory: number;
  /** Looks at all tests of the dry run, the skipped ones too; rejects where they cannot be right. */
  check?(tests: readonly (RanTest & { file: string })[]): Promise<void>;
  tell(said: Said): void;
}

/** Tests that do not pass by themselves, or a file of tests that cannot be loaded. */
export class DryRunFailed extends Error {
  readonly failed: (RanTest & { file: string })[];
  readonly total: number;

  constructor(failed: DryRunFailed['failed'], total: number, message: string) {
    super(message);
    this.failed = failed;
    this.total = total;
  }
}

/** A piece of work for one worker, about one test file. */
interface Task {
  file: TestFile;
  run(slot: Slot): Promise<void>;
}

/** One of the places at which work is done, with its worker. */
interface Slot {
  worker?: Worker | undefined;
  /** The file that is open in the worker. */
  open?: string | undefined;
  /** The file that the worker ran last: running it again may be cheaper than another. */
  last?: string | undefined;
  /** Whether the worker ran another file before. */
  used: boolean;
}

/** Gives work to workers until each mutant has its verdict. */
export class Coordinator {
  readonly #assignment: Assignment;
  readonly #files: ReadonlyMap<string, TestFile>;
  readonly #slots: Slot[];
  readonly #runs = new Map<string, FileRun>();
  readonly #results = new Map<string, RanTest[]>();
  readonly #errors = new Map<string, string>();
  readonly #again = new Set<string>();
  /** What is to be done, by test file: first the dry runs, then mutants to be judged by calling tests, then those to be judged in fresh modules. */
  readonly #dry: Set<string>;
  readonly #hot = new Map<string, Set<Track>>();
  readonly #fresh = new Map<string, Set<Track>>();
  #tests: (RanTest & { file: string })[] = [];
  /** Mutants whose tests did not end in time, for when nothing else runs. */
  #late: Track[] = [];
  #peak = 0;
  #active = 0;
  #idle: (() => void)[] = [];

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    this.#files = new Map(assignment.files.map((file) => [file.file, file]));
    this.#dry = new Set(assignment.narrowed ? [...assignment.narrowed.keys()].filter((file) => this.#files.has(file)) : this.#files.keys());
    const spares = [...(assignment.spares ?? [])];
    this.#slots = Array.from({ length: assignment.concurrency }, () => ({ used: false, worker: spares.pop() }));
  }

  /** What the dry run showed. */
  get runs(): readonly FileRun[] {
    return [...this.#runs.values()];
  }

  /** Runs the tests once, then judges. Rejects with {@link DryRunFailed} where the tests do not pass. */
  async run(): Promise<void> {
    const { ids, tell } = this.#assignment;
    await this.#workOff((slot) => this.#nextDry(slot));
    this.#checkDry();
    await this.#assignment.check?.([...this.#results].flatMap(([file, tests]) => tests.map((test) => ({ file, ...test }))));
    tell({ kind: 'tests', tests: this.#tests });
    tell({ kind: 'planned', mutants: ids.length });
    for (const one of track(ids, this.runs).values()) {
      if (one.coverage.length === 0) this.#settle(one, { status: 'NoCoverage' });
      else this.#place(one);
    }
    await this.#workOff((slot) => this.#nextJudging(slot));
    for (const one of this.#late.splice(0)) this.#place(one);
    const [alone] = this.#slots;
    for (const slot of this.#slots) if (slot !== alone) slot.worker?.kill();
    if (alone) await this.#work(alone, (slot) => this.#nextJudging(slot));
  }

  /** Ends all workers. */
  end(): void {
    for (const { worker } of this.#slots) worker?.kill();
  }

  async #workOff(next: (slot: Slot) => Task | undefined): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.#work(slot, next)));
  }

  async #work(slot: Slot, next: (slot: Slot) => Task | undefined): Promise<void> {
    for (;;) {
      const task = next(slot);
      if (task) {
        this.#active++;
        try {
          await task.run(slot);
        } finally {
          this.#active--;
          for (const wake of this.#idle.splice(0)) wake();
        }
      } else if (this.#active === 0) {
        return;
      } else {
        // What others are at may come back as new work.
        await new Promise<void>((resolve) => this.#idle.push(resolve));
      }
    }
  }

  /** A file with work of a kind: the one that is open in the slot's worker or ran in it last, else one that this worker can run, else any. */
  #choose(slot: Slot, waiting: Iterable<string>): TestFile | undefined {
    let chosen: TestFile | undefined;
    for (const name of waiting) {
      const file = this.#files.get(name) as TestFile;
      if (name === (slot.open ?? slot.last)) return file;
      if (!chosen || (chosen.group !== slot.worker?.group && file.group === slot.worker?.group)) chosen = file;
    }
    return chosen;
  }

  /** The slot's worker, if it can run the file; a new one otherwise. */
  async #workerFor(slot: Slot, file: TestFile): Promise<Worker> {
    const { worker } = slot;
    const tooBig = this.#peak > 0 && (worker?.memory ?? 0) > this.#peak + GROWTH;
    if (worker && !worker.ended && worker.group === file.group && !tooBig) return worker;
    worker?.kill();
    Object.assign(slot, { open: undefined, last: undefined, used: false });
    slot.worker = await this.#assignment.workers.start(file);
    return slot.worker;
  }

  #nextDry(slot: Slot): Task | undefined {
    const file = this.#choose(slot, this.#dry);
    if (!file) return undefined;
    this.#dry.delete(file.file);
    return { file, run: () => this.#dryRun(slot, file) };
  }

  async #dryRun(slot: Slot, file: TestFile): Promise<void> {
    const { dryRunMs } = this.#assignment;
    const worker = await this.#workerFor(slot, file);
    const alone = !slot.used;
    slot.used = true;
    const started = performance.now();
    let answer: Extract<Answer, { kind: 'dry' }> | undefined;
    const tests = this.#assignment.narrowed?.get(file.file);
    const { end } = await worker.do(
      { kind: 'dry', file: file.file, ...(tests && { tests }) },
      { totalMs: dryRunMs, stallMs: dryRunMs },
      Number.POSITIVE_INFINITY,
      (one) => {
        if (one.kind === 'dry') answer = one;
      },
    );
    this.#peak = Math.max(this.#peak, worker.memory);
    const passed = answer && answer.error === undefined && answer.tests.every(({ state }) => state !== 'failed');
    if (!passed && !alone && !this.#again.has(file.file)) {
      // It may only fail because of what files before it left in the process.
      this.#again.add(file.file);
      this.#dry.add(file.file);
      worker.kill();
      return;
    }
    if (!answer) {
      this.#errors.set(file.file, end === 'hung' ? TIMED_OUT : 'The test process ended by itself.');
      return;
    }
    if (answer.runs.some((run) => run !== this.#assignment.run)) throw new Error(`${file.file} was run with code of another run`);
    if (answer.error !== undefined) this.#errors.set(file.file, answer.error);
    this.#results.set(file.file, answer.tests);
    this.#runs.set(file.file, {
      file: file.file,
      runMs: performance.now() - started,
      durations: new Map(answer.tests.filter(({ state }) => state === 'passed').map(({ key, durationMs }) => [key, durationMs])),
      indexes: new Map(),
      atLoad: answer.atLoad,
      perTest: answer.perTest,
      probed: false,
      coldTests: new Map(),
      reloaded: this.#again.has(file.file),
      ...(this.#again.has(file.file) && { cold: USED_PROCESS, ownProcess: USED_PROCESS }),
    });
  }

  /** Numbers the tests; rejects when they do not pass. */
  #checkDry(): void {
    for (const { file } of this.#assignment.files) {
      const run = this.#runs.get(file);
      for (const test of this.#results.get(file) ?? []) {
        if (test.state === 'skipped') continue;
        run?.indexes.set(test.key, this.#tests.length);
        this.#tests.push({ file, ...test });
      }
    }
    const failed = this.#tests.filter(({ state }) => state === 'failed');
    const [error] = this.#errors;
    if (this.#tests.length === 0 && !this.#assignment.narrowed) throw new DryRunFailed([], 0, error ? `${error[0]}: ${error[1]}` : 'no test runs');
    if (failed.length > 0 || error) throw new DryRunFailed(failed, this.#tests.length, error ? `${error[0]}: ${error[1]}` : '');
  }

  /** Puts a mutant where it is judged next; where nothing is left to try, it survived. */
  #place(one: Track): void {
    const [hot] = one.hot;
    if (hot) {
      put(this.#hot, hot.file.file, one);
      return;
    }
    if (!one.inFresh) {
      one.inFresh = true;
      one.fresh = [...one.coverage];
      if (one.ran > 0) this.#tellVerdict(one, { status: 'Survived', provisional: true });
    }
    const [fresh] = one.fresh;
    if (fresh) put(this.#fresh, fresh.file.file, one);
    else if (one.reached) this.#settle(one, { status: 'Survived' });
    else this.#settle(one, { status: 'NoCoverage', reason: 'Tests reached it once, but none did when it was changed.' });
  }

  #nextJudging(slot: Slot): Task | undefined {
    const hot = this.#choose(slot, this.#hot.keys());
    if (hot) {
      const tracks = take(this.#hot, hot.file, HOT_BATCH);
      return { file: hot, run: () => this.#judgeHot(slot, hot, tracks) };
    }
    const fresh = this.#choose(slot, this.#fresh.keys());
    if (!fresh) return undefined;
    const tracks = this.#takeFresh(fresh.file);
    return { file: fresh, run: () => this.#judgeFresh(slot, fresh, tracks) };
  }

  async #judgeHot(slot: Slot, { file }: TestFile, tracks: Track[]): Promise<void> {
    const run = this.#runs.get(file) as FileRun;
    const worker = run.cold === undefined ? await this.#opened(slot, run) : undefined;
    if (!worker) {
      for (const one of tracks) this.#passOver(one);
      return;
    }
    const left = new Map(tracks.map((one) => [one.id, one]));
    const mutants: HotMutant[] = [];
    for (const one of tracks) {
      const tests = fastestFirst(one.hot[0] as Coverage);
      if (tests.length > 0) mutants.push({ id: one.id, tests, hitLimit: limitOf(one) });
      else {
        left.delete(one.id);
        this.#passOver(one);
      }
    }
    if (mutants.length === 0) return;
    const slowest = Math.max(...Object.values(limits(run)));
    const ended = await worker.do(
      { kind: 'hot', file, mutants },
      { totalMs: Number.POSITIVE_INFINITY, stallMs: slowest + FRESH_MS },
      this.#maxMemory,
      (answer) => {
        if (answer.kind !== 'judged') return;
        const one = left.get(answer.mutant);
        left.delete(answer.mutant);
        if (one) this.#hearHot(one, answer.judgement);
      },
    );
    if (ended.end === 'done') return;
    slot.open = undefined;
    const culprit = left.get(ended.mutant);
    left.delete(ended.mutant);
    // To be judged in fresh modules of a new process, in this file first.
    if (culprit) this.#suspect(culprit);
    for (const one of left.values()) this.#place(one);
  }

  #hearHot(one: Track, judgement: Judgement): void {
    if (judgement.result !== 'unsure') one.ran += judgement.ran;
    if (judgement.result === 'unsure' || (judgement.result === 'timeout' && !judgement.certain)) this.#suspect(one);
    else if (!this.#hearEnd(one, one.hot[0] as Coverage, judgement)) this.#passOver(one);
  }

  /** Settles a mutant that a judgement proves killed. */
  #hearEnd(one: Track, { file }: Coverage, judgement: Judgement): boolean {
    if (judgement.result === 'unsure' || judgement.result === 'survived') return false;
    const by = judgement.by === undefined ? undefined : file.indexes.get(judgement.by);
    const status = judgement.result === 'killed' ? 'Killed' : 'Timeout';
    this.#settle(one, { status, reason: judgement.reason, killedBy: status === 'Killed' && by !== undefined ? [by] : [] });
    return true;
  }

  /** Calling tests of the file at hand showed nothing: on to the next one. */
  #passOver(one: Track): void {
    one.hot.shift();
    this.#place(one);
  }

  /** Calling tests is not safe for this mutant: it goes to fresh modules at once, in the file at hand first. */
  #suspect(one: Track): void {
    const [here] = one.hot;
    one.hot = [];
    one.inFresh = true;
    one.fresh = [...one.coverage].sort((a, b) => Number(b === here) - Number(a === here));
    this.#place(one);
  }

  /** The slot's worker with the file open, or nothing where its tests turn out not to be callable. */
  async #opened(slot: Slot, run: FileRun): Promise<Worker | undefined> {
    const file = this.#files.get(run.file) as TestFile;
    const worker = await this.#workerFor(slot, file);
    if (slot.open === run.file) return worker;
    slot.open = undefined;
    const callMs = limits(run);
    let answer: Extract<Answer, { kind: 'opened' }> | undefined;
    const totalMs = 3 * Object.values(callMs).reduce((sum, ms) => sum + ms, 0) + FRESH_FACTOR * run.runMs + FRESH_MS;
    const { end } = await worker.do(
      { kind: 'open', file: run.file, covering: run.perTest, limits: callMs, probe: !run.probed },
      { totalMs, stallMs: totalMs },
      this.#maxMemory,
      (one) => {
        if (one.kind === 'opened') answer = one;
      },
    );
    slot.used = true;
    if (!answer) run.cold = `the process ${end === 'hung' ? 'hangs' : 'ends'} when its tests are called again`;
    else {
      if (answer.cold !== undefined) run.cold = answer.cold;
      if (!run.probed) run.coldTests = new Map(Object.entries(answer.coldTests));
    }
    if (!run.probed) this.#noteCold(run);
    run.probed = true;
    if (run.cold !== undefined) return undefined;
    slot.open = run.file;
    return worker;
  }

  #noteCold({ file, cold, coldTests }: FileRun): void {
    const { tell } = this.#assignment;
    if (cold !== undefined) tell({ kind: 'note', text: `${file} is cold: ${cold}.` });
    else for (const [key, why] of coldTests) tell({ kind: 'note', text: `"${key}" in ${file} is cold: ${why}.` });
  }

  /** Several mutants for one job, as long as there is enough for all; one that needs a process of its own goes alone. */
  #takeFresh(file: string): Track[] {
    const [first] = this.#fresh.get(file) ?? [];
    const alone = first?.newProcess || this.#runs.get(file)?.ownProcess !== undefined;
    const waiting = this.#fresh.get(file)?.size ?? 0;
    const count = alone ? 1 : Math.max(1, Math.min(FRESH_BATCH, Math.floor(waiting / this.#slots.length)));
    const taken = take(this.#fresh, file, count);
    const others = taken.filter((one) => one !== first && one.newProcess);
    for (const one of others) put(this.#fresh, file, one);
    return taken.filter((one) => !others.includes(one));
  }

  async #judgeFresh(slot: Slot, { file }: TestFile, tracks: Track[]): Promise<void> {
    const run = this.#runs.get(file) as FileRun;
    const test = this.#files.get(file) as TestFile;
    if (!run.reloaded) await this.#reload(slot, test, run);
    const alone = tracks.some(({ newProcess }) => newProcess) || run.ownProcess !== undefined;
    if (alone && slot.used) slot.worker?.kill();
    const worker = await this.#workerFor(slot, test);
    const control = slot.used;
    Object.assign(slot, { open: undefined, last: file, used: true });
    const late = tracks.some((one) => one.late);
    const limitMs = late ? FRESH_FACTOR * run.runMs + FRESH_MS : FIRST_FACTOR * run.runMs + FIRST_MS;
    const left = new Map(tracks.map((one) => [one.id, one]));
    const mutants = tracks.map((one) => {
      const { tests, atLoad } = one.fresh[0] as Coverage;
      return { id: one.id, hitLimit: limitOf(one), ...(!atLoad && !one.newProcess && { tests }) };
    });
    const ended = await worker.do({ kind: 'fresh', file, mutants, control }, { totalMs: limitMs, stallMs: limitMs }, this.#maxMemory, (answer) => {
      const one = answer.kind === 'judged' ? left.get(answer.mutant) : undefined;
      if (answer.kind !== 'judged' || !one) return;
      left.delete(one.id);
      this.#hearFresh(one, answer.judgement);
    });
    if (ended.end === 'done') return;
    // It hung or died at one of them; the others have not begun.
    const culprit = left.get(ended.mutant) ?? [...left.values()][0];
    for (const one of left.values()) if (one !== culprit) this.#place(one);
    if (!culprit) return;
    const seconds = (limitMs / 1000).toFixed(1);
    culprit.deaths++;
    if (ended.end === 'hung' && !culprit.late) {
      Object.assign(culprit, { late: true, newProcess: true });
      this.#late.push(culprit);
    } else if (ended.end === 'hung') this.#settle(culprit, { status: 'Timeout', reason: `Its tests did not end within ${seconds} s.` });
    else if (ended.end === 'memory') this.#settle(culprit, { status: 'Killed', reason: 'The test process took more memory than it may.' });
    else if (culprit.deaths < 2) this.#place(culprit);
    else this.#settle(culprit, { status: 'Killed', reason: 'The test process ended.' });
  }

  #hearFresh(one: Track, judgement: Judgement): void {
    // Where none of the wanted tests is there when the mutant is on (titles may follow from it), all of the file's have to run.
    const none = judgement.result === 'survived' && judgement.ran === 0;
    if ((judgement.result === 'unsure' || none) && !one.newProcess) {
      one.newProcess = true;
      this.#place(one);
      return;
    }
    if (judgement.result !== 'unsure') one.ran += judgement.ran;
    if (this.#hearEnd(one, one.fresh[0] as Coverage, judgement)) return;
    one.reached ||= judgement.result === 'survived' && judgement.reached && judgement.ran > 0;
    one.newProcess = one.late;
    one.fresh.shift();
    this.#place(one);
  }

  /** Finds out whether the file's tests do the same in fresh modules of a process that ran other tests before. */
  async #reload(slot: Slot, file: TestFile, run: FileRun): Promise<void> {
    const worker = await this.#workerFor(slot, file);
    slot.open = undefined;
    if (!slot.used) {
      slot.used = true;
      await worker.do(
        { kind: 'dry', file: file.file },
        { totalMs: this.#assignment.dryRunMs, stallMs: this.#assignment.dryRunMs },
        this.#maxMemory,
        () => {},
      );
    }
    const covering = Object.keys(run.perTest);
    let answer: Extract<Answer, { kind: 'dry' }> | undefined;
    const limitMs = FRESH_FACTOR * run.runMs + FRESH_MS;
    await worker.do({ kind: 'dry', file: file.file, tests: covering }, { totalMs: limitMs, stallMs: limitMs }, this.#maxMemory, (one) => {
      if (one.kind === 'dry') answer = one;
    });
    const same =
      answer?.error === undefined &&
      covering.every((key) => sameKeys(run.perTest[key], answer?.perTest[key])) &&
      answer?.tests.every(({ state }) => state !== 'failed');
    if (!same) {
      run.ownProcess = USED_PROCESS;
      this.#assignment.tell({ kind: 'note', text: `${run.file} needs a process of its own: ${USED_PROCESS}.` });
    }
    run.reloaded = true;
  }

  get #maxMemory(): number {
    return this.#peak > 0 ? this.#peak + this.#assignment.memory : Number.POSITIVE_INFINITY;
  }

  #settle(one: Track, verdict: Pick<Verdict, 'status'> & Partial<Verdict>): void {
    this.#tellVerdict(one, verdict);
  }

  #tellVerdict(one: Track, verdict: Pick<Verdict, 'status'> & Partial<Verdict>): void {
    const coveredBy = one.coverage.flatMap(({ file, tests }) => tests.map((key) => file.indexes.get(key)).filter((index) => index !== undefined));
    this.#assignment.tell({
      kind: 'verdict',
      verdict: { id: one.id, static: one.coverage.some(({ atLoad }) => atLoad), coveredBy, killedBy: [], testsRun: one.ran, ...verdict },
    });
  }
}

/** What an error of a dry run that took too long says. */
export const TIMED_OUT = 'The tests did not end in time.';

const USED_PROCESS = 'its tests do not do the same in a process that ran other tests before';

function sameKeys(a: Hits | undefined, b: Hits | undefined): boolean {
  const keys = Object.keys(a ?? {});
  return keys.length === Object.keys(b ?? {}).length && keys.every((key) => b && key in b);
}

function limits({ durations }: FileRun): Record<string, number> {
  return Object.fromEntries([...durations].map(([key, ms]) => [key, ms * LIMIT_FACTOR + LIMIT_MS]));
}

function limitOf({ hits }: Track): number {
  return Math.max(1, hits) * HIT_LIMIT_FACTOR;
}

function put(queues: Map<string, Set<Track>>, file: string, one: Track): void {
  const queue = queues.get(file);
  if (queue) queue.add(one);
  else queues.set(file, new Set([one]));
}

function take(queues: Map<string, Set<Track>>, file: string, count: number): Track[] {
  const queue = queues.get(file) ?? new Set();
  const taken = [...queue].slice(0, count);
  for (const one of taken) queue.delete(one);
  if (queue.size === 0) queues.delete(file);
  return taken;
}
