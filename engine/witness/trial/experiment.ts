import type { Experiment } from '../../mutation/index.ts';
import { Observer } from './observer.ts';
import type { Breakage, Dry, Finding, Questions, Ran } from './questions.ts';

type Laboratory = Parameters<Experiment>[0];
type Constant = () => unknown;
type Mutant = Laboratory['mutants'][number];
type CallableTest = Parameters<Laboratory['call']>[0];

/** How often a mutant's own code may run, and how many steps all code may take. */
const HIT_LIMIT = 1_000_000;
const STEP_LIMIT = 20_000_000;
/** What functions return in place of what they do (Descartes's constants, Vera-Pérez et al., 2018, and the containers of JavaScript). */
const CONSTANTS: readonly Constant[] = [() => true, () => 1, () => 'assay', () => [], () => ({})];
/** Functions that lost their body and return nothing. */
const NOTHING: Constant = () => undefined;
/** How long a test may take that is called by itself, milliseconds: one that takes longer is run as the framework does. */
const CALL_MS = 2000;

/** Runs the tests of a file, and then breaks what they run, one thing after the other, until each test has failed or nothing is left to break. */
export const experiment: Experiment = async (laboratory: Laboratory, questions: Questions) => {
  await new Trial(laboratory, questions).run();
};

/** What frameworks say of a test that did not end in time. */
const TIMED_OUT = /\btimed out\b|\btimeout of\b/i;

interface Ended {
  passed: Set<string>;
  failed: Set<string>;
  hung: Set<string>;
  isLoaded: boolean;
}

/** A test that noticed nothing yet. */
interface Suspect {
  key: string;
  /** Ids of mutants whose code it runs. */
  reached: ReadonlySet<string>;
  /** What it passed with: ids of mutants, with the constant that was returned. */
  passed: Set<string>;
  /** Whether something that it runs was not broken. */
  isUnfinished: boolean;
}

class Trial {
  readonly #lab: Laboratory;
  readonly #questions: Questions;
  readonly #mutants: ReadonlyMap<string, Mutant>;
  /** Mutants that keep tests from ending: that says nothing of what the tests check. */
  readonly #skipped: Set<string>;
  readonly #noticed: string[] = [];
  #suspects: Suspect[] = [];
  #end = Number.POSITIVE_INFINITY;

  constructor(laboratory: Laboratory, questions: Questions) {
    this.#lab = laboratory;
    this.#questions = questions;
    this.#mutants = new Map(laboratory.mutants.map((one) => [one.id, one]));
    this.#skipped = new Set(questions.skipped);
  }

  async run(): Promise<void> {
    const { dry, atLoad } = await this.#dry();
    this.#tell(dry);
    const asked = this.#questions.suspects && new Set(this.#questions.suspects);
    this.#suspects = dry.ran
      .filter(({ key, state }) => state === 'passed' && (!asked || asked.has(key)))
      .map(({ key, reached }) => ({
        key,
        reached: new Set(reached.map((place) => dry.breakages[place]?.id ?? '')),
        passed: new Set(),
        isUnfinished: false,
      }));
    if (dry.error === undefined) await this.#breakAll(atLoad);
    const { failed } = this.#noticed.length > 0 ? await this.#ended(new Set(this.#noticed)) : { failed: new Set<string>() };
    const tried = Object.fromEntries(this.#suspects.map(({ key, passed }) => [key, passed.size]));
    const unfinished = this.#suspects.filter((one) => one.isUnfinished).map(({ key }) => key);
    this.#tell({ kind: 'end', tried, unfinished, unsteady: [...failed] });
  }

  /** Runs all tests without a breakage, and tells what they come to. */
  async #dry(): Promise<{ dry: Dry; atLoad: string[] }> {
    const { unit, checks, gates } = this.#questions;
    const observer = new Observer(unit, checks, gates);
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
    // Of thousands of mutants only those are told that are run.
    const places = new Map<string, number>();
    const placeOf = (id: string) => {
      const place = places.get(id) ?? places.size;
      places.set(id, place);
      return place;
    };
    const ran = ended.map(({ hits, ...test }) => ({
      ...test,
      tests: [...(observer.tests.get(test.key) ?? [])],
      reached: this.#run(hits).map(placeOf),
    }));
    const dry: Dry = {
      kind: 'dry',
      ran,
      breakages: [...places.keys()].flatMap((id) => this.#breakage(id)),
      checks: observer.checks,
      gates: observer.gates,
      thrown: Object.fromEntries([...observer.thrown].map(([check, messages]) => [check, [...messages]])),
      ...(end.error !== undefined && { error: end.error }),
    };
    return { dry, atLoad };
  }

  #breakage(wanted: string): Breakage[] {
    const mutant = this.#mutants.get(wanted);
    if (!mutant) return [];
    const { id, file, range, mutator, replacement } = mutant;
    return [{ id, file, range, mutator, replacement }];
  }

  /** The mutants whose code ran. Of an arrow function it counts where it is called, and not where it is made. */
  #run(hits: Record<string, number>): string[] {
    const counts = ({ id, mutator }: Mutant) => (this.#questions.returns && mutator === 'ArrowFunction' ? this.#lab.idOfCalls(id) : id) in hits;
    return this.#lab.mutants.filter(counts).map(({ id }) => id);
  }

  async #breakAll(atLoad: readonly string[]): Promise<void> {
    this.#end = Date.now() + this.#questions.budgetMs;
    await this.#breakHot();
    // What a call left behind may be why a test passed afterwards: functions without their bodies are tried again in fresh modules.
    if (this.#questions.returns) for (const { passed, reached } of this.#suspects) for (const id of reached) passed.delete(nameOf(id, NOTHING));
    await this.#breakWhat((one) => one.reached, [NOTHING]);
    if (this.#questions.returns) await this.#breakWhat((one) => one.reached, CONSTANTS);
    // What a test that calls nothing looks at was made while its file was loaded. Of others it would only show that they need what they call.
    const loaded = new Set(atLoad);
    const none = new Set<string>();
    await this.#breakWhat((one) => (one.reached.size === 0 ? loaded : none), [NOTHING]);
  }

  /** Calls each test by itself, again and again, until it notices something. What it notices so counts; what it does not, only fresh modules can tell. */
  async #breakHot(): Promise<void> {
    let opened = await this.#lab.open();
    const constants = this.#questions.returns ? [NOTHING, ...CONSTANTS] : [NOTHING];
    for (const suspect of [...this.#suspects]) {
      if ('cold' in opened || Date.now() > this.#end) return;
      const test = opened.tests.get(suspect.key);
      if (!test || !(await this.#passes(test)) || !(await this.#passes(test))) continue;
      const ended = await this.#callUntilNoticed(test, suspect, constants);
      if (ended === 'spoilt') opened = await this.#lab.open();
      if (ended === 'noticed') this.#suspects = this.#suspects.filter((one) => one !== suspect);
    }
  }

  async #callUntilNoticed(test: CallableTest, suspect: Suspect, constants: readonly Constant[]): Promise<'noticed' | 'spoilt' | undefined> {
    for (const constant of constants) {
      for (const id of suspect.reached) {
        if (this.#skipped.has(id) || Date.now() > this.#end) continue;
        this.#lab.beat(id);
        this.#lab.switches.makeReturn = constant;
        this.#lab.switches.on(id, HIT_LIMIT, STEP_LIMIT);
        const { ended, error } = await this.#lab.call(test, CALL_MS);
        const { hits, overLimit } = this.#lab.switches;
        this.#lab.switches.off();
        this.#lab.switches.makeReturn = undefined;
        if (ended && !error) {
          // What a module keeps from its first call is not broken any more.
          if (hits > 0) suspect.passed.add(nameOf(id, constant));
          continue;
        }
        const isHung = !ended || overLimit !== undefined || TIMED_OUT.test(error?.message ?? '');
        if (isHung) this.#skipped.add(id);
        // What does not end, or fails without the breakage too, left something behind.
        if (isHung || !(await this.#passes(test))) return 'spoilt';
        this.#noticed.push(test.key);
        this.#tell({ kind: 'noticed', key: test.key, breakage: id });
        return 'noticed';
      }
    }
    return undefined;
  }

  async #passes(test: CallableTest): Promise<boolean> {
    const { ended, error } = await this.#lab.call(test, CALL_MS);
    return ended && !error;
  }

  /** Runs the tests that noticed nothing with each breakage that concerns them: what most of them run comes first. */
  async #breakWhat(reach: (suspect: Suspect) => ReadonlySet<string>, constants: readonly Constant[]): Promise<void> {
    const left = new Map(this.#lab.mutants.map((one) => [one.id, one]));
    for (;;) {
      const concerned = new Map<string, number>();
      for (const suspect of this.#suspects) for (const id of reach(suspect)) if (left.has(id)) concerned.set(id, (concerned.get(id) ?? 0) + 1);
      const [next] = [...concerned].sort(([, a], [, b]) => b - a);
      if (!next) return;
      const mutant = left.get(next[0]) as Mutant;
      left.delete(mutant.id);
      for (const constant of constants) await this.#break(mutant, constant, reach);
    }
  }

  async #break(mutant: Mutant, constant: Constant, reach: (suspect: Suspect) => ReadonlySet<string>): Promise<void> {
    const name = nameOf(mutant.id, constant);
    const open = this.#suspects.filter((one) => reach(one).has(mutant.id) && !one.passed.has(name));
    const concerned = new Map(open.map((one) => [one.key, one]));
    // What takes more steps than it may ends the run: the tests behind it get another one.
    while (concerned.size > 0 && !this.#skipped.has(mutant.id) && Date.now() < this.#end) {
      this.#lab.switches.makeReturn = constant;
      this.#lab.switches.on(mutant.id, HIT_LIMIT, STEP_LIMIT);
      const { passed, failed, hung, isLoaded } = await this.#ended(new Set(concerned.keys()), mutant.id);
      this.#lab.switches.off();
      this.#lab.switches.makeReturn = undefined;
      if (!isLoaded) {
        // A test of a file that cannot be loaded says nothing of the breakage; what one that calls nothing looks at may be made there.
        for (const suspect of concerned.values()) if (suspect.reached.size === 0) suspect.isUnfinished = true;
        return;
      }
      if (hung.size > 0) this.#skipped.add(mutant.id);
      for (const key of hung) concerned.delete(key);
      if (passed.size + failed.size === 0) break;
      for (const key of [...passed, ...failed]) {
        if (passed.has(key)) concerned.get(key)?.passed.add(name);
        concerned.delete(key);
      }
      for (const key of failed) {
        this.#noticed.push(key);
        this.#tell({ kind: 'noticed', key, breakage: mutant.id });
      }
      this.#suspects = this.#suspects.filter(({ key }) => !failed.has(key));
    }
    if (Date.now() > this.#end) for (const suspect of concerned.values()) suspect.isUnfinished = true;
  }

  /** How tests ended, of some, and whether their file could be loaded. Those that were ended by a limit of time hung. */
  async #ended(only: ReadonlySet<string>, mutant = ''): Promise<Ended> {
    const passed = new Set<string>();
    const failed = new Set<string>();
    const hung = new Set<string>();
    const { error } = await this.#lab.fresh({
      only,
      oneByOne: false,
      seesAll: true,
      begins: () => this.#lab.beat(mutant),
      ended: ({ key, state, message = '' }) => {
        const isHung = state === 'failed' && (this.#lab.switches.overLimit !== undefined || TIMED_OUT.test(message));
        (isHung ? hung : state === 'failed' ? failed : passed).add(key);
        return !isHung;
      },
    });
    return { passed, failed, hung, isLoaded: error === undefined || passed.size + failed.size + hung.size > 0 };
  }

  #tell(finding: Finding): void {
    this.#lab.tell(finding);
  }
}

function nameOf(mutant: string, constant: Constant): string {
  return `${mutant} ${JSON.stringify(constant())}`;
}
