import assert from 'node:assert/strict';
import { hits } from '../../../../test/support/file-runs.ts';
import { RUN, type ScriptedFile, ScriptedWorkers } from '../../../../test/support/scripted-workers.ts';
import type { RanTest } from '../jobs.ts';
import { type Assignment, DryRunFailed } from './assignment.ts';
import { Crew } from './crew.ts';
import { type DryRun, DryRuns } from './dry-runs.ts';
import { USED_PROCESS } from './tracks.ts';

const DRY_RUN_MS = 700;

function dryRun(workers: ScriptedWorkers, more: Partial<Assignment> = {}, concurrency = 1): Promise<DryRun> {
  const files = new Map(workers.files.map((file) => [file.file, file]));
  const given: Assignment = {
    ...{ ids: [], files: workers.files, workers, concurrency, dryRunMs: DRY_RUN_MS, run: RUN, memory: 100, tell: () => {} },
    ...more,
  };
  return new DryRuns(given, new Crew(workers, concurrency, given.memory, []), files).run();
}

const test = (key: string, more: Partial<RanTest> = {}): RanTest => ({ key, name: `test ${key}`, state: 'passed', durationMs: 1, ...more });
const FAILING: ScriptedFile = { dry: () => ({ tests: [test('a', { state: 'failed', message: 'no' }), test('b')] }) };
/** Passes only where no other file ran before. */
const LONELY: ScriptedFile = { tests: { a: ['1'] }, dry: (used) => (used ? { error: 'port in use' } : {}) };
const PASSING: ScriptedFile = { tests: { a: ['1'] } };

/** What a dry run is refused for: its message, the tests that fail, and how many ran. */
const FAILURES: Record<string, { files: Record<string, ScriptedFile>; message: string; failed?: string[]; total?: number }> = {
  'a test that fails': { files: { f: FAILING }, message: '', failed: ['f test a'], total: 2 },
  'a file that cannot be loaded': { files: { f: { dry: () => ({ tests: [], error: 'x is not defined' }) } }, message: 'f: x is not defined' },
  'a file that cannot be loaded among others': {
    files: { f: PASSING, g: { dry: () => ({ tests: [], error: 'no' }) } },
    message: 'g: no',
    total: 1,
  },
  'tests that do not end': { files: { f: { dry: () => 'hung' } }, message: 'f: The tests did not end in time.' },
  'tests that end their process': { files: { f: { dry: () => 'died' } }, message: 'f: The test process ended by itself.' },
  'no test at all': { files: { f: {} }, message: 'no test runs' },
  'only tests that are skipped': { files: { f: { dry: () => ({ tests: [test('a', { state: 'skipped' })] }) } }, message: 'no test runs' },
  'no file at all': { files: {}, message: 'no test runs' },
};

describe('the dry run', () => {
  it('leaves out of the time of a file what is compiled once for all', async () => {
    const { runs } = await dryRun(new ScriptedWorkers({ f: { tests: { a: ['1'] }, dry: () => ({ compiledMs: 60_000 }) } }));
    assert.ok((runs.get('f')?.runMs ?? 0) < 0);
  });

  it('notes what each test reaches, how long it takes, and its number among all tests that ran', async () => {
    const workers = new ScriptedWorkers({
      f: {
        dry: () => ({
          tests: [test('a', { durationMs: 5 }), test('s', { state: 'skipped' }), test('b')],
          perTest: { a: { 1: 2 } },
          atLoad: { 2: 1 },
        }),
      },
      g: { tests: { a: ['3'] } },
    });
    const { runs, tests } = await dryRun(workers);
    assert.deepEqual(
      tests.map(({ file, key }) => `${file} ${key}`),
      ['f a', 'f b', 'g a'],
    );
    const f = runs.get('f');
    assert.deepEqual(
      [...(f?.durations ?? [])],
      [
        ['a', 5],
        ['b', 1],
      ],
    );
    assert.deepEqual(
      [...(f?.indexes ?? [])],
      [
        ['a', 0],
        ['b', 1],
      ],
    );
    assert.deepEqual(
      [f?.perTest, f?.atLoad, f?.cold, f?.ownProcess, f?.probed, f?.reloaded],
      [{ a: { 1: 2 } }, { 2: 1 }, undefined, undefined, false, false],
    );
    assert.deepEqual([...(runs.get('g')?.indexes ?? [])], [['a', 2]]);
  });

  it('gives each file the time that a person allows, and any memory', async () => {
    const workers = new ScriptedWorkers({ f: PASSING });
    await dryRun(workers);
    const [order] = workers.orders;
    assert.deepEqual([order?.limits, order?.maxMemory], [{ totalMs: DRY_RUN_MS, stallMs: DRY_RUN_MS }, Number.POSITIVE_INFINITY]);
  });

  for (const [title, { files, message, failed = [], total = 0 }] of Object.entries(FAILURES)) {
    it(`is refused for ${title}`, async () => {
      await assert.rejects(dryRun(new ScriptedWorkers(files)), (error) => {
        assert.ok(error instanceof DryRunFailed);
        assert.deepEqual([error.message, error.failed.map(({ file, name }) => `${file} ${name}`), error.total], [message, failed, total]);
        return true;
      });
    });
  }

  const FAILED = test('c', { state: 'failed', message: 'no' });
  const LATE = [test('a', { state: 'failed', message: 'Timeout of 2000ms exceeded.' }), test('b')];
  it('runs a file once more in a new process where a test was late', async () => {
    let runs = 0;
    const workers = new ScriptedWorkers({ f: { tests: { a: ['1'] }, dry: () => (runs++ === 0 ? { tests: LATE } : {}) } });
    const { runs: files } = await dryRun(workers);
    assert.deepEqual([workers.asked, files.get('f')?.ownProcess], [['1 dry f', '2 dry f'], undefined]);
  });

  it('weighs nothing then, which may be why a test failed', async () => {
    let runs = 0;
    const workers = new ScriptedWorkers({ f: { tests: { a: ['1'] }, dry: () => (runs++ === 0 ? { tests: [FAILED] } : {}) } });
    await dryRun(workers);
    assert.deepEqual(
      workers.orders.map(({ worker, job }) => [worker, job.kind === 'dry' && job.weighs]),
      [
        [1, true],
        [2, false],
      ],
    );
  });

  it('does so only once, and for one file where it is in vain', async () => {
    const late = new ScriptedWorkers({ f: { dry: () => ({ tests: LATE }) } });
    await assert.rejects(dryRun(late), DryRunFailed);
    assert.deepEqual(late.asked, ['1 dry f', '2 dry f']);
    const broken = { dry: () => ({ tests: [...LATE, FAILED] }) };
    const both = new ScriptedWorkers({ f: broken, g: broken });
    await assert.rejects(dryRun(both), DryRunFailed);
    assert.deepEqual(both.asked, ['1 dry f', '2 dry f', '2 dry g', '3 dry g']);
  });

  it('runs a file again in a new process when it fails in one that ran others before; it needs one from then on', async () => {
    const workers = new ScriptedWorkers({ f: PASSING, g: LONELY, h: PASSING });
    const { runs } = await dryRun(workers);
    assert.deepEqual(workers.asked, ['1 dry f', '1 dry g', '2 dry g', '2 dry h']);
    const { cold, ownProcess, reloaded } = runs.get('g') ?? {};
    assert.deepEqual([cold, ownProcess, reloaded], [USED_PROCESS, USED_PROCESS, true]);
    assert.equal(runs.get('f')?.ownProcess, undefined);
  });

  for (const concurrency of [1, 2]) {
    it(`runs it again in a new process even where others come between, with ${concurrency} at a time`, async () => {
      const workers = new ScriptedWorkers({ f: PASSING, g: PASSING, h: LONELY, i: PASSING, j: PASSING });
      const { runs } = await dryRun(workers, {}, concurrency);
      assert.equal(runs.get('h')?.ownProcess, USED_PROCESS);
    });
  }

  /** What the second file does at each of its runs, of which the first is among what the first file left; what was asked, and what becomes known of it. */
  const AMONG: Record<string, [runs: string[][], asked: string[], amongOthers: boolean | undefined, own: string | undefined]> = {
    'does the same alone': [[['1'], ['1']], ['1 dry f', '1 dry g', '2 dry g', '2 dry h'], true, undefined],
    'does something else alone, each time': [[['1', '2'], ['1'], ['1']], ['1 dry f', '1 dry g', '2 dry g', '3 dry g', '3 dry h'], true, USED_PROCESS],
    'never does the same': [[['1', '2'], ['1'], ['2']], ['1 dry f', '1 dry g', '2 dry g', '3 dry g', '3 dry h'], true, undefined],
  };
  for (const [title, [each, asked, amongOthers, own]] of Object.entries(AMONG)) {
    it(`takes what a file does alone, where it ran among what others left and ${title}`, async () => {
      let runs = 0;
      const dry = (used: boolean) => ({ perTest: { a: hits(each[runs++] ?? []) }, amongOthers: used });
      const workers = new ScriptedWorkers({ f: PASSING, g: { tests: { a: ['1'] }, dry }, h: PASSING });
      const { runs: found } = await dryRun(workers);
      assert.deepEqual(workers.asked, asked);
      const g = found.get('g');
      assert.deepEqual([Object.keys(g?.perTest['a'] ?? {}), g?.amongOthers, g?.ownProcess], [each.at(-1), amongOthers, own]);
      assert.equal(found.get('f')?.amongOthers, undefined);
    });
  }

  it('does not compare what is weighed with what is not, where a test was late alone', async () => {
    let runs = 0;
    const weighed = { perTest: { a: hits(['1']) }, inert: { a: ['1'] } };
    const dry = (used: boolean) => [{ ...weighed, amongOthers: used }, { tests: LATE }, { ...weighed, inert: { a: [] } }][runs++] ?? {};
    const workers = new ScriptedWorkers({ f: PASSING, g: { tests: { a: ['1'] }, dry } });
    const { runs: found } = await dryRun(workers);
    assert.deepEqual(workers.asked, ['1 dry f', '1 dry g', '2 dry g', '3 dry g']);
    assert.deepEqual([found.get('g')?.amongOthers, found.get('g')?.ownProcess], [undefined, undefined]);
  });

  describe('of files that take something of the machine', () => {
    const PORT = { tests: { a: ['1'] }, takes: ['port 80'], dry: () => ({ claims: ['port 80'] }) } satisfies ScriptedFile;
    const FOLDER = { tests: { a: ['1'] }, dry: () => ({ claims: ['/tmp/x'] }) } satisfies ScriptedFile;
    const clashing = (title: string, files: Record<string, ScriptedFile>, asked: string[]) =>
      it(title, async () => {
        const workers = new ScriptedWorkers(files);
        const { runs } = await dryRun(workers, {}, 2);
        assert.deepEqual(workers.asked, asked);
        assert.deepEqual([...runs.keys()].sort(), Object.keys(files));
      });

    clashing('runs those once more when no other process is there that took the same at the same time', { f: FOLDER, g: FOLDER, h: PASSING }, [
      ...['1 dry f', '2 dry g', '1 dry h'],
      ...['1 dry f', '1 dry g'],
    ]);
    clashing('ends at once what takes what another one has: it may wait for it', { f: PORT, g: PORT }, ['1 dry f', '2 dry g', '1 dry f', '1 dry g']);
    clashing('lets them be that took other things', { f: FOLDER, g: PORT }, ['1 dry f', '2 dry g']);

    it('leaves it to the framework which may run at the same time, where it runs files so itself', async () => {
      const workers = new ScriptedWorkers({ f: FOLDER, g: FOLDER, h: PORT, i: PORT });
      await dryRun(workers, { parallel: true }, 2);
      assert.equal(workers.asked.length, 4);
    });

    it('runs one that does not pass once more when nothing else is there, before it is said to fail', async () => {
      let runs = 0;
      const dry = () => ({ claims: ['/tmp/x'], ...(runs++ === 0 && { tests: [test('a', { state: 'failed' })] }) });
      const workers = new ScriptedWorkers({ f: { tests: { a: ['1'] }, dry }, g: PASSING });
      const { runs: found } = await dryRun(workers, {}, 2);
      assert.deepEqual(workers.asked, ['1 dry f', '2 dry g', '3 dry f']);
      assert.deepEqual([found.get('f')?.claims, found.get('f')?.ownProcess], [['/tmp/x'], undefined]);
    });

    it("ends the framework's own run where it may have what they take", async () => {
      const workers = new ScriptedWorkers({ f: PORT });
      let hushed = 0;
      await dryRun(workers, { hush: () => hushed++ === 0 });
      assert.deepEqual(workers.asked, ['1 dry f', '2 dry f']);
    });
  });

  it('refuses what fails in a new process too', async () => {
    const workers = new ScriptedWorkers({ f: PASSING, g: FAILING });
    await assert.rejects(dryRun(workers), DryRunFailed);
    assert.deepEqual(workers.asked, ['1 dry f', '1 dry g', '2 dry g', '3 dry g']);
  });

  it('refuses code of another run', async () => {
    const workers = new ScriptedWorkers({ f: { tests: { a: ['1'] }, dry: () => ({ runs: [RUN, '0'] }) } });
    await assert.rejects(dryRun(workers), /f was run with code of another run/);
  });

  it('runs only what can reach the code where that is known, of files that are still there', async () => {
    const workers = new ScriptedWorkers({ f: { tests: { a: ['1'], b: [] } }, g: PASSING });
    const { tests } = await dryRun(workers, {
      narrowed: new Map([
        ['f', ['a']],
        ['gone', ['x']],
      ]),
    });
    assert.deepEqual(workers.asked, ['1 dry f(a)']);
    assert.equal(tests.length, 1);
  });

  it('is content with no test at all where none can reach the code', async () => {
    const { tests, runs } = await dryRun(new ScriptedWorkers({ f: PASSING }), { narrowed: new Map() });
    assert.deepEqual([tests.length, runs.size], [0, 0]);
  });

  it('shows all tests, the skipped ones too, to who may know better', async () => {
    const seen: string[] = [];
    const files = { f: { dry: () => ({ tests: [test('a'), test('s', { state: 'skipped' })] }) } } satisfies Record<string, ScriptedFile>;
    const check: Assignment['check'] = async (tests) => void seen.push(...tests.map(({ file, key, state }) => `${file} ${key} ${state}`));
    await dryRun(new ScriptedWorkers(files), { check });
    assert.deepEqual(seen, ['f a passed', 'f s skipped']);
    await assert.rejects(dryRun(new ScriptedWorkers(files), { check: () => Promise.reject(new Error('not so')) }), /not so/);
  });
});
