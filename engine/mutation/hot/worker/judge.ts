import type { Answer, HotJob, HotMutant, Job, Judgement, OpenJob, ProbeJob } from '../jobs.ts';
import { Builtins } from './builtins.ts';
import { CallOrder } from './call-order.ts';
import { type Call, Caller } from './caller.ts';
import { Claims } from './claims.ts';
import { breathe, now } from './clock.ts';
import { dryRun } from './dry-run.ts';
import { experimentWith } from './experiment-with.ts';
import { FreshJudge } from './fresh-judge.ts';
import type { CallableTest, Harness } from './harness.ts';
import type { Heartbeat } from './heartbeat.ts';
import { judgeJointly } from './joint-judge.ts';
import { Leavings } from './leavings.ts';
import { longestBefore, type Opened, uncalledBefore } from './opened.ts';
import { CHANGES, OTHER_CODE, short } from './reasons.ts';
import { Suites } from './suites.ts';
import { type Switchboard, sameMutants, Trace } from './switchboard.ts';
import type { Workshop } from './workshop.ts';

/** How often the event loop gets its turn while mutants are judged, milliseconds: verdicts travel then, and errors that nobody handled show. */
const BREATH_MS = 15;

/** Why a test is cold, and why nothing comes of a mutant. */
const NO_END = 'it does not end when it is called by itself';
const LOST: Judgement = { result: 'unsure', reason: 'its test file could not be loaded again' };

/** A kill that counts once the tests before the one that killed were called. */
interface Waiting {
  mutant: HotMutant;
  judgement: Judgement;
  /** The key of the test that killed. */
  killer: string;
}

/** Does the jobs of one worker, in whatever framework it is. */
export class Judge {
  readonly #harness: Harness;
  readonly #switches: Switchboard;
  readonly #heartbeat: Heartbeat;
  readonly #builtins: Builtins;
  readonly #fresh: FreshJudge;
  readonly #caller = new Caller();
  /** What jobs are done with that keep nothing. */
  readonly #workshop: Workshop;
  readonly #orders = new Map<string, CallOrder>();
  #calls = { calls: 0, bareMs: 0 };
  #opened: Opened | undefined;

  constructor(harness: Harness, switches: Switchboard, heartbeat: Heartbeat) {
    this.#harness = harness;
    this.#switches = switches;
    this.#heartbeat = heartbeat;
    this.#builtins = new Builtins(harness.global);
    const leavings = harness.isolates && { leavings: new Leavings(harness.global ?? globalThis) };
    this.#workshop = { harness, switches, heartbeat, builtins: this.#builtins, caller: this.#caller, claims: new Claims(), ...leavings };
    this.#fresh = new FreshJudge(this.#workshop);
  }

  /** Does a job. Each answer is given as soon as it is known; the last one ends the job. */
  async do(job: Exclude<Job, { kind: 'end' }>, answer: (answer: Answer) => void): Promise<void> {
    if (job.kind === 'hot') return this.#hot(job, answer);
    if (job.kind === 'probe') return answer(await this.#probe(job));
    await this.close();
    if (job.kind === 'dry') await dryRun(job, this.#workshop, answer);
    else if (job.kind === 'joint') answer(await judgeJointly(job, this.#workshop));
    else if (job.kind === 'open') answer(await this.#open(job));
    else if (job.kind === 'experiment') await experimentWith(job, this.#workshop, answer);
    else {
      await this.#fresh.judge(job, answer);
      answer({ kind: 'done' });
    }
  }

  /** Closes the file that is open. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    if (!opened) return;
    await opened.suites.leave().catch(() => {});
    await opened.file.close();
  }

  async #open(job: OpenJob): Promise<Answer> {
    this.#heartbeat.beat('', true);
    this.#switches.off();
    const { leavings } = this.#workshop;
    leavings?.begin(job.file);
    const loaded = await this.#load(job, new Map());
    return { kind: 'opened', ...('cold' in loaded && { cold: loaded.cold }), ...(leavings?.foreign && { amongOthers: true }) };
  }

  async #probe({ file, covering, canary }: ProbeJob): Promise<Answer> {
    this.#heartbeat.beat('', true);
    const opened = this.#opened;
    if (opened?.job.file !== file) return { kind: 'probed', cold: 'it could not be loaded again', coldTests: {}, infecting: {}, noticed: false };
    // Twice: once in modules that are new, once in modules that are not.
    const infecting: Record<string, string[]> = {};
    for (let i = 0; i < 2; i++) await this.#callWithoutMutant(opened, covering, infecting);
    const reaching = Object.keys(covering).filter((key) => Object.keys(covering[key]?.hits ?? {}).length > 0);
    const noticed = canary && (await this.#noticesCanary(opened, reaching));
    const coldTests = Object.fromEntries(
      Object.keys(covering).flatMap((key) => {
        const why = opened.coldTests.get(key);
        return why === undefined ? [] : [[key, why]];
      }),
    );
    return { kind: 'probed', coldTests, infecting, noticed, ...(!this.#opened && { cold: 'it could not be loaded again' }) };
  }

  async #load(job: OpenJob, coldTests: Opened['coldTests']): Promise<Opened | { cold: string }> {
    this.#builtins.restore();
    const began = now();
    const file = await this.#harness.open(job.file);
    if ('cold' in file) return file;
    const order = this.#orders.get(job.file) ?? new CallOrder(job.durations);
    this.#orders.set(job.file, order);
    this.#opened = {
      job,
      file,
      keys: Object.keys(job.durations),
      suites: new Suites(),
      builtins: new Builtins(this.#harness.global),
      order,
      loadMs: now() - began,
      coldTests,
      called: new Set(),
      bystanders: new Set(job.bystanders),
    };
    return this.#opened;
  }

  /** Loads the file anew, because what it left behind in its modules is not what it was. */
  async #reload(): Promise<Opened | undefined> {
    const { job, coldTests } = this.#opened ?? {};
    await this.close();
    if (!job || !coldTests) return undefined;
    const loaded = await this.#load(job, coldTests);
    return 'cold' in loaded ? undefined : loaded;
  }

  /** Calls the tests without any mutant: those that fail, or reach other code than in the dry run, cannot be called again and again. */
  async #callWithoutMutant(opened: Opened, covering: ProbeJob['covering'], infecting: Record<string, string[]>): Promise<void> {
    for (const [key, { hits, inert }] of Object.entries(covering)) {
      if (opened.coldTests.has(key)) continue;
      const test = opened.file.tests.get(key);
      if (!test) {
        opened.coldTests.set(key, 'it is not there when the file is loaded again');
        continue;
      }
      const trace = new Trace(inert.length > 0);
      const isFirst = !opened.called.has(key);
      // What hooks of whole suites reach is no test's.
      const call = await this.#call(opened, test, () => this.#switches.record(trace));
      this.#switches.record(undefined);
      if (!call.ended) opened.coldTests.set(key, NO_END);
      else if (call.error) opened.coldTests.set(key, `it fails when it is called by itself: ${short(call.error.message)}`);
      else if (!sameMutants(hits, trace.hits)) opened.coldTests.set(key, isFirst ? OTHER_CODE : CHANGES);
      const nowInert = new Set(trace.inert);
      const found = inert.filter((id) => id in trace.hits && !nowInert.has(id));
      if (found.length > 0) infecting[key] = [...(infecting[key] ?? []), ...found];
    }
    await breathe();
  }

  /** Breaks all mutated code at once. Answers whether one of the tests notices. */
  async #noticesCanary(opened: Opened, tests: readonly string[]): Promise<boolean> {
    for (const key of tests) {
      const test = opened.file.tests.get(key);
      if (!test || opened.coldTests.has(key)) continue;
      this.#switches.canary(true);
      const call = await this.#call(opened, test);
      this.#switches.canary(false);
      if (call.ended && !call.error) continue;
      if (!call.ended || (await this.#leaked(opened, test))) await this.#reload();
      return true;
    }
    return false;
  }

  async #hot(job: HotJob, answer: (answer: Answer) => void): Promise<void> {
    let breathed = now();
    this.#calls = { calls: 0, bareMs: 0 };
    const waiting: Waiting[] = [];
    for (const mutant of job.mutants) {
      this.#heartbeat.beat(mutant.id, true);
      const judgement = await this.#judge(job.file, mutant, waiting);
      if (judgement) answer({ kind: 'judged', mutant: mutant.id, judgement });
      if (now() - breathed > BREATH_MS) {
        await breathe();
        breathed = now();
      }
    }
    for (const { mutant, judgement, killer } of waiting) {
      this.#heartbeat.beat(mutant.id, true);
      const sure = this.#opened ? await this.#againInItsPlace(this.#opened, mutant, judgement, killer) : LOST;
      answer({ kind: 'judged', mutant: mutant.id, judgement: sure });
    }
    answer({ kind: 'called', ...this.#calls });
  }

  /** Judges a mutant by calling tests; nothing comes of it yet where it is one of those that wait. */
  async #judge(file: string, mutant: HotMutant, waiting: Waiting[]): Promise<Judgement | undefined> {
    const opened = this.#opened;
    if (opened?.job.file !== file) return LOST;
    const judgement = await this.#callAll(opened, mutant);
    if (judgement.result === 'timeout') {
      await this.#reload();
      return judgement;
    }
    if (!(await this.#blamesOthers(opened, mutant, judgement))) return this.#inItsPlace(opened, mutant, judgement, waiting);
    // The killing test fails without the mutant too: something was left behind, by this mutant or by one before it.
    const fresh = await this.#reload();
    if (!fresh) return LOST;
    const again = await this.#callAll(fresh, mutant);
    const wrong = again.result === 'timeout' || (await this.#blamesOthers(fresh, mutant, again));
    // A test that needs others before it fails in new modules whatever the mutant.
    const sure: Judgement | undefined = wrong
      ? { result: 'unsure', reason: 'The test that fails with it fails without it too.' }
      : await this.#inItsPlace(fresh, mutant, again, waiting);
    await this.#reload();
    return sure;
  }

  /**
   * What comes of a kill once the tests have run that stand before the one that killed, as they do in the framework: what they leave behind may hide the mutant.
   * Where they take longer than loading the file it waits for the other mutants, some of which may have that loaded anew: they are called once for all.
   */
  async #inItsPlace(opened: Opened, mutant: HotMutant, judgement: Judgement, waiting: Waiting[]): Promise<Judgement | undefined> {
    const killer = judgement.result === 'killed' && judgement.by !== undefined ? opened.file.tests.get(judgement.by) : undefined;
    const before = killer ? uncalledBefore(opened, killer) : [];
    if (!killer || before.length === 0) return judgement;
    const ms = before.reduce((sum, { key }) => sum + (opened.job.durations[key] ?? 0), 0);
    if (ms <= longestBefore(opened)) return this.#againInItsPlace(opened, mutant, judgement, killer.key);
    waiting.push({ mutant, judgement, killer: killer.key });
    return undefined;
  }

  /** Calls the tests before the one that killed, and that once more. */
  async #againInItsPlace(opened: Opened, { id, hitLimit }: HotMutant, judgement: Judgement, key: string): Promise<Judgement> {
    const killer = opened.file.tests.get(key);
    if (!killer) return LOST;
    for (const test of uncalledBefore(opened, killer)) {
      this.#heartbeat.beat(id, false);
      const call = await this.#call(opened, test);
      if (!call.ended) opened.coldTests.set(test.key, NO_END);
    }
    this.#switches.on(id, hitLimit, opened.job.steps[key]);
    const { ended, error } = await this.#call(opened, killer);
    this.#switches.off();
    if (ended && error && !(await this.#leaked(opened, killer))) return judgement;
    if (!ended || error) await this.#reload();
    return { result: 'unsure', reason: 'What comes of the test that fails with it hangs on those before it.' };
  }

  /** Whether the test that killed fails without the mutant too, or only because the process was not as it was. */
  async #blamesOthers(opened: Opened, { id, hitLimit }: HotMutant, judgement: Judgement): Promise<boolean> {
    const killer = judgement.result === 'killed' && judgement.by !== undefined ? opened.file.tests.get(judgement.by) : undefined;
    if (!killer) return false;
    if (await this.#tidy(opened)) {
      this.#switches.on(id, hitLimit, opened.job.steps[killer.key]);
      const { ended, error } = await this.#call(opened, killer);
      this.#switches.off();
      if (!ended || !error) return true;
      await this.#tidy(opened);
    }
    return this.#leaked(opened, killer);
  }

  async #callAll(opened: Opened, { id, tests, hitLimit }: HotMutant): Promise<Judgement> {
    const { file, keys, order, loadMs, coldTests } = opened;
    const callable = tests.map((place) => keys[place] as string).filter((key) => file.tests.has(key) && !coldTests.has(key));
    let ran = 0;
    let reached = false;
    try {
      for (const key of order.plan(callable, loadMs)) {
        const test = file.tests.get(key) as CallableTest;
        ran++;
        this.#heartbeat.beat(id, false);
        this.#switches.on(id, hitLimit, opened.job.steps[key]);
        const call = await this.#call(opened, test);
        reached ||= this.#switches.hits > 0;
        const { overLimit } = this.#switches;
        if (overLimit !== undefined) return { result: 'timeout', certain: true, by: key, reason: overLimit, ran };
        if (!call.ended) return { result: 'timeout', certain: false, by: key, reason: `"${test.name}" did not end.`, ran };
        if (!call.error) continue;
        order.learn(key);
        return { result: 'killed', by: key, reason: short(call.error.message), reached, ran };
      }
      return { result: 'survived', reached, ran };
    } finally {
      this.#switches.off();
    }
  }

  /** Whether a test that killed a mutant fails without it too. */
  async #leaked(opened: Opened, test: CallableTest): Promise<boolean> {
    const call = await this.#call(opened, test);
    return !call.ended || call.error !== undefined;
  }

  /** Puts back what tests left changed of the process; answers whether there was anything. */
  async #tidy({ suites, builtins }: Opened): Promise<boolean> {
    if (!builtins.changed) return false;
    // Some of it may be what a hook of a suite did for its tests.
    await suites.leave().catch(() => {});
    builtins.restore();
    return true;
  }

  #call({ job, suites, called }: Opened, test: CallableTest, entered?: () => void): Promise<Call> {
    called.add(test.key);
    this.#calls.calls++;
    this.#calls.bareMs += job.durations[test.key] ?? 0;
    return this.#caller.call(test, suites, job.limits[test.key], entered);
  }
}
