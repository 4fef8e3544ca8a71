import assert from 'node:assert/strict';
import { fileRun } from '../../../../test/support/file-runs.ts';
import type { ProbeJob } from '../jobs.ts';
import { type Probed, Probing } from './probing.ts';
import type { FileRun } from './tracks.ts';

const probed = (more: Partial<Probed> = {}): Probed => ({ kind: 'probed', coldTests: {}, infecting: {}, noticed: true, ...more });

/** A file with so many tests, each of which takes a fiftieth of a second. */
function slowTests(count: number): FileRun {
  const keys = Array.from({ length: count }, (_, i) => `t${i}`);
  return fileRun('f', Object.fromEntries(keys.map((key) => [key, ['1']])), { durations: new Map(keys.map((key) => [key, 20])) });
}

/** What is asked of the tests of a file of which a reaches a mutant, and that takes so long to load and to run. */
async function tried(durations: Map<string, number>, runMs: number): Promise<ProbeJob['covering']> {
  let asked: ProbeJob['covering'] = {};
  await new Probing({ ...fileRun('f', { a: ['1'] }), durations, runMs }).work(true, async ({ covering }) => {
    asked = { ...asked, ...covering };
    return probed();
  });
  return asked;
}

describe('finding out which tests can be called again and again', () => {
  it('is shared by all slots; none goes on before all is known', async () => {
    const probing = new Probing(slowTests(5));
    const said: string[] = [];
    const at = (slot: string) =>
      probing
        .work(true, async ({ covering }) => {
          said.push(`${slot} ${Object.keys(covering)}`);
          await new Promise((resolve) => setTimeout(resolve, slot === 'one' ? 1 : 20));
          return probed();
        })
        .then(() => said.push(`${slot} goes on`));
    await Promise.all([at('one'), at('two')]);
    assert.deepEqual(
      said,
      ['one t4,t3', 'two t2,t1', 'one t0', 'one goes on', 'two goes on'].sort((a, b) => said.indexOf(a) - said.indexOf(b)),
    );
    assert.ok(said.indexOf('one goes on') > 2 && said.indexOf('two goes on') > 2);
  });

  it('tries those too that reach nothing of what is mutated, where they take no longer than loading: they may need what a mutant changes for them', async () => {
    const durations = new Map(Object.entries({ a: 5, quick: 10, slow: 11 }));
    assert.deepEqual(await tried(durations, 36), { quick: { hits: {}, inert: [] }, a: { hits: { 1: 1 }, inert: [] } });
  });

  it('does not try those that reach nothing before any that does: no mutant changes anything for them', async () => {
    const durations = new Map(Object.entries({ quick: 10, a: 5 }));
    assert.deepEqual(Object.keys(await tried(durations, 25)), ['a']);
  });

  it('does not try those that reach nothing where they take longer together than loading', async () => {
    const durations = new Map([['a', 5], ...Array.from({ length: 30 }, (_, i): [string, number] => [`quick ${i}`, 10])]);
    assert.deepEqual(Object.keys(await tried(durations, 505)), ['a']);
  });

  it('tries tests in their order where several files are open, whose modules are the same', async () => {
    const run = { ...slowTests(2), parts: [slowTests(1)] };
    const asked: string[] = [];
    await new Probing(run).work(true, async ({ covering }) => {
      asked.push(...Object.keys(covering));
      return probed();
    });
    assert.deepEqual(asked, ['t0', 't1']);
  });

  it('asks for the canary until a test notices it', async () => {
    const probing = new Probing(slowTests(6));
    const asked: boolean[] = [];
    const answers = [probed({ noticed: false }), probed(), probed({ noticed: false })];
    const ask = async ({ canary }: ProbeJob) => {
      asked.push(canary);
      return answers[asked.length - 1] as Probed;
    };
    await probing.work(true, ask);
    assert.deepEqual([asked, probing.noticed], [[true, true, false], true]);
  });

  it('gathers what changed something this time, by the test of the file that it stands in', async () => {
    const f = fileRun('f', { a: ['1~'] });
    const unit = { ...fileRun('f+g', { 'f\na': ['1~'] }), parts: [f] };
    for (const [run, key] of [
      [unit, 'f\na'],
      [f, 'a'],
    ] as const) {
      f.infecting.clear();
      await new Probing(run).work(true, async ({ covering }) => {
        assert.deepEqual(covering, { [key]: { hits: { 1: 1 }, inert: ['1'] } });
        return probed({ infecting: { [key]: ['1'] } });
      });
      assert.deepEqual([...f.infecting], [['a', ['1']]]);
    }
  });

  it('gathers the cold tests, and ends when the file is cold', async () => {
    const run = slowTests(6);
    const answers = [probed({ coldTests: { t5: 'it fails' } }), probed({ cold: 'lost' })];
    await new Probing(run).work(true, async () => answers.shift() as Probed);
    assert.deepEqual([[...run.coldTests], run.cold], [[['t5', 'it fails']], 'lost']);
  });

  it('knows whether all processes had run others before', async () => {
    const probing = new Probing(slowTests(4));
    const ask = async () => probed();
    await Promise.all([probing.work(true, ask), probing.work(false, ask)]);
    assert.equal(probing.inUsed, false);
    const late = new Probing(slowTests(2));
    await late.work(true, ask);
    await late.work(false, ask);
    assert.equal(late.inUsed, true);
  });
});
