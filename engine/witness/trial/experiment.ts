import type { Experiment } from '../../mutation/index.ts';
import { Observer } from './observer.ts';
import type { Dry, Finding, Questions, Ran } from './questions.ts';

type Laboratory = Parameters<Experiment>[0];
type Mutant = Laboratory['mutants'][number];

/** How often a mutant's own code may run, and how many steps all code may take. */
const HIT_LIMIT = 1_000_000;
const STEP_LIMIT = 20_000_000;
/** What functions return in place of what they do (Descartes's constants, Vera-Pérez et al., 2018, and the containers of JavaScript). */
const CONSTANTS: readonly unknown[] = [true, 1, 'assay', [], {}];

/** Runs the tests of a file, and then breaks what they run, one thing after the other, until each test has failed or nothing is left to break. */
export const experiment: Experiment = async (laboratory: Laboratory, questions: Questions) => {
  await new Trial(laboratory, questions).run();
};

/** A test that noticed nothing yet. */
interface Suspect {
  key: string;
  /** Ids of mutants whose code it runs. */
  reached: ReadonlySet<string>;
  tried: number;
}

class Trial {
  readonly #lab: Laboratory;
  readonly #questions: Questions;
  readonly #places: ReadonlyMap<string, number>;
  readonly #skipped: ReadonlySet<string>;
  readonly #noticed: string[] = [];
  #suspects: Suspect[] = [];
  #end = 0;
  #isComplete = true;

  constructor(laboratory: Laboratory, questions: Questions) {
    this.#lab = laboratory;
    this.#questions = questions;
    this.#places = new Map(laboratory.mutants.map(({ id }, place) => [id, place]));
    this.#skipped = new Set(questions.skipped);
  }

  async run(): Promise<void> {
    const { dry, atLoad } = await this.#dry();
    this.#tell(dry);
    const asked = this.#questions.suspects && new Set(this.#questions.suspects);
    this.#suspects = dry.ran
      .filter(({ key, state }) => state === 'passed' && (!asked || asked.has(key)))
      .map(({ key, reached }) => ({ key, reached: new Set(reached.map((place) => this.#lab.mutants[place]?.id ?? '')), tried: 0 }));
    if (dry.error === undefined) await this.#breakAll(atLoad);
    this.#end = Number.POSITIVE_INFINITY;
    const unsteady = this.#noticed.length > 0 ? await this.#failing(new Set(this.#noticed)) : [];
    const tried = Object.fromEntries(this.#suspects.map((one) => [one.key, one.tried]));
    this.#tell({ kind: 'end', tried, isComplete: this.#isComplete, unsteady });
  }

  /** Runs all tests without a breakage, and tells what they come to. */
  async #dry(): Promise<{ dry: Dry; atLoad: string[] }> {
    const { checks, gates } = this.#questions;
    const observer = new Observer(checks, gates);
    this.#lab.switches.lab = observer;
    const ended: (Omit<Ran, 'reached' | 'tests'> & { hits: Record<string, number> })[] = [];
    const hitsOf = new Map<string, Record<string, number>>();
    const outside: Record<string, number>[] = [this.#lab.record()];
    const end = await this.#lab.fresh({
      oneByOne: true,
      begins: ({ key }) => {
        this.#lab.beat('');
        observer.current = key;
        hitsOf.set(key, this.#lab.record());
      },
      ended: ({ key, name, state, message }) => {
        ended.push({ key, name, state, ...(message !== undefined && { message }), hits: hitsOf.get(key) ?? {} });
        observer.current = undefined;
        outside.push(this.#lab.record());
        return true;
      },
    });
    this.#lab.record(false);
    const atLoad = [...new Set(outside.flatMap((hits) => this.#run(hits)))];
    const dry: Dry = {
      kind: 'dry',
      ran: ended.map(({ hits, ...test }) => ({
        ...test,
        tests: [...(observer.tests.get(test.key) ?? [])],
        reached: this.#run(hits).map((id) => this.#places.get(id) as number),
      })),
      breakages: this.#lab.mutants.map(({ id, file, range, mutator, replacement }) => ({ id, file, range, mutator, replacement })),
      atLoad: atLoad.flatMap((id) => this.#places.get(id) ?? []),
      checks: observer.checks,
      gates: observer.gates,
      ...(end.error !== undefined && { error: end.error }),
    };
    return { dry, atLoad };
  }

  /** The mutants whose code ran. Of an arrow function it counts where it is called, and not where it is made. */
  #run(hits: Record<string, number>): string[] {
    const counts = ({ id, mutator }: Mutant) => (this.#questions.returns && mutator === 'ArrowFunction' ? this.#lab.idOfCalls(id) : id) in hits;
    return this.#lab.mutants.filter(counts).map(({ id }) => id);
  }

  async #breakAll(atLoad: readonly string[]): Promise<void> {
    this.#end = Date.now() + this.#questions.budgetMs;
    await this.#breakWhat((one) => one.reached, [undefined]);
    if (this.#questions.returns) await this.#breakWhat((one) => one.reached, CONSTANTS);
    // What runs while a file is loaded is part of what each of its tests looks at.
    const loaded = new Set(atLoad);
    await this.#breakWhat(() => loaded, [undefined]);
  }

  /** Runs the tests that noticed nothing with each breakage that concerns them: what most of them run comes first. */
  async #breakWhat(reach: (suspect: Suspect) => ReadonlySet<string>, constants: readonly unknown[]): Promise<void> {
    const left = new Map(this.#lab.mutants.filter((one) => !this.#skipped.has(one.id)).map((one) => [one.id, one]));
    if (left.size < this.#lab.mutants.length) this.#isComplete = false;
    for (;;) {
      const counts = new Map<string, number>();
      for (const suspect of this.#suspects) for (const id of reach(suspect)) if (left.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
      const [next] = [...counts].sort(([, a], [, b]) => b - a);
      if (!next) return;
      const mutant = left.get(next[0]) as Mutant;
      left.delete(mutant.id);
      for (const constant of constants) {
        await this.#break(mutant, constant, reach);
        if (Date.now() < this.#end) continue;
        this.#isComplete = false;
        return;
      }
    }
  }

  async #break(mutant: Mutant, constant: unknown, reach: (suspect: Suspect) => ReadonlySet<string>): Promise<void> {
    const concerned = this.#suspects.filter((one) => reach(one).has(mutant.id));
    if (concerned.length === 0) return;
    const { switches } = this.#lab;
    switches.returns = constant;
    switches.on(mutant.id, HIT_LIMIT, STEP_LIMIT);
    const failed = new Set(await this.#failing(new Set(concerned.map(({ key }) => key)), mutant.id));
    switches.off();
    switches.returns = undefined;
    for (const one of concerned) {
      one.tried++;
      if (!failed.has(one.key)) continue;
      this.#noticed.push(one.key);
      this.#tell({ kind: 'noticed', key: one.key, breakage: mutant.id });
    }
    this.#suspects = this.#suspects.filter(({ key }) => !failed.has(key));
  }

  /** The tests that fail, of some. One that does not begin, because the file cannot be loaded, notices nothing itself. */
  async #failing(only: ReadonlySet<string>, mutant = ''): Promise<string[]> {
    const failed: string[] = [];
    await this.#lab.fresh({
      only,
      oneByOne: false,
      begins: () => this.#lab.beat(mutant),
      ended: ({ key, state }) => {
        if (state === 'failed') failed.push(key);
        return Date.now() < this.#end;
      },
    });
    return failed;
  }

  #tell(finding: Finding): void {
    this.#lab.tell(finding);
  }
}
