import assert from 'node:assert/strict';
import { expectOne, mutated, worker } from '../../../../test/support/judging-worker.ts';
import type { Program } from '../../../../test/support/scripted-harness.ts';
import { removeWorkspaces } from '../../../../test/support/workspaces.ts';
import type { JointJob } from '../jobs.ts';
import type { Switchboard } from './switchboard.ts';

after(removeWorkspaces);

/** What comes of mutants 1, on in test a, and 2, on in test b, of all tests of a program. */
async function judged(program: Program, job: Partial<JointJob> = {}) {
  const { do: ask, asked, switches } = worker(program);
  const mutants = [
    { id: '1', tests: ['a'], hitLimit: 9 },
    { id: '2', tests: ['b'], hitLimit: 9 },
  ];
  const answers = await ask({ kind: 'joint', file: 'f', tests: ['a', 'b', 'c'], mutants, stepLimit: 100, ...job });
  assert.deepEqual([switches.mutant, asked], [undefined, ['dry f(a,b,c)']]);
  return answers;
}

/** A test that reaches a mutant, and notices nothing. */
const reach = (switches: Switchboard, id: string) => () => void mutated(switches, id);
const joined = (survived: string[], suspects: string[]) => [{ kind: 'joined', survived, suspects }];

/** Mutated code that comes to `before`, and to `after` with mutant 1, in an expression that is weighed. */
function weighed(switches: Switchboard, before: unknown, after: unknown): unknown {
  switches.cover('1');
  if (switches.state.weighs) switches.weigh(false, ['1'], () => (switches.active('1') ? after : before));
  return switches.active('1') ? after : before;
}

/** Tests of which the first leaves behind what mutant 1 comes to (1 without it), and the last looks at that. */
function leaving(look: (switches: Switchboard, left: number) => void): Program {
  return (switches) => {
    let left = 1;
    return {
      a: () => {
        left = mutated(switches, '1');
      },
      b: reach(switches, '2'),
      c: () => look(switches, left),
    };
  };
}

describe('judging several mutants in one run', () => {
  it('has each on in its own tests, and no other', async () => {
    const seen: string[] = [];
    const see = (switches: Switchboard, test: string) => () => {
      seen.push(`${test} ${['1', '2'].filter((id) => switches.active(id))}`);
    };
    const program: Program = (switches) => {
      see(switches, 'load')();
      return { a: see(switches, 'a'), b: see(switches, 'b'), c: see(switches, 'c') };
    };
    assert.deepEqual(await judged(program), joined(['1', '2'], []));
    assert.deepEqual(seen, ['load ', 'a 1', 'b 2', 'c ']);
  });

  it('suspects the mutant that is on where a test fails, and stops', async () => {
    const program: Program = (switches) => ({ a: reach(switches, '1'), b: () => expectOne(switches, '2'), c: () => assert.fail('never run') });
    assert.deepEqual(await judged(program), joined([], ['2']));
  });

  it('suspects the mutant that ran too often, though the test caught that', async () => {
    const loop = (switches: Switchboard) => () => {
      try {
        for (;;) mutated(switches, '1');
      } catch {}
    };
    assert.deepEqual(await judged((switches) => ({ a: loop(switches), b: reach(switches, '2'), c: () => {} })), joined([], ['1']));
  });

  it('suspects all where a test fails in which none is on: one of them left something behind', async () => {
    assert.deepEqual(await judged(leaving((_, left) => assert.equal(left, 1))), joined([], ['1', '2']));
  });

  it('suspects a mutant that would change something elsewhere now, because of what it left behind', async () => {
    // With 1 left behind both come to the same.
    assert.deepEqual(await judged(leaving((switches, left) => void weighed(switches, 0, left - 1))), joined([], ['1']));
  });

  it('believes that a mutant changes nothing elsewhere as long as it does not', async () => {
    const program: Program = (switches) => ({ a: reach(switches, '1'), b: reach(switches, '2'), c: () => void weighed(switches, 0, 0) });
    assert.deepEqual(await judged(program), joined(['1', '2'], []));
  });

  it('suspects a mutant that is reached elsewhere by what cannot be weighed', async () => {
    const program: Program = (switches) => ({ a: reach(switches, '1'), b: reach(switches, '2'), c: reach(switches, '2') });
    assert.deepEqual(await judged(program), joined([], ['2']));
  });

  it('suspects a mutant that no test of its own reached, or of which a test did not run', async () => {
    assert.deepEqual(await judged((switches) => ({ a: () => {}, b: reach(switches, '2'), c: () => {} })), joined(['2'], ['1']));
    const skips: Program = (switches) => ({ a: reach(switches, '1'), b: { skipped: true, run: () => {} }, c: () => {} });
    assert.deepEqual(await judged(skips), joined(['1'], ['2']));
  });

  it('suspects all where the file cannot be loaded', async () => {
    const program: Program = () => {
      throw new Error('broken');
    };
    assert.deepEqual(await judged(program), joined([], ['1', '2']));
  });

  it('does not take what an earlier mutant was stopped for as its own doing', async () => {
    const endless = (switches: Switchboard) => () => {
      for (;;) mutated(switches, '1');
    };
    const { do: ask } = worker((switches) => ({ a: endless(switches), b: reach(switches, '2'), c: () => {} }));
    const stopped = [{ id: '1', hitLimit: 5, tests: ['a'] }];
    await ask({ kind: 'fresh', file: 'f', control: false, hasTests: true, stepLimit: 100, mutants: stopped });
    const mutants = [{ id: '2', hitLimit: 9, tests: ['b'] }];
    assert.deepEqual(await ask({ kind: 'joint', file: 'f', tests: ['b', 'c'], mutants, stepLimit: 100 }), joined(['2'], []));
  });
});
