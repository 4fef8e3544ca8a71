import assert from 'node:assert/strict';
import { fileRun, hits } from '../../../../test/support/file-runs.ts';
import { type Case, F, G, judge, KNOWN, OWN_PROCESS, withTests } from '../../../../test/support/fresh-judging.ts';
import { killedBy, SURVIVED, UNSURE } from '../../../../test/support/scripted-workers.ts';
import { AMONG_OTHERS, CHANGES } from '../worker/reasons.ts';
import { aloneLimit, busyLimit, firstLimit, timesOf } from './limits.ts';
import { type FileRun, USED_PROCESS } from './tracks.ts';

/** A file of which only the second test reaches the mutant. */
const SECOND = (more: Partial<FileRun> = {}) => fileRun('f', { a: [], b: ['1'], c: [] }, { ...KNOWN, ...more });

const AMONG = { result: 'unsure', reason: AMONG_OTHERS } as const;
const CASES: Record<string, Case> = {
  'runs all tests where one kills before which others were left out: they may hide the mutant': {
    files: { f: { fresh: { 1: [killedBy('b'), SURVIVED(3)] } } },
    runs: [SECOND()],
    asked: ['2 checked f 1(b)', '2 checked f 1'],
    verdicts: ['1 Survived of 3'],
  },
  'believes what kills where all tests ran': {
    files: { f: { fresh: { 1: [killedBy('b'), killedBy('b', 2)] } } },
    runs: [SECOND()],
    asked: ['2 checked f 1(b)', '2 checked f 1'],
    verdicts: ['1 Killed of 2'],
  },
  'believes what kills where none was left out before it': {
    files: { f: { fresh: { 1: [killedBy('a')] } } },
    runs: [fileRun('f', { a: ['1'], b: [], c: ['1'] }, KNOWN)],
    asked: ['2 checked f 1(a,c)'],
    verdicts: ['1 Killed of 1'],
  },
  'runs all tests of a file in which some do other things than before': {
    files: { f: {} },
    runs: [SECOND({ coldTests: new Map([['a', 'it fails when it is called by itself']]) })],
    asked: ['2 checked f 1'],
    verdicts: ['1 Survived of 3'],
  },
  'runs the tests that reach a mutant where one does something else only when it is called again: it needs none before it': {
    files: { f: {} },
    runs: [SECOND({ coldTests: new Map([['b', CHANGES]]) })],
    asked: ['2 checked f 1(b)'],
    verdicts: ['1 Survived of 1'],
  },
  'leaves out those that reach nothing and take long, also where others are run that do not reach the mutant': {
    files: { f: { fresh: { 1: [killedBy('c')] } } },
    runs: [
      fileRun('f', { slow: [], b: ['2'], c: ['1'] }, { ...KNOWN, durations: new Map(Object.entries({ slow: 1000, b: 50, c: 1 })), runMs: 1061 }),
    ],
    asked: ['2 checked f 1(c)', '2 checked f 1(b,c)'],
    verdicts: ['1 Killed of 1'],
  },
  'believes what kills where only those were left out before it that reach nothing and take long': {
    files: { f: { fresh: { 1: [killedBy('b')] } } },
    runs: [SECOND({ durations: new Map(Object.entries({ a: 1000, b: 1, c: 50 })), runMs: 1061 })],
    asked: ['2 checked f 1(b)'],
    verdicts: ['1 Killed of 1'],
  },
  'runs others along that take next to nothing, so that what kills is believed at once': {
    files: { f: { fresh: { 1: [killedBy('b')] } } },
    runs: [SECOND({ durations: new Map(Object.entries({ a: 1, b: 1, c: 1 })), runMs: 103 })],
    asked: ['2 checked f 1(a,b,c)'],
    verdicts: ['1 Killed of 1'],
  },
  'runs only what reaches a mutant in the next file again, where all of one had to run': {
    files: { f: { fresh: { 1: [killedBy('b'), SURVIVED(3)] } }, g: {} },
    runs: [SECOND(), fileRun('g', { d: [], e: ['1'] }, { ...KNOWN, durations: new Map(Object.entries({ d: 50, e: 50 })) })],
    asked: ['2 checked f 1(b)', '2 checked f 1', '2 checked g 1(e)'],
    verdicts: ['1 Survived of 4'],
  },
  'runs the tests that reach a mutant': {
    files: { f: { fresh: { 1: [killedBy('a')] } } },
    runs: [F()],
    asked: ['2 checked f 1(a)'],
    verdicts: ['1 Killed of 1'],
  },
  'runs all tests where the code runs while the file loads': {
    files: { f: { tests: { a: [], b: [] } } },
    runs: [fileRun('f', { a: [], b: [] }, { ...KNOWN, atLoad: hits(['1']) })],
    asked: ['2 checked f 1'],
    verdicts: ['1 Survived of 2'],
  },
  'goes on with the next file where nothing notices': {
    files: { f: {}, g: { fresh: { 1: [killedBy('b')] } } },
    runs: [F(), G()],
    asked: ['2 checked f 1(a)', '2 checked g 1(b)'],
    verdicts: ['1 Killed of 2'],
  },
  'checks what kills in a process that ran another mutant': {
    files: { f: { fresh: { 1: [killedBy('a')], 2: [killedBy('a')] } } },
    runs: [F()],
    ids: ['1', '2'],
    asked: ['2 checked f 1(a) 2(a)'],
    verdicts: ['1 Killed of 1', '2 Killed of 1'],
  },
  'blames the mutant at which the worker died; the others are judged again': {
    files: { f: { fresh: { 1: [SURVIVED(1)], 2: ['died'], 3: [killedBy('a')] } } },
    runs: [F()],
    ids: ['1', '2', '3'],
    asked: ['2 checked f 1(a) 2(a) 3(a)', '3 checked f 3(a)', '4 fresh f 2'],
    verdicts: ['1 Survived of 1', '3 Killed of 1', '2 Killed of 0'],
  },
  'blames the first that is left where the worker does not say at which it died': {
    files: { f: { fresh: { 1: [SURVIVED(1)], 2: ['died', SURVIVED(1)] }, trace: 'gone' } },
    runs: [F()],
    ids: ['1', '2', '3'],
    asked: ['2 checked f 1(a) 2(a) 3(a)', '3 checked f 3(a)', '4 fresh f 2'],
    verdicts: ['1 Survived of 1', '3 Survived of 1', '2 Survived of 1'],
  },
  'believes a process that ran nothing else when it takes too much memory': {
    files: { f: { fresh: { 1: ['memory'] } } },
    runs: [F()],
    asked: ['2 checked f 1(a)'],
    verdicts: ['1 Killed of 0'],
  },
  'judges again in a new process where one that ran nothing else died': {
    files: { f: { fresh: { 1: ['died', SURVIVED(1)] } } },
    runs: [F()],
    asked: ['2 checked f 1(a)', '3 fresh f 1'],
    verdicts: ['1 Survived of 1'],
  },
  'knows that a file that cannot be loaded is a kill, though no test ran': {
    files: { f: { fresh: { 1: [{ result: 'killed', reason: 'broken', reached: true, ran: 0 }] } } },
    runs: [F()],
    asked: ['2 checked f 1(a)'],
    verdicts: ['1 Killed of 0'],
  },
  'calls nothing a survivor that no test ran for': {
    files: { f: { fresh: { 1: [SURVIVED(0)] } } },
    runs: [F()],
    asked: ['2 checked f 1(a)', '3 fresh f 1'],
    verdicts: ['1 NoCoverage of 0'],
  },
  'runs the next file in a used process after one that had to run in its own': {
    files: { f: { fresh: { 1: [UNSURE, SURVIVED(1)] } }, g: {} },
    runs: [F(), G()],
    asked: ['2 checked f 1(a)', '3 fresh f 1', '3 checked g 1(b)'],
    verdicts: ['1 Survived of 2'],
  },
  'needs a new process for each mutant of a file that needs one': {
    files: { f: {} },
    runs: [F({ reloaded: true, ownProcess: USED_PROCESS })],
    ids: ['1', '2'],
    asked: ['2 fresh f 1(a)', '3 fresh f 2(a)'],
    verdicts: ['1 Survived of 1', '2 Survived of 1'],
  },
  'finds out once whether a file does the same in a process that ran other tests': {
    files: { f: { tests: { a: ['1', '2', '3'] } } },
    runs: [F({})],
    ids: ['1', '2'],
    asked: ['2 dry f(a)', '2 dry f(a)', '2 checked f 1(a) 2(a)'],
    verdicts: ['1 Survived of 1', '2 Survived of 1'],
  },
  'a file whose tests fail there does not': {
    files: { f: { dry: (used) => (used ? { tests: [{ key: 'a', name: 'a', state: 'failed', durationMs: 1 }] } : {}) } },
    runs: [F({})],
    asked: ['2 dry f(a)', '2 dry f(a)', '3 fresh f 1(a)'],
    verdicts: ['1 Survived of 1'],
    notes: [OWN_PROCESS],
  },
  'a file that cannot be loaded there does not': {
    files: { f: { tests: { a: ['1', '2', '3'] }, dry: (used) => (used ? { error: 'already there' } : {}) } },
    runs: [F({})],
    asked: ['2 dry f(a)', '2 dry f(a)', '3 fresh f 1(a)'],
    verdicts: ['1 Survived of 1'],
    notes: [OWN_PROCESS],
  },
  'a file one of whose tests fails there does not': {
    files: {
      f: {
        tests: { a: ['1'], b: ['2'] },
        dry: (used) =>
          used ? { tests: ['a', 'b'].map((key) => ({ key, name: key, state: key === 'a' ? 'passed' : 'failed', durationMs: 1 })) } : {},
      },
    },
    runs: [fileRun('f', { a: ['1'], b: ['2'] })],
    asked: ['2 dry f(a,b)', '2 dry f(a,b)', '3 fresh f 1(a)'],
    verdicts: ['1 Survived of 1'],
    notes: [OWN_PROCESS],
  },
  'a file one of whose tests reaches other code there does not': {
    files: { f: { dry: (used) => ({ perTest: { a: hits(['1']), b: hits(used ? ['3'] : ['2']) } }) } },
    runs: [fileRun('f', { a: ['1'], b: ['2'] })],
    asked: ['2 dry f(a,b)', '2 dry f(a,b)', '3 dry f(a,b)', '4 dry f(a,b)', '5 fresh f 1(a)'],
    verdicts: ['1 Survived of 1'],
    notes: [OWN_PROCESS],
  },
  'a file does that one of whose tests reaches other code in new processes, too': {
    files: { f: { tests: { a: ['1'], b: ['3'] } } },
    runs: [fileRun('f', { a: ['1'], b: ['2'] })],
    asked: ['2 dry f(a,b)', '2 dry f(a,b)', '3 dry f(a,b)', '3 checked f 1(a)'],
    verdicts: ['1 Survived of 1'],
  },
  'a file whose tests reach less there does not': {
    files: { f: { dry: (used) => ({ perTest: { a: hits(used ? ['1', '2'] : ['1', '2', '3']) } }) } },
    runs: [F({})],
    asked: ['2 dry f(a)', '2 dry f(a)', '3 dry f(a)', '4 dry f(a)', '5 fresh f 1(a)'],
    verdicts: ['1 Survived of 1'],
    notes: [OWN_PROCESS],
  },
  'a file whose tests reach other code there does not': {
    files: { f: { dry: (used) => ({ perTest: { a: hits(used ? ['1', '2', '4'] : ['1', '2', '3']) } }) } },
    runs: [F({})],
    asked: ['2 dry f(a)', '2 dry f(a)', '3 dry f(a)', '4 dry f(a)', '5 fresh f 1(a)'],
    verdicts: ['1 Survived of 1'],
    notes: [OWN_PROCESS],
  },
  'a file that ends its process there does not': {
    files: { f: { dry: () => 'died' } },
    runs: [F({})],
    asked: ['2 dry f(a)', '3 fresh f 1(a)'],
    verdicts: ['1 Survived of 1'],
    notes: [OWN_PROCESS],
  },
  'a file is seen to do the same among what others left there where it is judged among it': {
    files: { f: { fresh: { 1: [AMONG, killedBy('a')] }, dry: () => ({ amongOthers: true }) } },
    runs: [F()],
    asked: ['2 checked f 1(a)', '2 dry f(a)', '2 checked f 1(a)'],
    verdicts: ['1 Killed of 1'],
  },
  'a mutant is judged in a new process where that cannot be seen': {
    files: { f: { fresh: { 1: [AMONG, AMONG, killedBy('a')] } } },
    runs: [F()],
    asked: ['2 checked f 1(a)', '2 dry f(a)', '2 checked f 1(a)', '3 fresh f 1'],
    verdicts: ['1 Killed of 1'],
  },
  'a process that ran other tests needs to run it only once for that': {
    files: { f: {}, g: { tests: { b: ['1'] } } },
    runs: [F(), G({})],
    asked: ['2 checked f 1(a)', '2 dry g(b)', '2 checked g 1(b)'],
    verdicts: ['1 Survived of 2'],
  },
};

describe('judging in fresh modules', () => {
  for (const [title, { files, runs, ids = ['1'], asked, verdicts, notes = [] }] of Object.entries(CASES)) {
    it(title, async () => {
      const stage = await judge(withTests(files, runs), runs, ids);
      assert.deepEqual(stage.workers.asked, asked);
      assert.deepEqual([stage.verdicts, stage.notes], [verdicts, notes]);
    });
  }

  /** How many mutants wait, how many workers there are, and how many mutants each job has. */
  const BATCHES: [waiting: number, size: number, jobs: number[]][] = [
    [20, 1, [8, 8, 4]],
    [9, 2, [4, 2, 1, 1, 1]],
    [1, 2, [1]],
  ];
  for (const [waiting, size, jobs] of BATCHES) {
    it(`shares ${waiting} mutants among ${size} by ${jobs.join(', ')}`, async () => {
      const ids = Array.from({ length: waiting }, (_, i) => String(i));
      const { workers } = await judge({ f: { tests: { a: ids } } }, [fileRun('f', { a: ids }, KNOWN)], ids, { size });
      assert.deepEqual(
        workers.orders.map(({ job }) => job.kind === 'fresh' && job.mutants.length),
        jobs,
      );
    });
  }

  it('gives more time when nothing else runs; and says how often code may run and how much memory there is', async () => {
    const run = F({ ...KNOWN, runMs: 100, perTest: { a: { 1: 5 } } });
    const { workers } = await judge({ f: { fresh: { 1: ['hung', killedBy('a')] } } }, [run], ['1'], { memory: 100 });
    const [first, alone] = workers.orders;
    assert.deepEqual(first?.job, {
      kind: 'fresh',
      file: 'f',
      mutants: [{ id: '1', hitLimit: 500, tests: ['a'] }],
      stepLimit: 5_000_000,
      control: true,
      hasTests: true,
    });
    assert.deepEqual(first?.limits, { totalMs: firstLimit(run), stallMs: firstLimit(run) });
    assert.deepEqual(alone?.limits, { totalMs: aloneLimit(run), stallMs: aloneLimit(run), busyMs: busyLimit(timesOf([run])) });
    assert.deepEqual([first?.maxMemory, alone?.maxMemory], [150, 150]);
  });

  it('gives a file time enough where it finds out about processes that ran other tests', async () => {
    const run = F({ runMs: 100 });
    const { workers } = await judge({ f: { tests: { a: ['1', '2', '3'] } } }, [run], ['1'], { memory: 100 });
    const given = workers.orders.slice(0, 2).map(({ limits, maxMemory }) => [limits, maxMemory]);
    const wanted = [{ totalMs: aloneLimit(run), stallMs: aloneLimit(run) }, 150];
    assert.deepEqual(given, [wanted, wanted]);
  });
});
