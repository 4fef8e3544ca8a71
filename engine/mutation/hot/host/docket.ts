import type { Judgement } from '../jobs.ts';
import type { Assignment, Verdict } from './assignment.ts';
import { Queues } from './queues.ts';
import type { Coverage, Track } from './tracks.ts';

/** What a person reads of a mutant that changes nothing in any test. */
const INERT = 'In all tests that reach it, the code comes to the same with it as without: to notice it, a test needs other inputs.';

/** Keeps what becomes of each mutant: where it is judged next, and in the end its verdict. */
export class Docket {
  /** Mutants to be judged by calling tests, and those to be judged in fresh modules. */
  readonly hot = new Queues();
  readonly fresh = new Queues();
  readonly #tell: Assignment['tell'];
  #late: Track[] = [];
  #inert: Track[] = [];
  /** Whether others are still judged. */
  #others = true;

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
      one.fresh = [...one.judgedIn];
      if (one.ran > 0) this.settle(one, { status: 'Survived', provisional: true });
    }
    const fresh = one.fresh[0] ?? this.#found(one);
    if (fresh) this.fresh.put(fresh.file.file, one);
    else if (one.reached) this.settle(one, { status: 'Survived' });
    else if (one.coverage.length === 0) this.settle(one, { status: 'NoCoverage' });
    else if (one.judgedIn.length === 0) this.#settleInert(one);
    else this.settle(one, { status: 'NoCoverage', reason: 'Tests reached it once, but none did when it was changed.' });
  }

  /** Puts a mutant off until nothing else runs: its tests did not end in time. */
  putOff(one: Track): void {
    Object.assign(one, { late: true, newProcess: true });
    this.#late.push(one);
  }

  /** Places those that were put off, once nothing else is left. */
  placeRest(): void {
    this.#others = false;
    for (const one of [...this.#late.splice(0), ...this.#inert.splice(0)]) this.place(one);
  }

  /** Where a mutant, which was inert there in the dry run, would have changed something when tests were called again: it is judged there too. */
  #found(one: Track): Coverage | undefined {
    const found = one.coverage.filter(
      (coverage) => !one.judgedIn.includes(coverage) && coverage.tests.some((key) => coverage.file.infecting.get(key)?.includes(one.id)),
    );
    one.judgedIn.push(...found);
    one.fresh.push(...found);
    return found[0];
  }

  /** A mutant that changes nothing in any test survives them: for good when all were called again that will be. */
  #settleInert(one: Track): void {
    one.ran = one.coverage.reduce((sum, { tests }) => sum + tests.length, 0);
    if (this.#others) this.#inert.push(one);
    this.settle(one, { status: 'Survived', ...(this.#others ? { provisional: true } : { reason: INERT }) });
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
