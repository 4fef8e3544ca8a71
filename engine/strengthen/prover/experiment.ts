import type { Experiment } from '../../mutation/index.ts';
import { type MutantKey, mutantKey } from '../explorer/findings.ts';

/** What the prover is asked: whether new tests of a file pass, time after time, and which of the mutants they are for each of them notices. */
export interface Trial {
  tests: {
    title: string;
    /** Whether the title is only what the full name ends with: which suites stand around it is not known. */
    isNew: boolean;
    /** Of one that runs once for each row of a table, a regular expression for the ends of the full names, and how many rows there are. */
    table?: { pattern: string; rows: number };
    kills: MutantKey[];
  }[];
  /** How often all tests of the file run without a mutant. */
  rounds: number;
}

/** What it answers of a new test. */
export interface Proof {
  kind: 'proof';
  title: string;
  /** In how many rounds it passed. */
  passed: number;
  /** Places, among those it is for, of the mutants that it noticed. */
  killed: number[];
  /** Why it did not pass, or could not run at all. */
  why?: string;
}

/** How often a mutant's own code may run in a test, and how many steps all code may take. */
const HIT_LIMIT = 1_000_000;
const STEP_LIMIT = 20_000_000;

type Laboratory = Parameters<Experiment>[0];

/** Runs new tests as the framework does, without a mutant and with each. */
export const experiment: Experiment = async (laboratory: Laboratory, { tests, rounds }: Trial) => {
  const keys = new Map(tests.map(({ title }) => [title, new Set<string>()]));
  const passed = new Map(tests.map(({ title }) => [title, 0]));
  const why = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    laboratory.switches.off();
    const passes = new Map<string, number>();
    const end = await laboratory.fresh({
      oneByOne: false,
      shuffled: round === 0 ? undefined : round,
      begins: () => laboratory.beat(''),
      ended: ({ key, name, state, message }) => {
        const test = tests.find((one) => isRunOf(one, name));
        if (!test) return true;
        keys.get(test.title)?.add(key);
        if (state === 'passed') passes.set(test.title, (passes.get(test.title) ?? 0) + 1);
        else why.set(test.title, message ?? state);
        return true;
      },
    });
    for (const { title, table } of tests) if (passes.get(title) === (table?.rows ?? 1)) passed.set(title, (passed.get(title) ?? 0) + 1);
    if (end.error !== undefined) for (const { title } of tests) why.set(title, end.error);
    if (end.error !== undefined) break;
  }
  const ids = new Map(laboratory.mutants.map((one) => [mutantKey(one), one.id]));
  for (const { title, kills } of tests) {
    const its = keys.get(title) ?? new Set();
    const killed: number[] = [];
    for (const [place, mutant] of kills.entries()) {
      const id = ids.get(mutantKey(mutant));
      if (its.size === 0 || id === undefined || passed.get(title) !== rounds) continue;
      laboratory.beat(id);
      laboratory.switches.on(id, HIT_LIMIT, STEP_LIMIT);
      let failed = false;
      await laboratory.fresh({
        only: its,
        oneByOne: false,
        begins: () => laboratory.beat(id),
        ended: ({ state }) => {
          failed ||= state === 'failed';
          return true;
        },
      });
      laboratory.switches.off();
      if (failed) killed.push(place);
    }
    const reason = its.size === 0 && !why.has(title) ? 'it did not run' : why.get(title);
    const proof: Proof = { kind: 'proof', title, passed: passed.get(title) ?? 0, killed, ...(reason !== undefined && { why: reason }) };
    laboratory.tell(proof);
  }
};

function isRunOf({ title, isNew, table }: Trial['tests'][number], name: string): boolean {
  if (table) return new RegExp(`(?:^| )${table.pattern}$`, 's').test(name);
  return name === title || (isNew && name.endsWith(` ${title}`));
}
