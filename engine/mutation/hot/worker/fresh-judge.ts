import type { Answer, FreshJob, FreshMutant, Judgement, RanTest } from '../jobs.ts';
import { AMONG_OTHERS, short } from './reasons.ts';
import type { Workshop } from './workshop.ts';

type Killed = Extract<Judgement, { result: 'killed' }>;

/** What came of a run, and which tests began that have to be seen to pass without the mutant, all of the file where it is not said which. */
interface Ran {
  judgement: Judgement;
  begun?: { tests: readonly string[] | undefined };
}

const UNSURE: Judgement = { result: 'unsure', reason: 'What fails with it fails without it too, after the same tests.' };

/** Judges mutants as the framework itself runs the tests, with the mutant on from the start. */
export class FreshJudge {
  readonly #harness: Workshop['harness'];
  readonly #switches: Workshop['switches'];
  readonly #heartbeat: Workshop['heartbeat'];
  readonly #builtins: Workshop['builtins'];
  readonly #leavings: Workshop['leavings'];

  constructor({ harness, switches, heartbeat, builtins, leavings }: Omit<Workshop, 'caller'>) {
    this.#harness = harness;
    this.#switches = switches;
    this.#heartbeat = heartbeat;
    this.#builtins = builtins;
    this.#leavings = leavings;
  }

  /**
   * Judges mutants by tests of a file, each in fresh modules. What is to be seen to pass without any of them is run once for several, where each ran the file
   * from its first test on: who went the furthest ran all that the others did.
   */
  async judge(job: FreshJob, answer: (answer: Answer) => void): Promise<void> {
    const killed: { mutant: string; judgement: Killed; begun: readonly string[] | undefined }[] = [];
    for (const one of job.mutants) {
      const { id: mutant, tests } = one;
      const { judgement, begun } = await this.#run(job, one);
      if (judgement.result !== 'killed' || !begun) answer({ kind: 'judged', mutant, judgement });
      else if (tests) answer({ kind: 'judged', mutant, judgement: (await this.#passes(job.file, begun.tests)) ? judgement : UNSURE });
      else {
        killed.push({ mutant, judgement, begun: begun.tests });
        answer({ kind: 'goesOn' });
      }
    }
    if (killed.length === 0) return;
    const all = killed.some(({ begun }) => !begun);
    const furthest = all ? undefined : killed.map(({ begun }) => begun ?? []).reduce((a, b) => (b.length > a.length ? b : a));
    const passes = await this.#passes(job.file, furthest);
    for (const { mutant, judgement } of killed) answer({ kind: 'judged', mutant, judgement: passes ? judgement : UNSURE });
  }

  /** Runs tests of a file with a mutant. */
  async #run({ file, control, hasTests, stepLimit, mayBeAmongOthers }: FreshJob, { id, hitLimit, tests }: FreshMutant): Promise<Ran> {
    const begun: string[] = [];
    let ran = 0;
    let killer: RanTest | undefined;
    this.#heartbeat.beat(id, true);
    this.#builtins.restore();
    this.#leavings?.begin(file);
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
    if (!mayBeAmongOthers && this.#leavings?.foreign) return { judgement: { result: 'unsure', reason: AMONG_OTHERS } };
    const by = killer && { by: killer.key };
    if (overLimit !== undefined) return { judgement: { result: 'timeout', certain: true, reason: overLimit, ran, ...by } };
    if (!killer && error === undefined) return { judgement: { result: 'survived', reached: hits > 0, ran } };
    const judgement: Killed = { result: 'killed', ...by, reason: short(killer?.message ?? error ?? ''), reached: hits > 0, ran };
    // What fails outside of all tests may only show where tests run, and what fails in a test may come from those before it.
    return { judgement, ...(control && !end.controlled && { begun: { tests: killer ? begun : tests } }) };
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
