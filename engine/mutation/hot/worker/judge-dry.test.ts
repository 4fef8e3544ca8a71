import assert from 'node:assert/strict';
import { ONE, reaches, worker } from '../../../../test/support/judging-worker.ts';
import { removeWorkspaces } from '../../../../test/support/workspaces.ts';

after(removeWorkspaces);

describe('a dry run in a worker', () => {
  const dry = (tests?: string[], weighs = true) => ({ kind: 'dry', file: 'f', weighs, ...(tests && { tests }) }) as const;

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

  it('tells which mutants changed nothing in a test, and outside of all; where nothing is weighed, none', async () => {
    const { do: ask } = worker((switches) => {
      const weigh = (n: number) => {
        if (switches.state.weighs) switches.weigh(true, ['1'], (guard) => switches.active('1') || guard.binary('>', n, 0, 1));
        switches.cover('1', '2');
      };
      weigh(1);
      return { a: () => weigh(1), b: () => weigh(0) };
    });
    const inert = async (weighs: boolean) => (await ask(dry(undefined, weighs))).map((one) => one.kind === 'dry' && [one.inertAtLoad, one.inert]);
    assert.deepEqual(await inert(true), [[['1'], { a: ['1'], b: [] }]]);
    assert.deepEqual(await inert(false), [[[], { a: [], b: [] }]]);
  });

  it('takes from the time of a test what weighing took', async () => {
    const { do: ask } = worker((switches) => {
      const wait = () => {
        const until = performance.now() + 5;
        while (performance.now() < until);
      };
      return { a: () => void (switches.state.weighs && switches.weigh(true, ['1'], wait)), b: () => {} };
    });
    const [answer] = await ask(dry());
    assert.deepEqual(answer?.kind === 'dry' && answer.tests.map(({ durationMs }) => durationMs), [0, 1]);
  });

  it('tells how long this run of it compiled', async () => {
    const made = worker(() => {
      made.harness.compiledMs += 7;
      return { a: () => {} };
    });
    const compiled = async () => (await made.do(dry())).map((one) => one.kind === 'dry' && one.compiledMs);
    assert.deepEqual([await compiled(), await compiled()], [[7], [7]]);
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
