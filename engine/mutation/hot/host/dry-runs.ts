import type { Answer, RanTest } from '../jobs.ts';
import { sameMutants } from '../worker/switchboard.ts';
import { type Assignment, DryRunFailed } from './assignment.ts';
import { Besides } from './besides.ts';
import type { Crew, Slot, Task } from './crew.ts';
import type { TestFile } from './driver.ts';
import { type FileRun, USED_PROCESS } from './tracks.ts';

type Dry = Extract<Answer, { kind: 'dry' }>;

/** What the dry run showed. */
export interface DryRun {
  runs: Map<string, FileRun>;
  /** The tests that ran, each at its index. */
  tests: (RanTest & { file: string })[];
}

/** Runs each test file once, without any mutant. */
export class DryRuns {
  readonly #assignment: Assignment;
  readonly #crew: Crew;
  readonly #files: ReadonlyMap<string, TestFile>;
  readonly #waiting: Set<string>;
  readonly #runs = new Map<string, FileRun>();
  readonly #results = new Map<string, RanTest[]>();
  readonly #errors = new Map<string, string>();
  /** Files that did not pass in a process that ran others before. */
  readonly #again = new Set<string>();
  /** What files did among things that others left in the process, and then alone: what those are for may be seen only so. */
  readonly #amongOthers = new Map<string, Dry[]>();
  /** Files that did not pass alone: a test may be late because everything is loaded for it, or others use the machine too, or because expressions are weighed. */
  readonly #failed = new Set<string>();
  /** Whether one of them did not pass the second time either: others will not. */
  #inVain = false;
  readonly #besides = new Besides();
  /** Files that did not pass and take something of the machine, which another process may have taken: they run once more when no other is there. */
  readonly #disturbed = new Set<string>();
  #isQuiet = false;

  constructor(assignment: Assignment, crew: Crew, files: ReadonlyMap<string, TestFile>) {
    this.#assignment = assignment;
    this.#crew = crew;
    this.#files = files;
    this.#waiting = new Set(assignment.narrowed ? [...assignment.narrowed.keys()].filter((file) => files.has(file)) : files.keys());
  }

  /** Runs them all. Rejects with {@link DryRunFailed} where the tests do not pass. */
  async run(): Promise<DryRun> {
    await this.#crew.workOff((slot) => this.#next(slot));
    const disturbed = [...this.#disturbed, ...(this.#assignment.parallel ? [] : this.#besides.disturbed())];
    if (disturbed.length > 0) {
      this.#isQuiet = true;
      this.#assignment.hush?.();
      for (const file of disturbed) this.#waiting.add(file);
      await this.#crew.workOffAlone((slot) => this.#next(slot));
    }
    const tests = this.#number();
    await this.#assignment.check?.(
      [...this.#results].flatMap(([file, found]) => found.map((test) => ({ file, ...test }))),
      new Set([...this.#runs.values()].flatMap(({ loaded }) => loaded)),
    );
    return { runs: this.#runs, tests };
  }

  #next(slot: Slot): Task | undefined {
    const file = this.#crew.choose(slot, this.#waiting, this.#files);
    if (!file) return undefined;
    this.#waiting.delete(file.file);
    return () => this.#runFile(slot, file);
  }

  async #runFile(slot: Slot, test: TestFile): Promise<void> {
    const { dryRunMs, narrowed, run } = this.#assignment;
    const { file } = test;
    const worker = await this.#crew.workerFor(slot, test, this.#again.has(file) || this.#amongOthers.has(file));
    const alone = !slot.used;
    slot.used = true;
    const started = performance.now();
    let answer: Dry | undefined;
    const tests = narrowed?.get(file);
    const limits = { totalMs: dryRunMs, stallMs: dryRunMs };
    this.#besides.begins(file);
    const { end } = await worker.do(
      { kind: 'dry', file, ...(tests && { tests }), weighs: !this.#failed.has(file) },
      limits,
      Number.POSITIVE_INFINITY,
      (one) => {
        if (one.kind === 'dry') answer = one;
        else if (one.kind === 'claims' && !this.#isQuiet && this.#isTaken(file, one.claims)) {
          this.#disturbed.add(file);
          worker.kill();
        }
      },
    );
    this.#besides.ended(file, answer?.claims ?? []);
    if (this.#disturbed.has(file) && !this.#isQuiet) return;
    this.#crew.weigh(worker);
    const passed = answer && answer.error === undefined && answer.tests.every(({ state }) => state !== 'failed');
    if (!passed && answer?.claims.length && !this.#isQuiet && (this.#crew.size > 1 || this.#assignment.hush)) {
      this.#disturbed.add(file);
      worker.kill();
      return;
    }
    if (!passed && this.#failed.has(file)) this.#inVain = true;
    if (!passed && alone && answer && !this.#failed.has(file) && (!this.#inVain || isLate(answer))) {
      this.#failed.add(file);
      // Nothing is weighed then: what it did before cannot be compared.
      this.#amongOthers.delete(file);
      this.#waiting.add(file);
      worker.kill();
      return;
    }
    if (!passed && !alone) {
      // It may only fail because of what files before it left in the process.
      this.#again.add(file);
      this.#waiting.add(file);
      worker.kill();
      return;
    }
    if (!answer) {
      this.#errors.set(file, end === 'hung' || end === 'busy' ? 'The tests did not end in time.' : 'The test process ended by itself.');
      return;
    }
    if (answer.runs.some((one) => one !== run)) throw new Error(`${file} was run with code of another run`);
    if (this.#isToRunAlone(file, answer, alone)) {
      this.#waiting.add(file);
      return;
    }
    if (answer.error !== undefined) this.#errors.set(file, answer.error);
    this.#results.set(file, answer.tests);
    this.#runs.set(file, {
      file,
      loaded: answer.loaded,
      claims: answer.claims,
      runMs: performance.now() - started - answer.compiledMs,
      durations: new Map(answer.tests.filter(({ state }) => state === 'passed').map(({ key, durationMs }) => [key, durationMs])),
      indexes: new Map(),
      atLoad: answer.atLoad,
      inertAtLoad: answer.inertAtLoad,
      perTest: answer.perTest,
      inert: answer.inert,
      infecting: new Map(),
      probed: false,
      coldTests: new Map(),
      rank: 0,
      ...(this.#amongOthers.has(file) && { amongOthers: true }),
      reloaded: this.#again.has(file),
      ...(this.#again.has(file) && { cold: USED_PROCESS, ownProcess: USED_PROCESS }),
    });
  }

  /** Whether something else that runs may have what a file takes. */
  #isTaken(file: string, claims: readonly string[]): boolean {
    const isOurs = this.#besides.takes(file, claims) && !this.#assignment.parallel;
    return this.#assignment.hush?.() || isOurs;
  }

  /**
   * Whether it is still to be seen what a file does in a new process: where it ran among things that it does not bring by itself, and once more where it did
   * something else then, for that may be chance. Where it is none, it needs a process of its own.
   */
  #isToRunAlone(file: string, answer: Dry, alone: boolean): boolean {
    const [among, before] = this.#amongOthers.get(file) ?? [];
    if (!among) {
      if (alone || !answer.amongOthers) return false;
      this.#amongOthers.set(file, [answer]);
      return true;
    }
    if (before) {
      if (doSame(before, answer)) {
        this.#again.add(file);
        this.#assignment.tell({ kind: 'note', text: `${file} needs a process of its own: ${USED_PROCESS}.` });
      }
      return false;
    }
    if (doSame(among, answer)) return false;
    this.#amongOthers.set(file, [among, answer]);
    return true;
  }

  /** Numbers the tests in the order of their files; rejects when they do not pass. */
  #number(): DryRun['tests'] {
    const tests: DryRun['tests'] = [];
    for (const { file, path = file } of this.#assignment.files) {
      for (const test of this.#results.get(file) ?? []) {
        if (test.state === 'skipped') continue;
        this.#runs.get(file)?.indexes.set(test.key, tests.length);
        tests.push({ file: path, ...test });
      }
    }
    const failed = tests.filter(({ state }) => state === 'failed');
    const [error] = [...this.#errors].map(([file, text]) => `${file}: ${text}`);
    if (tests.length === 0 && !this.#assignment.narrowed) throw new DryRunFailed([], 0, error ?? 'no test runs');
    if (failed.length > 0 || error !== undefined) throw new DryRunFailed(failed, tests.length, error ?? '');
    return tests;
  }
}

/** Whether tests reached the same mutants in two runs, and the same of them changed something. */
function doSame(a: Dry, b: Dry): boolean {
  const keys = new Set([...Object.keys(a.perTest), ...Object.keys(b.perTest)]);
  const inertIn = ({ inert }: Dry, key: string) => [...(inert[key] ?? [])].sort().join();
  return (
    sameMutants(a.atLoad, b.atLoad) &&
    [...keys].every((key) => sameMutants(a.perTest[key] ?? {}, b.perTest[key] ?? {}) && inertIn(a, key) === inertIn(b, key))
  );
}

/** Whether all that failed did so because time ran out, in the words of the frameworks. */
function isLate({ tests, error = '' }: Dry): boolean {
  const messages = [error, ...tests.map(({ state, message = '' }) => (state === 'failed' ? message : ''))].filter((text) => text !== '');
  return messages.length > 0 && messages.every((text) => /time-?out|timed out/i.test(text));
}
