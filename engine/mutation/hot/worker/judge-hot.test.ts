import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { pass } from '../../../../test/support/instrumented-code.ts';
import { called, counting, mutated, NEVER, ONE, opening, probing, reaches, worker } from '../../../../test/support/judging-worker.ts';
import type { Program } from '../../../../test/support/scripted-harness.ts';
import { removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { HotJob, HotMutant, Judgement } from '../jobs.ts';
import type { Switchboard } from './switchboard.ts';

after(removeWorkspaces);

const survived = (ran: number, reached = true): Judgement => ({ result: 'survived', reached, ran });
interface HotCase {
  program: Program;
  /** The tests that may be called; a where missing. */
  tests?: string;
  hitLimit?: number;
  /** How many steps tests may take. */
  steps?: Record<string, number>;
  /** How long test a may take, milliseconds. */
  limitMs?: number;
  judgement: Judgement;
  /** How often the file was loaded. */
  loads?: number;
}

const killed = (by: string, ran = 1): Judgement => ({ result: 'killed', by, reason: `${by} notices`, reached: true, ran });
const notices = (switches: Switchboard, key: string) => () => {
  if (mutated(switches) === 2) throw new Error(`${key} notices`);
};

/** Tests of which the first has to run before the second passes, in new modules too. */
const needy: Program = (switches) => {
  let ready = false;
  return {
    a: () => {
      ready = true;
    },
    b: () => {
      mutated(switches);
      if (!ready) throw new Error('b needs a');
    },
  };
};

const HOT: Record<string, HotCase> = {
  'a test notices': { program: (switches) => ({ a: notices(switches, 'a') }), judgement: killed('a') },
  'no test notices': { program: (switches) => ({ a: () => void mutated(switches) }), judgement: survived(1) },
  'no test reaches it': { program: () => ({ a: () => {} }), judgement: survived(1, false) },
  'tests are called in the order that is asked for where they take as long, until one notices': {
    program: (switches) => ({ b: notices(switches, 'b'), c: () => {}, a: () => assert.fail('never called') }),
    tests: 'cba',
    judgement: killed('b', 2),
  },
  'a test that is not there is passed over': { program: (switches) => ({ b: notices(switches, 'b') }), tests: 'ab', judgement: killed('b') },
  'something is left behind by it: it is judged again in new modules': {
    program: (switches) => {
      let infected = false;
      return {
        a: () => {
          infected ||= mutated(switches) === 2;
          if (infected) throw new Error('a notices');
        },
        b: notices(switches, 'b'),
      };
    },
    // Without the mutant the killing test fails in new modules too, once the mutant was on there.
    judgement: { result: 'unsure', reason: 'The test that fails with it fails without it too.' },
    loads: 3,
  },
  'something was left behind by a mutant before it: a test notices it in new modules': {
    program: leftBehindBefore(notices),
    judgement: killed('a'),
    loads: 3,
  },
  'something was left behind by a mutant before it: no test notices it in new modules': {
    program: leftBehindBefore((switches) => () => void mutated(switches)),
    judgement: survived(1),
    loads: 3,
  },
  'a test that needs others before it kills nothing in new modules': {
    program: needy,
    tests: 'b',
    judgement: { result: 'unsure', reason: 'The test that fails with it fails without it too.' },
    loads: 3,
  },
  'it ran too often, though the test caught that': {
    program: (switches) => ({
      a: () => {
        try {
          for (;;) mutated(switches);
        } catch {}
      },
    }),
    hitLimit: 5,
    judgement: { result: 'timeout', certain: true, by: 'a', reason: 'The mutated code ran more than 5 times.', ran: 1 },
    loads: 2,
  },
  'other code than its own runs too often, though the test caught that': {
    program: (switches) => ({
      a: () => {
        if (mutated(switches) === 1) return;
        try {
          for (;;) pass(switches, '2', '3');
        } catch {}
      },
    }),
    steps: { a: 500 },
    judgement: { result: 'timeout', certain: true, by: 'a', reason: 'The code took more than 500 steps, far more than without the mutant.', ran: 1 },
    loads: 2,
  },
  'other code than its own runs often, and no more than it may': {
    program: (switches) => ({
      a: () => {
        for (let i = mutated(switches); i < 500; i++) pass(switches, '2');
      },
    }),
    steps: { a: 500 },
    judgement: survived(1),
  },
  'a test does not end': {
    program: (switches) => ({ a: async () => void (mutated(switches) === 2 && (await NEVER())) }),
    judgement: { result: 'timeout', certain: false, by: 'a', reason: '"test a" did not end.', ran: 1 },
    loads: 2,
  },
  'a test takes its time, and no more than it may': {
    program: (switches) => ({ a: () => delay(60).then(() => void mutated(switches)) }),
    limitMs: 5000,
    judgement: survived(1),
  },
  'something was left behind by a mutant before it: a test does not end in new modules': {
    program: leftBehindBefore((switches) => () => (mutated(switches) === 2 ? NEVER() : undefined)),
    judgement: { result: 'unsure', reason: 'The test that fails with it fails without it too.' },
    loads: 3,
  },
  'a hook of a suite fails': {
    program: (switches) => {
      const suite = { enter: async () => notices(switches, 'the hook')(), leave: async () => {} };
      return { a: { suites: [suite], run: () => {} } };
    },
    judgement: { result: 'killed', by: 'a', reason: 'the hook notices', reached: true, ran: 1 },
  },
};

/** A program whose first call in the first modules fails, whatever is on, and of which more is found out in new ones. */
function leftBehindBefore(test: (switches: Switchboard, key: string) => () => void | Promise<void>): Program {
  let loads = 0;
  return (switches) => {
    const broken = ++loads === 1;
    return {
      a: () => {
        if (broken) throw new Error('left behind');
        return test(switches, 'a')();
      },
    };
  };
}

describe('a mutant judged by calling tests', () => {
  for (const [title, { program, tests = 'a', hitLimit = 100, steps = {}, limitMs = 40, judgement, loads = 1 }] of Object.entries(HOT)) {
    it(title, async () => {
      const made = worker(program);
      await made.do(opening({ limits: { a: limitMs }, steps }));
      const answers = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', tests, hitLimit)] });
      assert.deepEqual(answers[0], { kind: 'judged', mutant: '1', judgement });
      assert.deepEqual(
        answers.slice(1).map(({ kind }) => kind),
        ['called'],
      );
      assert.equal(made.asked.filter((one) => one === 'open f').length, loads);
      assert.deepEqual([made.switches.mutant, made.mutant()], [undefined, '1']);
    });
  }

  it('is judged in new modules when the one before it left something behind', async () => {
    const program: Program = (switches) => {
      let infected = false;
      return {
        a: () => {
          infected ||= mutated(switches, '1') === 2;
        },
        b: () => {
          if (infected) throw new Error('infected');
          void mutated(switches, '2');
        },
      };
    };
    const made = worker(program);
    await made.do(opening());
    const mutants: HotMutant[] = [called('1', 'a'), called('2', 'b')];
    const answers = await made.do({ kind: 'hot', file: 'f', mutants });
    assert.deepEqual(answers, [
      { kind: 'judged', mutant: '1', judgement: survived(1) },
      { kind: 'judged', mutant: '2', judgement: survived(1) },
      { kind: 'called', calls: 4, bareMs: 0 },
    ]);
  });

  it('finds the process as it was, whatever the one before it changed', async () => {
    const { random } = Math;
    const program: Program = (switches) => ({
      a: () => {
        if (mutated(switches, '1') === 2) Math.random = () => 2;
      },
      b: () => {
        void mutated(switches, '2');
        if (Math.random() === 2) throw new Error('not random');
      },
    });
    const made = worker(program);
    await made.do(opening());
    const answers = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'a'), called('2', 'b')] });
    assert.deepEqual(answers.slice(0, 2), [
      { kind: 'judged', mutant: '1', judgement: survived(1) },
      { kind: 'judged', mutant: '2', judgement: survived(1) },
    ]);
    assert.equal(Math.random, random);
  });

  it('finds the process as the file changed it, and the file finds it as it was before', async () => {
    const { random } = Math;
    const found: boolean[] = [];
    const program: Program = (switches) => {
      found.push(Math.random === random);
      Math.random = () => 7;
      return {
        a: () => {
          if (mutated(switches, '1') === 2) {
            Math.random = () => 8;
            throw new Error('a notices');
          }
        },
        b: () => {
          void mutated(switches, '2');
          assert.equal(Math.random(), 7);
        },
      };
    };
    const made = worker(program);
    await made.do(opening());
    const answers = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'a'), called('2', 'b')] });
    await made.do({ kind: 'fresh', file: 'f', hasTests: true, mutants: [{ id: '2', hitLimit: 9 }], stepLimit: 1000, control: false });
    Math.random = random;
    assert.deepEqual(answers.slice(0, 2), [
      { kind: 'judged', mutant: '1', judgement: killed('a') },
      { kind: 'judged', mutant: '2', judgement: survived(1) },
    ]);
    assert.deepEqual(found, [true, true]);
  });

  it('is given up though a test that was given up before ends meanwhile', async () => {
    let calls = 0;
    const made = worker(() => ({ a: () => (++calls === 1 ? delay(120) : NEVER()) }));
    await made.do(opening({ limits: { a: 40 } }));
    const mutants: HotMutant[] = ['1', '2'].map((id) => called(id, 'a'));
    const answers = await made.do({ kind: 'hot', file: 'f', mutants });
    assert.deepEqual(
      answers.map((one) => one.kind === 'judged' && one.judgement.result),
      ['timeout', 'timeout', false],
    );
  });

  it('is judged first by the test that killed the one before it, also where the file was opened anew meanwhile', async () => {
    const made = worker((switches) => ({ a: () => {}, b: () => {}, c: () => notices(switches, 'c')() }));
    const ran: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      await made.do(opening());
      const [answer] = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'abc')] });
      ran.push(answer?.kind === 'judged' && answer.judgement);
    }
    assert.deepEqual(ran, [killed('c', 3), killed('c', 1)]);
  });

  it('is judged by the more tests the longer the file takes to load', async () => {
    const keys = [...'abcdefghij'];
    const count = async (loadMs: number) => {
      const made = worker(() => {
        const until = performance.now() + loadMs;
        while (performance.now() < until);
        return Object.fromEntries(keys.map((key) => [key, () => {}]));
      });
      await made.do(opening({ durations: Object.fromEntries(keys.map((key) => [key, 50])) }));
      const [answer] = await made.do({ kind: 'hot', file: 'f', mutants: [{ id: '1', tests: keys.map((_, place) => place), hitLimit: 9 }] });
      return answer?.kind === 'judged' && 'ran' in answer.judgement && answer.judgement.ran;
    };
    assert.deepEqual([await count(0), await count(600)], [6, 10]);
  });

  it('is never judged by a test that is known to be cold', async () => {
    const made = worker(counting((calls, switches) => void (calls === 1 && mutated(switches))));
    await made.do(opening());
    await made.do(probing({ a: reaches('1'), b: reaches('1') }));
    const [answer] = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'ab')] });
    assert.equal(answer?.kind === 'judged' && answer.judgement.result === 'killed' && answer.judgement.by, 'b');
  });

  it('is not judged where another file is open, or none', async () => {
    const made = worker(ONE);
    const hot: HotJob = { kind: 'hot', file: 'g', mutants: [called('1', 'a')] };
    const unsure = { kind: 'judged', mutant: '1', judgement: { result: 'unsure', reason: 'its test file could not be loaded again' } };
    assert.deepEqual((await made.do(hot))[0], unsure);
    await made.do(opening());
    assert.deepEqual((await made.do(hot))[0], unsure);
  });

  it('is not judged where the file cannot be loaded again', async () => {
    let loads = 0;
    const made = worker((switches) => {
      if (++loads > 1) throw new Error('once only');
      return { a: () => assert.fail(`always ${mutated(switches)}`) };
    });
    await made.do(opening());
    const answers = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'a')] });
    assert.deepEqual(answers[0], { kind: 'judged', mutant: '1', judgement: { result: 'unsure', reason: 'its test file could not be loaded again' } });
  });
});
