import assert from 'node:assert/strict';
import { expectOne, mutated, ONE, worker } from '../../../../test/support/judging-worker.ts';
import type { Program } from '../../../../test/support/scripted-harness.ts';
import { removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { FreshJob, Judgement } from '../jobs.ts';

after(removeWorkspaces);

interface FreshCase {
  program: Program;
  /** Whether the framework itself saw that what fails passes without the mutant. */
  controlled?: boolean;
  job?: Partial<FreshJob>;
  mutant?: { tests?: string[]; hitLimit?: number };
  judgement: Judgement;
  asked: string[];
}

const survived = (ran: number, reached = true): Judgement => ({ result: 'survived', reached, ran });

/** A program of which it is remembered, over all its loads, whether mutant 1 was ever on. */
function contagious(): Program {
  let infected = false;
  return (switches) => ({
    a: () => {
      infected ||= mutated(switches) === 2;
      if (infected) throw new Error('left behind');
    },
  });
}

const FRESH: Record<string, FreshCase> = {
  'a test notices': {
    program: (switches) => ({ a: () => {}, b: () => expectOne(switches), c: () => assert.fail('never run') }),
    judgement: { result: 'killed', by: 'b', reason: 'Expected values to be strictly equal:\n\n2 !== 1\n', reached: true, ran: 2 },
    asked: ['fresh f'],
  },
  'no test notices': { program: (switches) => ({ a: () => void mutated(switches), b: () => {} }), judgement: survived(2), asked: ['fresh f'] },
  'no test reaches it': { program: () => ({ a: () => {} }), judgement: survived(1, false), asked: ['fresh f'] },
  'only the wanted tests run': { program: ONE, mutant: { tests: ['x'] }, judgement: survived(0, false), asked: ['fresh f(x)'] },
  'skipped tests do not run': { program: () => ({ a: { skipped: true, run: () => {} } }), judgement: survived(0, false), asked: ['fresh f'] },
  'the file cannot be loaded with it': {
    program: (switches) => {
      if (mutated(switches) === 2) throw new Error('broken');
      return {};
    },
    judgement: { result: 'killed', reason: 'broken', reached: true, ran: 0 },
    asked: ['fresh f'],
  },
  'it ran too often, though the test caught that': {
    program: (switches) => ({
      a: () => {
        try {
          for (;;) mutated(switches);
        } catch {}
      },
      b: () => assert.fail('never run'),
    }),
    mutant: { hitLimit: 5 },
    judgement: { result: 'timeout', certain: true, reason: 'The mutated code ran more than 5 times.', ran: 1 },
    asked: ['fresh f'],
  },
  'a test that fails when it ran too often': {
    program: (switches) => ({
      a: () => {
        for (;;) mutated(switches);
      },
    }),
    mutant: { hitLimit: 5 },
    judgement: { result: 'timeout', certain: true, reason: 'The mutated code ran more than 5 times.', ran: 1, by: 'a' },
    asked: ['fresh f'],
  },
  'what kills passes without it': {
    program: ONE,
    job: { control: true },
    judgement: { result: 'killed', by: 'a', reason: 'Expected values to be strictly equal:\n\n2 !== 1\n', reached: true, ran: 1 },
    asked: ['fresh f', 'fresh f(a)'],
  },
  'what kills fails without it': {
    program: contagious(),
    job: { control: true },
    judgement: { result: 'unsure', reason: 'What fails with it fails without it too, after the same tests.' },
    asked: ['fresh f', 'fresh f(a)'],
  },
  'what kills fails without it too where the same tests ran before it': {
    program: () => {
      let isChanged = false;
      return {
        a: () => {
          isChanged = true;
        },
        b: () => assert.ok(!isChanged),
      };
    },
    job: { control: true },
    judgement: { result: 'unsure', reason: 'What fails with it fails without it too, after the same tests.' },
    asked: ['fresh f', 'fresh f(a,b)'],
  },
  'what kills was seen to pass without it': {
    program: ONE,
    controlled: true,
    job: { control: true },
    judgement: { result: 'killed', by: 'a', reason: 'Expected values to be strictly equal:\n\n2 !== 1\n', reached: true, ran: 1 },
    asked: ['fresh f'],
  },
  'the file cannot be loaded without it either': {
    program: () => {
      throw new Error('broken');
    },
    job: { control: true },
    judgement: { result: 'unsure', reason: 'What fails with it fails without it too, after the same tests.' },
    asked: ['fresh f', 'fresh f'],
  },
};

/** A program with a hook that fails when its suite is left, the first time. */
function failsAtFirst(): Program {
  let left = 0;
  const suite = { enter: async () => {}, leave: async () => assert.notEqual(++left, 1) };
  return (switches) => ({ a: { suites: [suite], run: () => void mutated(switches) }, b: () => {} });
}

/** What is asked of a harness that replays, and what comes of it; where nothing can be told of calls, what a run shows. */
const REPLAYED: Record<string, { program: Program; failsOutside?: string; job?: Partial<FreshJob>; judgement: Judgement; asked: string[] }> = {
  'tests that notice nothing are called in their order': {
    program: (switches) => {
      let ready = false;
      const a = () => {
        ready = true;
      };
      return { a, b: () => assert.ok(ready && mutated(switches)), c: () => assert.fail('not wanted') };
    },
    judgement: survived(2),
    asked: ['open f', 'close f'],
  },
  'a test that notices is run': {
    program: (switches) => ({ a: () => expectOne(switches), b: () => {} }),
    judgement: { result: 'killed', by: 'a', reason: 'Expected values to be strictly equal:\n\n2 !== 1\n', reached: true, ran: 1 },
    asked: ['open f', 'close f', 'fresh f(a,b)'],
  },
  'tests run where none that is called reaches it': {
    program: () => ({ a: () => {}, b: () => {} }),
    judgement: survived(2, false),
    asked: ['open f', 'close f', 'fresh f(a,b)'],
  },
  'tests run where one is not there': {
    program: (switches) => ({ a: () => void mutated(switches) }),
    judgement: survived(1),
    asked: ['open f', 'close f', 'fresh f(a,b)'],
  },
  'tests run where something fails outside of them': {
    program: (switches) => ({ a: () => void mutated(switches), b: () => {} }),
    failsOutside: 'a hook for all',
    judgement: survived(2),
    asked: ['open f', 'close f', 'fresh f(a,b)'],
  },
  'tests run where a hook fails when its suite is left': {
    program: failsAtFirst(),
    judgement: survived(2),
    asked: ['open f', 'close f', 'fresh f(a,b)'],
  },
  'tests run where it ran too often': {
    program: (switches) => ({
      a: () => {
        try {
          for (;;) switches.cover(String(mutated(switches)));
        } catch {}
      },
      b: () => {},
    }),
    judgement: { result: 'timeout', certain: true, reason: 'The mutated code ran more than 100 times.', ran: 1 },
    asked: ['open f', 'close f', 'fresh f(a,b)'],
  },
  'tests run where it is not known that calling them is as good': {
    program: (switches) => ({ a: () => void mutated(switches), b: () => {} }),
    job: { callable: false },
    judgement: survived(2),
    asked: ['fresh f(a,b)'],
  },
};

describe('a mutant in fresh modules whose tests can be called as they would be run', () => {
  for (const [title, { program, failsOutside, job, judgement, asked }] of Object.entries(REPLAYED)) {
    it(title, async () => {
      const made = worker(program);
      Object.assign(made.harness, { replays: true, failsOutside });
      const mutants = [{ id: '1', hitLimit: 100, tests: ['a', 'b'] }];
      const fresh: FreshJob = { kind: 'fresh', file: 'f', hasTests: true, mutants, stepLimit: 1000, callable: true, control: false, ...job };
      const answers = await made.do(fresh);
      assert.deepEqual(answers, [{ kind: 'judged', mutant: '1', judgement }, { kind: 'done' }]);
      assert.deepEqual(made.asked, asked);
      assert.equal(made.switches.mutant, undefined);
    });
  }
});

describe('a mutant in fresh modules', () => {
  for (const [title, { program, controlled, job, mutant, judgement, asked }] of Object.entries(FRESH)) {
    it(title, async () => {
      const made = worker(program, controlled);
      const answers = await made.do({
        kind: 'fresh',
        file: 'f',
        hasTests: true,
        mutants: [{ id: '1', hitLimit: 100, ...mutant }],
        stepLimit: 1000,
        callable: false,
        control: false,
        ...job,
      });
      assert.deepEqual(answers, [{ kind: 'judged', mutant: '1', judgement }, { kind: 'done' }]);
      assert.deepEqual(made.asked, asked);
      assert.equal(made.switches.mutant, undefined);
    });
  }

  it('is the only one that is on, one after the other', async () => {
    const made = worker((switches) => ({ a: () => expectOne(switches, '1'), b: () => expectOne(switches, '2') }));
    const mutants = ['1', '2', '3'].map((id) => ({ id, hitLimit: 9 }));
    const answers = await made.do({ kind: 'fresh', file: 'f', hasTests: true, mutants, stepLimit: 1000, callable: false, control: false });
    assert.deepEqual(
      answers.map((one) => one.kind === 'judged' && `${one.mutant} ${one.judgement.result} ${'by' in one.judgement && one.judgement.by}`),
      ['1 killed a', '2 killed b', '3 survived false', false],
    );
    assert.equal(made.mutant(), '3');
  });
});
