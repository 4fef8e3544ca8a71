import assert from 'node:assert/strict';
import { counting, expectOne, mutated, NEVER, ONE, opening, reaches, worker } from '../../../../test/support/judging-worker.ts';
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
      return { a: breaking(switches), b: () => switches.cover('1') };
    });
    assert.deepEqual(await ask(opening(covering)), [{ kind: 'opened', coldTests: {} }]);
    assert.deepEqual(asked, ['open f', 'close f', 'open f']);
  });

  it('is not, where the file cannot be loaded a second time', async () => {
    let loads = 0;
    const { do: ask } = worker((switches) => {
      if (++loads > 1) throw new Error('once only');
      return { a: breaking(switches) };
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
