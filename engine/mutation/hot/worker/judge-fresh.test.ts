import assert from 'node:assert/strict';
import { expectOne, mutated, ONE, worker } from '../../../../test/support/judging-worker.ts';
import type { Program } from '../../../../test/support/scripted-harness.ts';
import { removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { FreshJob, Judgement } from '../jobs.ts';
import type { Switchboard } from './switchboard.ts';

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
        control: false,
        ...job,
      });
      const told = answers.filter(({ kind }) => kind !== 'goesOn');
      assert.deepEqual(told, [{ kind: 'judged', mutant: '1', judgement }, { kind: 'done' }]);
      assert.deepEqual(made.asked, asked);
      assert.equal(made.switches.mutant, undefined);
    });
  }

  /** Which test notices which of three mutants, and what is run without any of them. */
  const KILLERS: Record<string, [killers: Record<string, string>, control: string[], verdicts: string]> = {
    'the one whose tests went the furthest': [{ 1: 'a', 2: 'c', 3: 'b' }, ['fresh f(a,b,c)'], 'killed killed killed'],
    'none where none is killed': [{}, [], 'survived survived survived'],
    'none for those that survive': [{ 2: 'a' }, ['fresh f(a)'], 'survived killed survived'],
  };
  for (const [title, [killers, control, verdicts]] of Object.entries(KILLERS)) {
    it(`is run without for all that are killed, as far as ${title}`, async () => {
      const noticing = (switches: Switchboard, key: string) => () => {
        for (const id of ['1', '2', '3']) assert.ok(mutated(switches, id) === 1 || killers[id] !== key);
      };
      const made = worker((switches) => Object.fromEntries([...'abcd'].map((key) => [key, noticing(switches, key)])));
      const mutants = ['1', '2', '3'].map((id) => ({ id, hitLimit: 9 }));
      const answers = await made.do({ kind: 'fresh', file: 'f', hasTests: true, mutants, stepLimit: 1000, control: true });
      assert.deepEqual(made.asked, ['fresh f', 'fresh f', 'fresh f', ...control]);
      const judged = answers.filter((one) => one.kind === 'judged').sort((a, b) => Number(a.mutant) - Number(b.mutant));
      assert.equal(judged.map(({ judgement }) => judgement.result).join(' '), verdicts);
    });
  }

  it('is unsure with all that were killed with it where one left something behind', async () => {
    let infected = false;
    const made = worker((switches) => ({
      a: () => {
        infected ||= mutated(switches, '1') === 2;
        if (infected) throw new Error('left behind');
      },
    }));
    const mutants = ['1', '2'].map((id) => ({ id, hitLimit: 9 }));
    const answers = await made.do({ kind: 'fresh', file: 'f', hasTests: true, mutants, stepLimit: 1000, control: true });
    assert.deepEqual(
      answers.map((one) => (one.kind === 'judged' ? `${one.mutant} ${one.judgement.result}` : one.kind)),
      ['goesOn', 'goesOn', '1 unsure', '2 unsure', 'done'],
    );
  });

  it('is the only one that is on, one after the other', async () => {
    const made = worker((switches) => ({ a: () => expectOne(switches, '1'), b: () => expectOne(switches, '2') }));
    const mutants = ['1', '2', '3'].map((id) => ({ id, hitLimit: 9 }));
    const answers = await made.do({ kind: 'fresh', file: 'f', hasTests: true, mutants, stepLimit: 1000, control: false });
    assert.deepEqual(
      answers.map((one) => one.kind === 'judged' && `${one.mutant} ${one.judgement.result} ${'by' in one.judgement && one.judgement.by}`),
      ['1 killed a', '2 killed b', '3 survived false', false],
    );
    assert.equal(made.mutant(), '3');
  });
});
