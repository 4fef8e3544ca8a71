import type { Judgement } from '../jobs.ts';
import type { Assignment, Verdict } from './assignment.ts';
import { Queues } from './queues.ts';
import type { Coverage, Track } from './tracks.ts';

/** Keeps what becomes of each mutant: where it is judged next, and in the end its verdict. */
export class Docket {
  /** Mutants to be judged by calling tests, and those to be judged in fresh modules. */
  readonly hot = new Queues();
  readonly fresh = new Queues();
  readonly #tell: Assignment['tell'];
  #late: Track[] = [];

  constructor({ tell }: Pick<Assignment, 'tell'>) {
    this.#tell = tell;
  }

  /** Puts a mutant where it is judged next; where nothing is left to try, it survived. */
  place(one: Track): void {
    if (one.calls?.length === 0) {
      this.settle(one, { status: 'NoCoverage' });
      return;
    }
    const [hot] = one.hot;
    if (hot) {
      this.hot.put(hot.file.file, one);
      return;
    }
    if (!one.inFresh) {
      one.inFresh = true;
      one.fresh = [...one.coverage];
      if (one.ran > 0) this.settle(one, { status: 'Survived', provisional: true });
    }
    const [fresh] = one.fresh;
    if (fresh) this.fresh.put(fresh.file.file, one);
    else if (one.reached) this.settle(one, { status: 'Survived' });
    else if (one.coverage.length === 0) this.settle(one, { status: 'NoCoverage' });
    else this.settle(one, { status: 'NoCoverage', reason: 'Tests reached it once, but none did when it was changed.' });
  }

  /** Puts a mutant off until nothing else runs: its tests did not end in time. */
  putOff(one: Track): void {
    Object.assign(one, { late: true, newProcess: true });
    this.#late.push(one);
  }

  /** Places those that were put off. */
  placeLate(): void {
    for (const one of this.#late.splice(0)) this.place(one);
  }

  /** Settles a mutant that a judgement in a file proves killed or timed out; answers whether it does. */
  convict(one: Track, { file }: Coverage, judgement: Judgement): boolean {
    if (judgement.result === 'unsure' || judgement.result === 'survived') return false;
    const by = judgement.by === undefined ? undefined : file.indexes.get(judgement.by);
    const status = judgement.result === 'killed' ? 'Killed' : 'Timeout';
    this.settle(one, { status, reason: judgement.reason, killedBy: status === 'Killed' && by !== undefined ? [by] : [] });
    return true;
  }

  /** Tells a verdict. */
  settle(one: Track, verdict: Pick<Verdict, 'status'> & Partial<Verdict>): void {
    const runs = one.calls ?? one.coverage;
    const coveredBy = runs.flatMap(({ file, tests }) => tests.map((key) => file.indexes.get(key)).filter((index) => index !== undefined));
    this.#tell({
      kind: 'verdict',
      verdict: { id: one.id, static: runs.some(({ atLoad }) => atLoad), coveredBy, killedBy: [], testsRun: one.ran, ...verdict },
    });
  }
}
