import assert from 'node:assert/strict';
import { killedBy, RUN, type ScriptedFile, ScriptedWorkers, SURVIVED, UNSURE } from '../../../../test/support/scripted-workers.ts';
import { type Assignment, DryRunFailed, type Said, type Verdict } from './assignment.ts';
import { coordinate } from './coordinator.ts';

interface Case {
  files: Record<string, ScriptedFile>;
  /** Mutants to judge; number 1 where missing. */
  ids?: string[];
  /** What the workers are asked to do after the dry run, one after the other. */
  asked: string[];
  /** What is told of the mutants, in this order: `mutant status`, with `?` where it may still change, the number of the killing test and how many ran. */
  verdicts: string[];
  notes?: string[];
}

/** A file with one test that reaches mutant 1. */
const ONE: ScriptedFile = { tests: { a: ['1'] } };
const timeout = (certain: boolean) => ({ result: 'timeout', certain, by: 'a', reason: 'no end', ran: 1 }) as const;

const CASES: Record<string, Case> = {
  'killed by calling a test: nothing else runs for it': {
    files: { f: { ...ONE, hot: { 1: [killedBy('a')] } } },
    asked: ['1 probe f', '1 hot f 1(a)'],
    verdicts: ['1 Killed by 0 of 1 run'],
  },
  'a kill that is not borne out is judged in fresh modules': {
    files: { f: { ...ONE, hot: { 1: [UNSURE] }, fresh: { 1: [killedBy('a')] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)'],
    verdicts: ['1 Killed by 0 of 1 run'],
  },
  'and survives where nothing notices it there': {
    files: { f: { ...ONE, hot: { 1: [UNSURE] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)'],
    verdicts: ['1 Survived after 1 run'],
  },
  'a survivor is one for now, and for good when it ran in fresh modules': {
    files: { f: ONE },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)'],
    verdicts: ['1 Survived? after 1 run', '1 Survived after 2 run'],
  },
  'what survives when tests are called can be killed in fresh modules': {
    files: { f: { ...ONE, fresh: { 1: [killedBy('a')] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)'],
    verdicts: ['1 Survived? after 1 run', '1 Killed by 0 of 2 run'],
  },
  'what runs while a file loads is judged in fresh modules only, by all its tests': {
    files: { f: { tests: { a: ['1'], b: [] }, atLoad: ['1'], fresh: { 1: [killedBy('b', 2)] } } },
    asked: ['1 dry f(a,b)', '1 checked f 1'],
    verdicts: ['1 static Killed by 1 of 2 run'],
  },
  'what runs while one file loads is first judged by calling the tests of another': {
    files: { f: { atLoad: ['1'], tests: { a: [] } }, g: { tests: { b: ['1'] }, hot: { 1: [killedBy('b')] } } },
    asked: ['1 probe g', '1 hot g 1(b)'],
    verdicts: ['1 static Killed by 1 of 1 run'],
  },
  'the tests of a cold file are never called': {
    files: { f: { ...ONE, opened: { cold: 'its tests need each other' }, fresh: { 1: [killedBy('a')] } } },
    asked: ['1 open f', '1 dry f(a)', '1 checked f 1(a)'],
    verdicts: ['1 Killed by 0 of 1 run'],
    notes: ['f is cold: its tests need each other.'],
  },
  'a cold test is never called': {
    files: { f: { tests: { a: ['1'], b: ['1'] }, probed: { coldTests: { a: 'it fails' } }, hot: { 1: [killedBy('b')] } } },
    asked: ['1 probe f', '1 hot f 1(b)'],
    verdicts: ['1 Killed by 1 of 1 run'],
    notes: ['"a" in f is cold: it fails.'],
  },
  'a test in which it changes nothing is not called for it, but runs in fresh modules: another one may leave something behind for it': {
    files: { f: { tests: { a: ['1~'], b: ['1'] } } },
    asked: ['1 probe f', '1 hot f 1(b)', '1 checked f 1(a,b)'],
    verdicts: ['1 Survived? after 1 run', '1 Survived after 3 run'],
  },
  'a file in which it changes nothing need not run': {
    files: { f: { tests: { a: ['1~'] } }, g: ONE, h: { tests: { c: [] }, atLoad: ['1~'] } },
    asked: ['1 probe g', '1 hot g 1(a)', '1 checked g 1(a)'],
    verdicts: ['1 static Survived? after 1 run', '1 static Survived after 2 run'],
  },
  'what changes nothing while a file loads is judged by calling tests': {
    files: { f: { tests: { a: ['1'] }, atLoad: ['1~'], hot: { 1: [killedBy('a')] } } },
    asked: ['1 probe f', '1 hot f 1(a)'],
    verdicts: ['1 static Killed by 0 of 1 run'],
  },
  'what changes nothing in any test survives them all, for good when all else is judged': {
    files: { f: { tests: { a: ['1~', '2'], b: ['1~'] }, hot: { 2: [killedBy('a')] } } },
    ids: ['1', '2'],
    asked: ['1 probe f', '1 hot f 2(a)'],
    verdicts: [
      '1 Survived? after 2 run',
      '2 Killed by 0 of 1 run',
      '1 Survived after 2 run: In all tests that reach it, the code comes to the same with it as without: to notice it, a test needs other inputs.',
    ],
  },
  'what changed something when a test was called again is judged after all': {
    files: { f: { tests: { a: ['1~', '2'] }, probed: { infecting: { a: ['1'] } }, hot: { 2: [killedBy('a')] }, fresh: { 1: [killedBy('a')] } } },
    ids: ['1', '2'],
    asked: ['1 probe f', '1 hot f 2(a)', '1 checked f 1(a)'],
    verdicts: ['1 Survived? after 1 run', '2 Killed by 0 of 1 run', '1 Killed by 0 of 2 run'],
  },
  'no test reaches it': {
    files: { f: { tests: { a: [] } } },
    asked: [],
    verdicts: ['1 NoCoverage'],
  },
  'a test reached it, and none does when it is on': {
    files: { f: { ...ONE, hot: { 1: [UNSURE] }, fresh: { 1: [{ result: 'survived', reached: false, ran: 1 }] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)'],
    verdicts: ['1 NoCoverage after 1 run: Tests reached it once, but none did when it was changed.'],
  },
  'no wanted test is there when it is on: all tests of the file run in a process of its own': {
    files: { f: { ...ONE, hot: { 1: [UNSURE] }, fresh: { 1: [SURVIVED(0), killedBy('a')] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)', '2 fresh f 1'],
    verdicts: ['1 Killed by 0 of 1 run'],
  },
  'what kills fails without the mutant too, in a process that ran others: it gets a process of its own': {
    files: { f: { ...ONE, hot: { 1: [UNSURE] }, fresh: { 1: [UNSURE, SURVIVED(1)] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)', '2 fresh f 1'],
    verdicts: ['1 Survived after 1 run'],
  },
  'it ran too often': {
    files: { f: { ...ONE, hot: { 1: [timeout(true)] } } },
    asked: ['1 probe f', '1 hot f 1(a)'],
    verdicts: ['1 Timeout after 1 run: no end'],
  },
  'a called test that does not end is run in a new process, when nothing else is left': {
    files: { f: { tests: { a: ['1', '2'] }, hot: { 1: [timeout(false)] } } },
    ids: ['1', '2'],
    asked: ['1 probe f', '1 hot f 1(a) 2(a)', '1 checked f 2(a)', '2 fresh f 1'],
    verdicts: ['2 Survived? after 1 run', '2 Survived after 2 run', '1 Survived after 2 run'],
  },
  'the worker hangs: put off until nothing else runs, then it has timed out': {
    files: { f: { tests: { a: ['1', '2'] }, hot: { 1: ['hung'], 2: [SURVIVED(1)] }, fresh: { 1: ['hung'] } } },
    ids: ['1', '2'],
    asked: [...['1 probe f', '1 hot f 1(a) 2(a)', '2 open f', '2 hot f 2(a)'], ...['3 fresh f 1', '4 checked f 2(a)', '5 fresh f 1']],
    verdicts: ['2 Survived? after 1 run', '2 Survived after 2 run', '1 Timeout: Its tests did not end within 5.0 s.'],
  },
  'late once, and not when nothing else runs': {
    files: { f: { ...ONE, hot: { 1: ['hung'] }, fresh: { 1: ['hung', killedBy('a')] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '2 fresh f 1', '3 fresh f 1'],
    verdicts: ['1 Killed by 0 of 1 run'],
  },
  'a loop without an end, in a new process too: it has timed out without being put off': {
    files: { f: { ...ONE, hot: { 1: ['busy'] }, fresh: { 1: ['busy'] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '2 fresh f 1'],
    verdicts: ['1 Timeout: Its tests kept a processor busy for more than 2.5 s.'],
  },
  'a loop without an end, in a process that ran others: it is tried in a new one': {
    files: { f: { ...ONE, hot: { 1: [UNSURE] }, fresh: { 1: ['busy', killedBy('a')] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)', '2 fresh f 1'],
    verdicts: ['1 Killed by 0 of 1 run'],
  },
  'its worker dies twice in fresh modules': {
    files: { f: { ...ONE, hot: { 1: ['died'] }, fresh: { 1: ['died'] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '2 fresh f 1', '3 fresh f 1'],
    verdicts: ['1 Killed: The test process ended.'],
  },
  'its worker dies once': {
    files: { f: { ...ONE, hot: { 1: [UNSURE] }, fresh: { 1: ['died', SURVIVED(1)] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)', '2 fresh f 1'],
    verdicts: ['1 Survived after 1 run'],
  },
  'it takes too much memory': {
    files: { f: { ...ONE, hot: { 1: ['memory'] }, fresh: { 1: ['memory'] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '2 fresh f 1'],
    verdicts: ['1 Killed: The test process took more memory than it may.'],
  },
  'its process took too much memory because of what ran in it before': {
    files: { f: { ...ONE, hot: { 1: [UNSURE] }, fresh: { 1: ['memory', SURVIVED(1)] } } },
    asked: ['1 probe f', '1 hot f 1(a)', '1 checked f 1(a)', '2 fresh f 1'],
    verdicts: ['1 Survived after 1 run'],
  },
  'it takes too much memory in a process of its own': {
    files: { f: { tests: { a: ['1'] }, atLoad: ['1'], dry: (used) => (used ? { error: 'no' } : {}), fresh: { 1: ['memory'] } } },
    asked: ['1 dry f(a)', '2 fresh f 1'],
    verdicts: ['1 static Killed: The test process took more memory than it may.'],
    notes: ['f needs a process of its own: its tests do not do the same in a process that ran other tests before.'],
  },
  'files that reach it are tried one after the other, the fastest first': {
    files: { f: { ...ONE, durations: { a: 50 } }, g: { tests: { b: ['1'] }, durations: { b: 5 } } },
    asked: ['1 probe g', '1 hot g 1(b)', '1 probe f', '1 hot f 1(a)', '1 checked g 1(b)', '1 checked f 1(a)'],
    verdicts: ['1 Survived? after 2 run', '1 Survived after 4 run'],
  },
};

/** What is told of a mutant, in short. */
function inShort({ id, status, static: isStatic, provisional, killedBy: [killer], testsRun, reason }: Verdict): string {
  const ran = testsRun > 0 ? ` ${killer === undefined ? 'after' : 'of'} ${testsRun} run` : '';
  const why = reason === undefined || killer !== undefined ? '' : `: ${reason}`;
  return `${id} ${isStatic ? 'static ' : ''}${status}${provisional ? '?' : ''}${killer === undefined ? '' : ` by ${killer}`}${ran}${why}`;
}

function assignment(workers: ScriptedWorkers, more: Partial<Assignment> = {}): Assignment & { said: Said[] } {
  const said: Said[] = [];
  return {
    ...{ ids: ['1'], files: workers.files, workers, concurrency: 1, dryRunMs: 1000, run: RUN, memory: 100, said, tell: (one) => void said.push(one) },
    ...more,
  };
}

describe('judging mutants', () => {
  it('calls tests of several files while all of them are open, or one by one where that cannot be', async () => {
    const combine = (files: readonly string[]) => ({ file: files.join('+'), group: 'all' });
    const asked = async (both: ScriptedFile) => {
      const tests = { f: { ...ONE, hot: { 1: [killedBy('a')] } }, g: { tests: { b: ['1'] } } };
      const workers = new ScriptedWorkers({ ...tests, 'f+g': both });
      const given = assignment(workers, { files: workers.files.slice(0, 2), combine });
      await coordinate(given);
      const verdicts = given.said.flatMap((one) => (one.kind === 'verdict' ? [inShort(one.verdict)] : []));
      return [workers.asked.slice(2), verdicts];
    };
    assert.deepEqual(await asked({ hot: { 1: [killedBy('g\nb')] } }), [['1 probe f+g', '1 hot f+g 1(f\na,g\nb)'], ['1 Killed by 1 of 1 run']]);
    assert.deepEqual(await asked({ opened: { cold: 'they get into each other' } }), [
      ['1 open f+g', '1 probe f', '1 hot f 1(a)'],
      ['1 Killed by 0 of 1 run'],
    ]);
  });

  it('tells the tests and how many mutants there are before any verdict, and answers what the dry run showed', async () => {
    const workers = new ScriptedWorkers({ f: { ...ONE, hot: { 1: [killedBy('a')] } }, g: { tests: { b: [] } } });
    const given = assignment(workers);
    const runs = await coordinate(given);
    assert.deepEqual(
      given.said.map(({ kind }) => kind),
      ['tests', 'planned', 'verdict', 'note'],
    );
    const [tests, planned] = given.said;
    assert.deepEqual(tests?.kind === 'tests' && tests.tests.map(({ file, name }) => `${file}: ${name}`), ['f: test a', 'g: test b']);
    assert.equal(planned?.kind === 'planned' && planned.mutants, 1);
    assert.deepEqual(
      runs.map(({ file, perTest }) => [file, perTest]),
      [
        ['f', { a: { 1: 1 } }],
        ['g', { b: {} }],
      ],
    );
  });

  it('lets a worker take what the largest one took without a mutant, and as much beyond as is allowed', async () => {
    const workers = new ScriptedWorkers({ f: { ...ONE, memory: 700, hot: { 1: [killedBy('a')] } }, g: { tests: { b: [] }, memory: 300 } });
    await coordinate(assignment(workers, { memory: 50 }));
    assert.deepEqual(
      workers.orders.map(({ maxMemory }) => maxMemory),
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 750, 750, 750],
    );
  });

  for (const parallel of [false, true]) {
    it(`has files that take something of the machine run ${parallel ? 'each by one worker at a time' : 'one at a time'}`, async () => {
      const claiming = (mutant: string): ScriptedFile => ({ tests: { a: [mutant], b: [mutant] }, dry: () => ({ claims: ['/tmp/x'] }) });
      const ids = Array.from({ length: 12 }, (_, i) => String(i));
      const free: ScriptedFile = { tests: Object.fromEntries(ids.map((id) => [`t${id}`, [id]])) };
      const workers = new ScriptedWorkers({ f: claiming('1'), g: claiming('2'), h: claiming('2'), free });
      const running = new Set<string>();
      const most = { any: 0, claiming: 0 };
      const start = workers.start.bind(workers);
      workers.start = async (file) => {
        const worker = await start(file);
        const ask = worker.do.bind(worker);
        worker.do = async (job, ...more) => {
          if (job.kind === 'dry' || job.kind === 'end') return ask(job, ...more);
          assert.ok(!running.has(job.file) || job.file === 'free', `${job.file} runs twice`);
          running.add(job.file);
          most.any = Math.max(most.any, running.size);
          most.claiming = Math.max(most.claiming, [...running].filter((one) => one !== 'free').length);
          return ask(job, ...more).finally(() => running.delete(job.file));
        };
        return worker;
      };
      const given = assignment(workers, { ids, concurrency: 2, parallel });
      await coordinate(given);
      assert.deepEqual(most, { any: 2, claiming: parallel ? 2 : 1 });
      const settled = given.said.flatMap((one) => (one.kind === 'verdict' && !one.verdict.provisional ? [one.verdict.id] : []));
      assert.deepEqual(settled.sort(), ids.sort());
    });
  }

  it('judges nothing where tests fail, and leaves no worker behind', async () => {
    const workers = new ScriptedWorkers({ f: { ...ONE, dry: () => ({ tests: [{ key: 'a', name: 'a', state: 'failed', durationMs: 1 }] }) } });
    const given = assignment(workers);
    await assert.rejects(coordinate(given), DryRunFailed);
    assert.deepEqual([workers.asked, given.said], [['1 dry f', '2 dry f'], []]);
    assert.ok(workers.started.every(({ ended }) => ended));
  });

  for (const [title, { files, ids = ['1'], asked, verdicts, notes = [] }] of Object.entries(CASES)) {
    it(title, async () => {
      const workers = new ScriptedWorkers(files);
      const given = assignment(workers, { ids });
      await coordinate(given);
      const dryRuns = Object.keys(files).length;
      assert.deepEqual(workers.asked.slice(dryRuns), asked);
      assert.deepEqual(
        given.said.flatMap((one) => (one.kind === 'verdict' ? [inShort(one.verdict)] : [])),
        verdicts,
      );
      assert.deepEqual(
        given.said.flatMap((one) => (one.kind === 'note' && !one.text.includes('calls of tests') ? [one.text] : [])),
        notes,
      );
      assert.ok(workers.started.every(({ ended }) => ended));
    });
  }
});
