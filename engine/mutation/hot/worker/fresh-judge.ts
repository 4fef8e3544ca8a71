import type { FreshJob, FreshMutant, Judgement, RanTest } from '../jobs.ts';
import type { Builtins } from './builtins.ts';
import type { Harness, OpenFile } from './harness.ts';
import type { Heartbeat } from './heartbeat.ts';
import { short } from './reasons.ts';
import { Suites } from './suites.ts';
import type { Switchboard } from './switchboard.ts';

/** Judges mutants as the framework itself runs the tests, with the mutant on from the start. */
export class FreshJudge {
  readonly #harness: Harness;
  readonly #switches: Switchboard;
  readonly #heartbeat: Heartbeat;
  readonly #builtins: Builtins;

  constructor(harness: Harness, switches: Switchboard, heartbeat: Heartbeat, builtins: Builtins) {
    this.#harness = harness;
    this.#switches = switches;
    this.#heartbeat = heartbeat;
    this.#builtins = builtins;
  }

  /** Judges a mutant by tests of a file, in fresh modules. */
  async judge(job: FreshJob, mutant: FreshMutant): Promise<Judgement> {
    return (await this.#replay(job, mutant)) ?? this.#run(job, mutant);
  }

  /** Has tests called where that is as good as a run. Answers only where none notices the mutant; whatever else comes of it has to show in a run. */
  async #replay({ file, callable, stepLimit }: FreshJob, { id, hitLimit, tests }: FreshMutant): Promise<Judgement | undefined> {
    if (!callable || !tests || !this.#harness.openToReplay) return undefined;
    this.#heartbeat.beat(id, true);
    this.#builtins.restore();
    this.#switches.on(id, hitLimit, stepLimit);
    const opened = await this.#harness.openToReplay(file);
    const passed = opened !== undefined && (await this.#allPass(opened, id, tests));
    const error = await opened?.close();
    const { hits, overLimit } = this.#switches;
    this.#switches.off();
    if (!passed || error !== undefined || overLimit !== undefined || hits === 0) return undefined;
    return { result: 'survived', reached: true, ran: tests.length };
  }

  async #allPass({ tests: found }: OpenFile, id: string, wanted: readonly string[]): Promise<boolean> {
    const keys = new Set(wanted);
    const tests = [...found].filter(([key]) => keys.has(key));
    if (tests.length < keys.size) return false;
    const suites = new Suites();
    try {
      for (const [, test] of tests) {
        this.#heartbeat.beat(id, false);
        await suites.around(test);
        if (await test.call()) return false;
      }
      await suites.leave();
      return true;
    } catch {
      return false;
    }
  }

  async #run({ file, control, hasTests, stepLimit }: FreshJob, { id, hitLimit, tests }: FreshMutant): Promise<Judgement> {
    const begun: string[] = [];
    let ran = 0;
    let killer: RanTest | undefined;
    this.#heartbeat.beat(id, true);
    this.#builtins.restore();
    this.#switches.on(id, hitLimit, stepLimit);
    const end = await this.#harness.fresh(file, {
      ...(tests && { only: new Set(tests) }),
      oneByOne: false,
      begins: ({ key }) => {
        begun.push(key);
        this.#heartbeat.beat(id, false);
      },
      ended: (test) => {
        if (test.state !== 'skipped') ran++;
        if (test.state === 'failed') killer ??= test;
        return !killer && this.#switches.overLimit === undefined;
      },
    });
    const error = end.error ?? (hasTests ? end.empty : undefined);
    const { hits, overLimit } = this.#switches;
    this.#switches.off();
    const by = killer && { by: killer.key };
    if (overLimit !== undefined) return { result: 'timeout', certain: true, reason: overLimit, ran, ...by };
    if (!killer && error === undefined) return { result: 'survived', reached: hits > 0, ran };
    // What fails outside of all tests may only show where tests run, and what fails in a test may come from those before it.
    if (control && !end.controlled && !(await this.#passes(file, killer ? begun : tests))) {
      return { result: 'unsure', reason: 'What fails with it fails without it too, after the same tests.' };
    }
    return { result: 'killed', ...by, reason: short(killer?.message ?? error ?? ''), reached: hits > 0, ran };
  }

  /** Whether a file loads and tests of it pass, in fresh modules, with no mutant. */
  async #passes(file: string, tests: readonly string[] | undefined): Promise<boolean> {
    let failed = false;
    this.#builtins.restore();
    const { error } = await this.#harness.fresh(file, {
      ...(tests && { only: new Set(tests) }),
      oneByOne: false,
      begins: () => this.#heartbeat.beat('', false),
      ended: ({ state }) => {
        failed ||= state === 'failed';
        return true;
      },
    });
    return !failed && error === undefined;
  }
}
