import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Program, ScriptedHarness } from '../../../../test/support/scripted-harness.ts';
import { emptyWorkspace, removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { Answer, FreshJob, HotMutant, Job, Judgement, OpenJob } from '../jobs.ts';
import { Heartbeat, readBeat } from './heartbeat.ts';
import { Judge } from './judge.ts';
import { type Hits, Switchboard } from './switchboard.ts';

const NEVER = () => new Promise<never>(() => {});

/** A worker of a program. */
function worker(program: Program, controlled?: boolean) {
  const switches = new Switchboard();
  const harness = new ScriptedHarness(program, switches, controlled);
  const heartbeat = new Heartbeat(path.join(emptyWorkspace(), 'beat'));
  const judge = new Judge(harness, switches, heartbeat);
  return {
    asked: harness.asked,
    mutant: () => readBeat(readFileSync(heartbeat.file, 'latin1')).mutant,
    switches,
    judge,
    async do(job: Exclude<Job, { kind: 'end' }>): Promise<Answer[]> {
      const answers: Answer[] = [];
      await judge.do(job, (answer) => answers.push(answer));
      return answers;
    },
  };
}

/** The number that code mutated by mutant 1 makes: 1, or 2 where it is on. */
function mutated(switches: Switchboard, id = '1'): number {
  switches.cover(id);
  return switches.active(id) ? 2 : 1;
}

/** A test that notices when mutated code makes another number. */
const expectOne = (switches: Switchboard, id = '1') => assert.equal(mutated(switches, id), 1);
const ONE: Program = (switches) => ({ a: () => expectOne(switches) });
const reaches = (...ids: string[]): Hits => Object.fromEntries(ids.map((id) => [id, 1]));

after(removeWorkspaces);

describe('a dry run in a worker', () => {
  const dry = (tests?: string[]) => ({ kind: 'dry', file: 'f', ...(tests && { tests }) }) as const;

  it('tells what each test and what else reaches, and of which run the code is', async () => {
    const { do: ask, asked } = worker((switches) => {
      switches.loaded('7');
      switches.cover('1');
      return { a: () => switches.cover('1', '2'), b: () => {}, c: { skipped: true, run: () => assert.fail() } };
    });
    const [answer, ...more] = await ask(dry());
    assert.deepEqual([asked, more], [['dry f'], []]);
    assert.ok(answer?.kind === 'dry');
    assert.deepEqual([answer.atLoad, answer.perTest, answer.runs, 'error' in answer], [reaches('1'), { a: reaches('1', '2') }, ['7'], false]);
    assert.deepEqual(
      answer.tests.map(({ key, name, state }) => `${key} ${name} ${state}`),
      ['a test a passed', 'b test b passed', 'c test c skipped'],
    );
  });

  it('tells what the hooks of suites reach as what no single test does, and nothing that runs afterwards', async () => {
    const { do: ask, switches } = worker(({ cover }) => {
      const suite = { enter: async () => cover('1'), leave: async () => cover('2') };
      return { a: { suites: [suite], run: () => cover('3') } };
    });
    const [answer] = await ask(dry());
    switches.cover('4');
    assert.ok(answer?.kind === 'dry');
    assert.deepEqual([answer.atLoad, answer.perTest], [reaches('1', '2'), { a: reaches('3') }]);
  });

  it('runs all tests, also where one fails, or those that are asked for', async () => {
    const { do: ask } = worker(() => ({ a: () => assert.fail('no'), b: () => {} }));
    const keys = async (tests?: string[]) =>
      (await ask(dry(tests))).flatMap((one) => (one.kind === 'dry' ? one.tests.map(({ key, state }) => `${key} ${state}`) : []));
    assert.deepEqual(await keys(), ['a failed', 'b passed']);
    assert.deepEqual(await keys(['b']), ['b passed']);
  });

  it('tells why a file cannot be loaded, in not too many words', async () => {
    const { do: ask } = worker(() => {
      throw new Error('x'.repeat(5000));
    });
    const [answer] = await ask(dry());
    assert.equal(answer?.kind === 'dry' && answer.error, `${'x'.repeat(2000)}…`);
  });

  it('switches off what was on', async () => {
    const { do: ask, switches, mutant } = worker(ONE);
    switches.on('1', 9);
    const [answer] = await ask(dry());
    assert.equal(answer?.kind === 'dry' && answer.tests[0]?.state, 'passed');
    assert.equal(mutant(), '');
  });
});

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
    judgement: { result: 'unsure', reason: 'What fails with it fails without it too, in a process that ran other tests before.' },
    asked: ['fresh f', 'fresh f(a)'],
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
    judgement: { result: 'unsure', reason: 'What fails with it fails without it too, in a process that ran other tests before.' },
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
    const answers = await made.do({ kind: 'fresh', file: 'f', hasTests: true, mutants, control: false });
    assert.deepEqual(
      answers.map((one) => one.kind === 'judged' && `${one.mutant} ${one.judgement.result} ${'by' in one.judgement && one.judgement.by}`),
      ['1 killed a', '2 killed b', '3 survived false', false],
    );
    assert.equal(made.mutant(), '3');
  });
});

const opening = (covering: Record<string, Hits>, more: Partial<OpenJob> = {}): OpenJob => ({
  ...{ kind: 'open', file: 'f', covering, limits: {}, probe: true },
  ...more,
});

/** A test that runs mutated code and notices nothing, whatever that does. */
function deaf(switches: Switchboard): void {
  try {
    switches.cover('1');
  } catch {}
}

/** A program whose test a does something else each time that it is called in the same modules. */
const counting =
  (a: (calls: number, switches: Switchboard) => void | Promise<void>, b = expectOne): Program =>
  (switches) => {
    let calls = 0;
    return { a: () => a(++calls, switches), b: () => b(switches) };
  };

/** A program, and why its tests cannot be called again and again: all of them, or single ones. Test b can, and notices mutants. */
const COLD: Record<string, [program: Program, cold: string | undefined, coldTests: Record<string, string>]> = {
  'tests that can': [counting((_, switches) => expectOne(switches)), undefined, {}],
  'a file that cannot be loaded again': [
    () => {
      throw new Error('loaded already');
    },
    'loaded already',
    {},
  ],
  'a test that is not there': [(switches) => ({ b: () => expectOne(switches) }), undefined, { a: 'it is not there when the file is loaded again' }],
  'a test that fails': [
    counting(() => {
      throw new Error('not alone');
    }),
    undefined,
    { a: 'it fails when it is called by itself: not alone' },
  ],
  'a test that fails the second time': [
    counting((calls, switches) => {
      expectOne(switches);
      if (calls > 1) throw new Error('again?');
    }),
    undefined,
    { a: 'it fails when it is called by itself: again?' },
  ],
  'a test that reaches nothing the second time': [
    counting((calls, switches) => void (calls === 1 && mutated(switches))),
    undefined,
    { a: 'it reaches other code when it runs again' },
  ],
  'a test that reaches more': [
    counting((_, switches) => void [mutated(switches), mutated(switches, '2')]),
    undefined,
    { a: 'it reaches other code when it runs again' },
  ],
  'a test that reaches other code': [
    counting((_, switches) => void mutated(switches, '2')),
    undefined,
    { a: 'it reaches other code when it runs again' },
  ],
  'a test that does not end': [counting(NEVER), undefined, { a: 'it does not end when it is called by itself' }],
  'the only test that could notice fails anyway': [
    counting((_, switches) => {
      throw new Error(`not alone ${mutated(switches)}`);
    }, deaf),
    'none of its tests notices when all mutated code throws',
    { a: 'it fails when it is called by itself: not alone 1' },
  ],
  'tests that do not notice when all mutated code throws': [
    (switches) => ({ a: () => deaf(switches), b: () => deaf(switches) }),
    'none of its tests notices when all mutated code throws',
    {},
  ],
};

describe('whether tests can be called again and again', () => {
  const covering = { a: reaches('1'), b: reaches('1') };

  for (const [title, [program, cold, coldTests]] of Object.entries(COLD)) {
    it(title, async () => {
      const answers = await worker(program).do(opening(covering, { limits: { a: 20 } }));
      assert.deepEqual(answers, [{ kind: 'opened', coldTests, ...(cold !== undefined && { cold }) }]);
    });
  }

  it('is found out with no mutant on: a worker that hangs then was at none', async () => {
    const made = worker(ONE);
    await made.do({ kind: 'fresh', file: 'f', hasTests: true, mutants: [{ id: '1', hitLimit: 9 }], control: false });
    await made.do(opening(covering));
    assert.deepEqual([made.mutant(), made.switches.mutant], ['', undefined]);
  });

  it('is not tried where it is known', async () => {
    const { do: ask, asked } = worker(() => ({ a: () => assert.fail('never called') }));
    assert.deepEqual(await ask(opening(covering, { probe: false })), [{ kind: 'opened', coldTests: {} }]);
    assert.deepEqual(asked, ['open f']);
  });

  it('is seen by one test that notices; what that leaves behind is gone', async () => {
    const { do: ask, asked } = worker((switches) => {
      let broken = false;
      return {
        a: () => {
          try {
            switches.cover('1');
          } catch {
            broken = true;
          }
          if (broken) throw new Error('broken');
        },
        b: () => switches.cover('1'),
      };
    });
    assert.deepEqual(await ask(opening(covering)), [{ kind: 'opened', coldTests: {} }]);
    assert.deepEqual(asked, ['open f', 'close f', 'open f']);
  });

  it('is not, where the file cannot be loaded a second time', async () => {
    let loads = 0;
    const { do: ask } = worker((switches) => {
      if (++loads > 1) throw new Error('once only');
      let broken = false;
      return {
        a: () => {
          try {
            switches.cover('1');
          } catch {
            broken = true;
          }
          if (broken) throw new Error('broken');
        },
      };
    });
    assert.deepEqual(await ask(opening({ a: reaches('1') })), [{ kind: 'opened', coldTests: {}, cold: 'it could not be loaded again' }]);
  });

  it('is left undone with the next job: the file is closed, with the suites that were entered', async () => {
    const log: string[] = [];
    const suite = { enter: async () => void log.push('enter'), leave: async () => void log.push('leave') };
    const { do: ask, asked, judge } = worker((switches) => ({ b: { suites: [suite], run: () => expectOne(switches) } }));
    await ask(opening({ b: reaches('1') }));
    assert.deepEqual(log, ['enter']);
    await ask({ kind: 'fresh', file: 'g', hasTests: true, mutants: [], control: false });
    assert.deepEqual(
      [log, asked],
      [
        ['enter', 'leave'],
        ['open f', 'close f'],
      ],
    );
    await judge.close();
    assert.equal(asked.length, 2);
  });
});

interface HotCase {
  program: Program;
  /** Keys of the tests to call; a where missing. */
  tests?: string[];
  hitLimit?: number;
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
  'tests are called in the order that is asked for, until one notices': {
    program: (switches) => ({ a: () => assert.fail('never called'), b: notices(switches, 'b'), c: () => {} }),
    tests: ['c', 'b', 'a'],
    judgement: killed('b', 2),
  },
  'a test that is not there is passed over': { program: (switches) => ({ b: notices(switches, 'b') }), tests: ['a', 'b'], judgement: killed('b') },
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
    tests: ['b'],
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
  for (const [title, { program, tests = ['a'], hitLimit = 100, limitMs = 40, judgement, loads = 1 }] of Object.entries(HOT)) {
    it(title, async () => {
      const made = worker(program);
      await made.do(opening({ a: reaches('1') }, { probe: false, limits: { a: limitMs } }));
      const answers = await made.do({ kind: 'hot', file: 'f', mutants: [{ id: '1', tests, hitLimit }] });
      assert.deepEqual(answers, [{ kind: 'judged', mutant: '1', judgement }, { kind: 'done' }]);
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
    await made.do(opening({}, { probe: false }));
    const mutants: HotMutant[] = [
      { id: '1', tests: ['a'], hitLimit: 9 },
      { id: '2', tests: ['b'], hitLimit: 9 },
    ];
    const answers = await made.do({ kind: 'hot', file: 'f', mutants });
    assert.deepEqual(answers, [
      { kind: 'judged', mutant: '1', judgement: survived(1) },
      { kind: 'judged', mutant: '2', judgement: survived(1) },
      { kind: 'done' },
    ]);
  });

  it('is given up though a test that was given up before ends meanwhile', async () => {
    let calls = 0;
    const made = worker(() => ({ a: () => (++calls === 1 ? delay(120) : NEVER()) }));
    await made.do(opening({}, { probe: false, limits: { a: 40 } }));
    const mutants: HotMutant[] = ['1', '2'].map((id) => ({ id, tests: ['a'], hitLimit: 9 }));
    const answers = await made.do({ kind: 'hot', file: 'f', mutants });
    assert.deepEqual(
      answers.map((one) => one.kind === 'judged' && one.judgement.result),
      ['timeout', 'timeout', false],
    );
  });

  it('is never judged by a test that is known to be cold', async () => {
    const made = worker(counting((calls, switches) => void (calls === 1 && mutated(switches))));
    await made.do(opening({ a: reaches('1'), b: reaches('1') }));
    const [answer] = await made.do({ kind: 'hot', file: 'f', mutants: [{ id: '1', tests: ['a', 'b'], hitLimit: 9 }] });
    assert.equal(answer?.kind === 'judged' && answer.judgement.result === 'killed' && answer.judgement.by, 'b');
  });

  it('is not judged where another file is open, or none', async () => {
    const made = worker(ONE);
    const hot: Job = { kind: 'hot', file: 'g', mutants: [{ id: '1', tests: ['a'], hitLimit: 9 }] };
    const unsure = { kind: 'judged', mutant: '1', judgement: { result: 'unsure', reason: 'its test file could not be loaded again' } };
    assert.deepEqual((await made.do(hot))[0], unsure);
    await made.do(opening({}, { probe: false }));
    assert.deepEqual((await made.do(hot))[0], unsure);
  });

  it('is not judged where the file cannot be loaded again', async () => {
    let loads = 0;
    const made = worker((switches) => {
      if (++loads > 1) throw new Error('once only');
      return { a: () => assert.fail(`always ${mutated(switches)}`) };
    });
    await made.do(opening({}, { probe: false }));
    const answers = await made.do({ kind: 'hot', file: 'f', mutants: [{ id: '1', tests: ['a'], hitLimit: 9 }] });
    assert.deepEqual(answers[0], { kind: 'judged', mutant: '1', judgement: { result: 'unsure', reason: 'its test file could not be loaded again' } });
  });
});
