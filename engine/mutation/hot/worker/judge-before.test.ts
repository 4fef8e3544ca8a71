import assert from 'node:assert/strict';
import { called, mutated, NEVER, opening, probing, reaches, worker } from '../../../../test/support/judging-worker.ts';
import type { Program, ScriptedTest } from '../../../../test/support/scripted-harness.ts';
import { removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { Judgement } from '../jobs.ts';
import type { Switchboard } from './switchboard.ts';

after(removeWorkspaces);

const KILLED: Judgement = { result: 'killed', by: 'b', reason: 'b notices', reached: true, ran: 1 };
const UNSURE: Judgement = { result: 'unsure', reason: 'What comes of the test that fails with it hangs on those before it.' };

const notices = (switches: Switchboard) => () => assert.ok(mutated(switches) === 1, 'b notices');

/** Tests of which the first says what the second wants to be said, whether or not mutated code says it too. */
const hiding =
  (a: Partial<ScriptedTest> = {}): Program =>
  (switches) => {
    const said: number[] = [];
    return {
      a: { run: () => void said.push(1), ...a },
      b: () => {
        said.push(mutated(switches));
        assert.ok(said.includes(1), 'b notices');
      },
    };
  };

/** A program, what comes of a mutant that its test b notices, and how often it is loaded. */
const CASES: Record<string, { program: Program; durations?: Record<string, number>; bystanders?: string[]; judgement: Judgement; loads?: number }> = {
  'a test before the one that notices hides it': {
    program: hiding(),
    judgement: UNSURE,
  },
  'a test before the one that notices hides nothing, though it fails': {
    program: (switches) => ({ a: () => assert.fail('not alone'), b: notices(switches) }),
    judgement: KILLED,
  },
  'a test before the one that notices hides it that takes longer than loading, and next to nothing': {
    program: hiding(),
    durations: { a: 15, b: 0 },
    judgement: UNSURE,
  },
  'a test before the one that notices takes longer than loading: it is not called to see whether it hides it': {
    program: hiding({ run: () => assert.fail('never called') }),
    durations: { a: 100_000, b: 0 },
    judgement: KILLED,
  },
  'a test before the one that notices reaches nothing and takes long with others: it is not called to see whether it hides it': {
    program: hiding({ run: () => assert.fail('never called') }),
    bystanders: ['a'],
    judgement: KILLED,
  },
  'a test before the one that notices does not end: that is all that is lost': {
    program: (switches) => ({ a: () => NEVER(), b: notices(switches) }),
    judgement: KILLED,
  },
  'something was left behind by a mutant before it: in new modules, a test before the one that notices hides it': {
    program: (() => {
      let loads = 0;
      return (switches) => (++loads === 1 ? { b: () => assert.fail('left behind') } : hiding()(switches));
    })(),
    judgement: UNSURE,
    loads: 3,
  },
  'a test of another file stands before the one that notices: it is another matter': {
    program: hiding({ file: '/other.test.js', run: () => assert.fail('never called') }),
    judgement: KILLED,
  },
  'a test that notices leaves something behind when others ran before it': {
    program: (switches) => {
      let isReady = false;
      let isInfected = false;
      return {
        a: () => {
          isReady = true;
        },
        b: () => {
          const isOn = mutated(switches) === 2;
          isInfected ||= isOn && isReady;
          assert.ok(!isOn && !isInfected, 'b notices');
        },
      };
    },
    judgement: UNSURE,
    loads: 2,
  },
};

/** Tests that take longer together than it ever takes to load a scripted file, though each is quick, and how long the dry run took for all. */
const OTHERS = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`other${i}`, () => {}]));
const SLOW = { a: 15, b: 15, c: 0, ...Object.fromEntries(Object.keys(OTHERS).map((key) => [key, 15])) };

describe('a mutant that a test notices when it is called', () => {
  for (const [title, { program, durations, bystanders, judgement, loads = 1 }] of Object.entries(CASES)) {
    it(title, async () => {
      const made = worker(program);
      await made.do(opening({ limits: { a: 40 }, ...(durations && { durations }), ...(bystanders && { bystanders }) }));
      const [answer] = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'b')] });
      assert.deepEqual(answer, { kind: 'judged', mutant: '1', judgement });
      assert.equal(made.asked.filter((one) => one === 'open f').length, loads);
    });
  }

  it('is judged by tests that were called once since the file was loaded, before what kills it counts', async () => {
    let calls = 0;
    const made = worker((switches) => ({ a: () => void calls++, b: notices(switches) }));
    await made.do(opening());
    await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'b')] });
    await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'b')] });
    assert.equal(calls, 1);
  });

  it('is judged at the end where the tests before what kills it take long, once for all though the file is loaded anew meanwhile', async () => {
    let calls = 0;
    const made = worker((switches) => ({
      a: () => void calls++,
      b: () => void calls++,
      ...OTHERS,
      c: () => (mutated(switches, '2') === 2 ? NEVER() : assert.ok(mutated(switches) + mutated(switches, '3') === 2, 'c notices')),
    }));
    await made.do(opening({ durations: SLOW, limits: { c: 100 } }));
    const answers = await made.do({ kind: 'hot', file: 'f', mutants: ['1', '2', '3', '2', '1'].map((id) => called(id, 'c')) });
    assert.deepEqual(
      answers.map((one) => one.kind === 'judged' && `${one.mutant} ${one.judgement.result}`),
      ['2 timeout', '2 timeout', '1 killed', '3 killed', '1 killed', false],
    );
    assert.equal(calls, 2);
  });

  it('is unsure at the end where the tests before what kills it take long and hide it, one like the other', async () => {
    const made = worker((switches) => {
      const said: number[] = [];
      return { a: () => void said.push(1), b: () => {}, ...OTHERS, c: () => assert.ok(said.length > 0 || mutated(switches) === 1, 'c notices') };
    });
    await made.do(opening({ durations: SLOW }));
    const answers = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'c'), called('1', 'c')] });
    const unsure = { kind: 'judged', mutant: '1', judgement: UNSURE };
    assert.deepEqual(answers.slice(0, 2), [unsure, unsure]);
  });

  it('is unsure at the end where its file cannot be loaded again after it', async () => {
    let loads = 0;
    const made = worker((switches) => {
      if (++loads > 1) throw new Error('only once');
      return {
        a: () => {},
        b: () => {},
        ...OTHERS,
        c: () => (mutated(switches, '2') === 2 ? NEVER() : assert.ok(mutated(switches) === 1, 'c notices')),
      };
    });
    await made.do(opening({ durations: SLOW, limits: { c: 100 } }));
    const answers = await made.do({ kind: 'hot', file: 'f', mutants: [called('1', 'c'), called('2', 'c')] });
    assert.deepEqual(
      answers.map((one) => one.kind === 'judged' && `${one.mutant} ${one.judgement.result}`),
      ['2 timeout', '1 unsure', false],
    );
  });

  /** What the test before the one that notices does at each of its calls since the file was loaded, and how often it is called in the first and the second modules. */
  const BEFORE: Record<string, [before: (calls: number, switches: Switchboard) => void | Promise<void>, calls: number[]]> = {
    'that does not end is called once': [NEVER, [1, 0]],
    'that fails when it is called by itself is called no more': [() => assert.fail('not alone'), [1, 0]],
    'that reaches other code the second time is called once in new modules': [(calls, switches) => void (calls === 1 && mutated(switches)), [2, 1]],
  };
  for (const [title, [before, wanted]] of Object.entries(BEFORE)) {
    it(`counts as killed, and a test before the killer ${title}`, async () => {
      const calls: number[] = [];
      const made = worker((switches) => {
        const load = calls.push(0) - 1;
        return {
          a: () => {
            calls[load] = (calls[load] ?? 0) + 1;
            return before(calls[load], switches);
          },
          b: notices(switches),
          c: () => (mutated(switches, '2') === 2 ? NEVER() : undefined),
        };
      });
      await made.do(opening({ limits: { a: 20, c: 20 } }));
      if (before !== NEVER) await made.do(probing({ a: reaches('1'), b: reaches('1') }, false));
      const mutants = [called('1', 'b'), called('2', 'c'), called('1', 'b')];
      const answers = await made.do({ kind: 'hot', file: 'f', mutants });
      assert.deepEqual(
        answers.map((one) => one.kind === 'judged' && one.judgement.result),
        ['killed', 'timeout', 'killed', false],
      );
      assert.deepEqual(calls, wanted);
    });
  }
});
