import assert from 'node:assert/strict';
import { counting, expectOne, mutated, NEVER, ONE, opening, probing, reaches, worker } from '../../../../test/support/judging-worker.ts';
import type { Program } from '../../../../test/support/scripted-harness.ts';
import { removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { Switchboard } from './switchboard.ts';

after(removeWorkspaces);

/** A test that runs mutated code and notices nothing, whatever that does. */
function deaf(switches: Switchboard): void {
  try {
    switches.cover('1');
  } catch {}
}

/** A program, whether its tests notice when all mutated code throws, and why single ones cannot be called again and again. Test b can, and notices mutants. */
const COLD: Record<string, [program: Program, noticed: boolean, coldTests: Record<string, string>]> = {
  'tests that can': [counting((_, switches) => expectOne(switches)), true, {}],
  'a test whose suite reaches other code in its hooks': [
    (switches) => {
      const hook = async () => void mutated(switches, '2');
      return { a: { suites: [{ enter: hook, leave: hook }], run: () => expectOne(switches) }, b: () => expectOne(switches) };
    },
    true,
    {},
  ],
  'a test that is not there': [(switches) => ({ b: () => expectOne(switches) }), true, { a: 'it is not there when the file is loaded again' }],
  'a test that fails': [
    counting(() => {
      throw new Error('not alone');
    }),
    true,
    { a: 'it fails when it is called by itself: not alone' },
  ],
  'a test that fails the second time': [
    counting((calls, switches) => {
      expectOne(switches);
      if (calls > 1) throw new Error('again?');
    }),
    true,
    { a: 'it fails when it is called by itself: again?' },
  ],
  'a test that reaches nothing the second time': [
    counting((calls, switches) => void (calls === 1 && mutated(switches))),
    true,
    { a: 'it reaches other code when it runs again' },
  ],
  'a test that reaches more': [
    counting((_, switches) => void [mutated(switches), mutated(switches, '2')]),
    true,
    { a: 'it reaches other code when it is called by itself' },
  ],
  'a test that reaches other code': [
    counting((_, switches) => void mutated(switches, '2')),
    true,
    { a: 'it reaches other code when it is called by itself' },
  ],
  'a test that does not end': [counting(NEVER), true, { a: 'it does not end when it is called by itself' }],
  'the only test that could notice fails anyway': [
    counting((_, switches) => {
      throw new Error(`not alone ${mutated(switches)}`);
    }, deaf),
    false,
    { a: 'it fails when it is called by itself: not alone 1' },
  ],
  'tests that do not notice when all mutated code throws': [(switches) => ({ a: () => deaf(switches), b: () => deaf(switches) }), false, {}],
};

/** A test that fails from the moment on that mutated code throws. */
function breaking(switches: Switchboard): () => void {
  let broken = false;
  return () => {
    try {
      switches.cover('1');
    } catch {
      broken = true;
    }
    if (broken) throw new Error('broken');
  };
}

describe('whether tests can be called again and again', () => {
  const covering = { a: reaches('1'), b: reaches('1') };

  for (const [title, [program, noticed, coldTests]] of Object.entries(COLD)) {
    it(title, async () => {
      const { do: ask } = worker(program);
      assert.deepEqual(await ask(opening({ limits: { a: 20 } })), [{ kind: 'opened' }]);
      assert.deepEqual(await ask(probing(covering)), [{ kind: 'probed', coldTests, infecting: {}, noticed }]);
    });
  }

  it('is found out with no mutant on: a worker that hangs then was at none', async () => {
    const made = worker(ONE);
    await made.do({ kind: 'fresh', file: 'f', hasTests: true, mutants: [{ id: '1', hitLimit: 9 }], stepLimit: 1000, control: false });
    await made.do(opening());
    await made.do(probing(covering));
    assert.deepEqual([made.mutant(), made.switches.mutant], ['', undefined]);
  });

  it('shows what changes something this time that changed nothing before', async () => {
    const positive = (switches: Switchboard, n: number) => {
      if (switches.state.weighs) switches.weigh(true, ['1'], (guard) => switches.active('1') || guard.binary('>', n, 0, 1));
      switches.cover('1');
    };
    const { do: ask } = worker(counting((calls, switches) => positive(switches, calls - 2)));
    await ask(opening());
    assert.deepEqual(await ask(probing({ a: reaches('1') }, false, ['1'])), [
      { kind: 'probed', coldTests: {}, infecting: { a: ['1', '1'] }, noticed: false },
    ]);
  });

  it('is not tried by tests that reach nothing of what is mutated whether they notice when that throws', async () => {
    const calls: string[] = [];
    const { do: ask } = worker((switches) => ({ a: () => void calls.push('a'), b: () => expectOne(switches) }));
    await ask(opening());
    await ask(probing({ a: {}, b: reaches('1') }));
    assert.deepEqual(calls, ['a', 'a']);
  });

  it('is not tried where it is known', async () => {
    const { do: ask, asked } = worker(() => ({ a: () => assert.fail('never called') }));
    assert.deepEqual(await ask(opening()), [{ kind: 'opened' }]);
    assert.deepEqual(asked, ['open f']);
  });

  it('is seen by one test that notices; what that leaves behind is gone', async () => {
    const { do: ask, asked } = worker((switches) => {
      return { a: breaking(switches), b: () => switches.cover('1') };
    });
    await ask(opening());
    assert.deepEqual(await ask(probing(covering)), [{ kind: 'probed', coldTests: {}, infecting: {}, noticed: true }]);
    assert.deepEqual(asked, ['open f', 'close f', 'open f']);
  });

  it('is found out without breaking anything where a test noticed before', async () => {
    const { do: ask } = worker((switches) => ({ a: breaking(switches) }));
    await ask(opening());
    assert.deepEqual(await ask(probing({ a: reaches('1') }, false)), [{ kind: 'probed', coldTests: {}, infecting: {}, noticed: false }]);
  });

  it('is not found out of a file that is not open', async () => {
    const cold = 'it could not be loaded again';
    assert.deepEqual(await worker(ONE).do(probing({ a: reaches('1') })), [{ kind: 'probed', cold, coldTests: {}, infecting: {}, noticed: false }]);
  });

  it('is not, where the file cannot be loaded', async () => {
    const { do: ask } = worker(() => {
      throw new Error('loaded already');
    });
    assert.deepEqual(await ask(opening()), [{ kind: 'opened', cold: 'loaded already' }]);
  });

  it('is not, where the file cannot be loaded a second time', async () => {
    let loads = 0;
    const { do: ask } = worker((switches) => {
      if (++loads > 1) throw new Error('once only');
      return { a: breaking(switches) };
    });
    await ask(opening());
    const cold = 'it could not be loaded again';
    assert.deepEqual(await ask(probing({ a: reaches('1') })), [{ kind: 'probed', coldTests: {}, infecting: {}, noticed: true, cold }]);
  });

  it('is left undone with the next job: the file is closed, with the suites that were entered', async () => {
    const log: string[] = [];
    const suite = { enter: async () => void log.push('enter'), leave: async () => void log.push('leave') };
    const { do: ask, asked, judge } = worker((switches) => ({ b: { suites: [suite], run: () => expectOne(switches) } }));
    await ask(opening());
    await ask(probing({ b: reaches('1') }));
    assert.deepEqual(log, ['enter']);
    await ask({ kind: 'fresh', file: 'g', hasTests: true, mutants: [], stepLimit: 1000, control: false });
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
