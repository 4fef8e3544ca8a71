import assert from 'node:assert/strict';
import { type ScriptedFile, ScriptedWorkers } from '../../../../test/support/scripted-workers.ts';
import { doExperiments } from './experimenting.ts';

/** What is done with experiments in these files, two at a time, as it is told: `found` and `lost` with the file, `manned`. */
async function told(files: Record<string, ScriptedFile>, asked = Object.keys(files), spareFor?: string): Promise<string[]> {
  const events: string[] = [];
  const workers = new ScriptedWorkers(files);
  const spares = await Promise.all(workers.files.filter(({ file }) => file === spareFor).map((file) => workers.start(file)));
  const started = workers.started.length;
  await doExperiments(
    { script: 's', each: asked.map((testFile) => ({ testFile, input: {} })), stallMs: 1, totalMs: 2, isFollowed: true },
    {
      ...{ files: workers.files, workers, spares, concurrency: 2, memory: 1, mutants: [] },
      found: (testFile, finding) => events.push(`found ${testFile} ${(finding as { it: string }).it}`),
      lost: (testFile, mutant, why) => events.push(`lost ${testFile} ${mutant}: ${why}`),
      manned: () => events.push(`manned with ${workers.started.length - started} more`),
    },
  );
  for (const { limits, maxMemory } of workers.orders) assert.deepEqual([limits, maxMemory], [{ totalMs: 2, stallMs: 1 }, 1]);
  assert.ok(
    workers.started.every(({ ended }) => ended),
    'no worker stays',
  );
  return events;
}

describe('experiments', () => {
  it('tell what they find', async () => {
    assert.deepEqual(await told({ a: { experiment: { it: 'this' } } }), ['manned with 1 more', 'found a this']);
  });

  it('run in the worker that waits', async () => {
    assert.deepEqual(await told({ a: { experiment: { it: 'this' } } }, ['a'], 'a'), ['manned with 0 more', 'found a this']);
  });

  it('each have a worker of their own, the last of which is there before what comes next is prepared', async () => {
    const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { experiment: { it: name } }]));
    const events = await told(files);
    assert.deepEqual(
      events.filter((one) => /^manned|c$/.test(one)),
      ['manned with 3 more', 'found c c'],
    );
  });

  it('say why they were lost, and at which mutant', async () => {
    assert.deepEqual(await told({ a: { experiment: 'died', trace: 'm' }, b: { experiment: 'memory', trace: 'm' } }), [
      'manned with 2 more',
      'lost a : the test process ended',
      'lost b : the test process took too much memory',
    ]);
    const late = await told({ a: { experiment: 'hung' }, b: { experiment: 'busy' } });
    assert.deepEqual(late.slice(1), ['lost a : the test process hung', 'lost b : the test process did not come to an end']);
  });

  it('are lost in files that the framework does not run', async () => {
    assert.deepEqual(await told({}, ['other']), ['manned with 0 more', 'lost other : the test framework does not run it for this code']);
  });
});
