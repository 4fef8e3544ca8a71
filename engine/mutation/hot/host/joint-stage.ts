import { type Answer, keyIn } from '../jobs.ts';
import type { Assignment } from './assignment.ts';
import type { Crew, Slot, Task } from './crew.ts';
import type { Docket } from './docket.ts';
import { type JointGroup, jointGroup } from './joint-group.ts';
import { firstLimit, hitLimit, stepLimitOf, timesOf } from './limits.ts';
import type { StageParts } from './stage-parts.ts';
import type { Coverage, FileRun, Track } from './tracks.ts';

/** Judges several mutants in one run of tests in fresh modules, where the framework runs all files in the same ones. What is not clear is left for others. */
export class JointStage {
  readonly #crew: Crew;
  readonly #docket: Docket;
  readonly #combine: Assignment['combine'];

  constructor({ crew, docket }: Pick<StageParts, 'crew' | 'docket'>, { combine }: Pick<Assignment, 'combine'>) {
    this.#crew = crew;
    this.#docket = docket;
    this.#combine = combine;
  }

  /** What is to be done next at a slot, if anything is. */
  next(slot: Slot): Task | undefined {
    const { fresh } = this.#docket;
    if (!this.#combine) return undefined;
    const mayRun = ({ file }: Coverage) => this.#crew.mayRun(slot, file.file);
    const group = jointGroup([...fresh.files()].flatMap((file) => fresh.of(file)).filter((one) => one.fresh.every(mayRun)));
    if (!group) return undefined;
    for (const one of group.tracks) fresh.take(one.fresh[0]?.file.file as string, [one]);
    return () => this.#judge(slot, group);
  }

  async #judge(slot: Slot, { tracks, tests }: JointGroup): Promise<void> {
    const files = [...tests.keys()];
    const test = this.#combine?.(files.map(({ file }) => file));
    if (!test) return;
    const named = ({ file }: FileRun, key: string) => (files.length > 1 ? keyIn(file, key) : key);
    const worker = await this.#crew.workerFor(slot, test);
    Object.assign(slot, { open: undefined, used: true });
    const limitMs = firstLimit(timesOf(files));
    let answer: Extract<Answer, { kind: 'joined' }> | undefined;
    const job = {
      kind: 'joint',
      file: test.file,
      tests: [...tests].flatMap(([file, keys]) => [...keys].map((key) => named(file, key))),
      mutants: tracks.map((one) => ({
        id: one.id,
        hitLimit: hitLimit(one),
        tests: one.fresh.flatMap(({ file, infected }) => infected.map((key) => named(file, key))),
      })),
      stepLimit: stepLimitOf(files),
    } as const;
    await worker.do(job, { totalMs: limitMs, stallMs: limitMs }, this.#crew.maxMemory, (one) => {
      if (one.kind === 'joined') answer = one;
    });
    for (const one of tracks) this.#conclude(one, answer);
  }

  #conclude(one: Track, answer: Extract<Answer, { kind: 'joined' }> | undefined): void {
    if (answer?.survived.includes(one.id)) {
      one.ran += one.fresh.reduce((sum, { tests }) => sum + tests.length, 0);
      one.reached = true;
      one.fresh = [];
    } else one.alone = !answer || answer.suspects.includes(one.id);
    this.#docket.place(one);
  }
}
