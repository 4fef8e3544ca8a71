import assert from 'node:assert/strict';
import { fileRun, hits } from '../../../../test/support/file-runs.ts';
import { killedBy, type ScriptedFile, ScriptedWorkers, SURVIVED, UNSURE } from '../../../../test/support/scripted-workers.ts';
import type { Said } from './assignment.ts';
import { Crew } from './crew.ts';
import { Docket } from './docket.ts';
import { HotStage } from './hot-stage.ts';
import { callLimits, callStepLimits, openLimit, stallLimit } from './limits.ts';
import { type FileRun, type Track, track } from './tracks.ts';

/** What is left to be judged in fresh modules, by file, when calling tests has come to its end. */
interface Stage {
  workers: ScriptedWorkers;
  tracks: ReadonlyMap<string, Track>;
  fresh: Record<string, string[]>;
  verdicts: string[];
  notes: string[];
}

async function judge(files: Record<string, ScriptedFile>, runs: FileRun[], ids: string[], memory = 0): Promise<Stage> {
  const workers = new ScriptedWorkers(files);
  const said: Said[] = [];
  const tell = (one: Said) => void said.push(one);
  const crew = new Crew(workers, 1, 50, []);
  crew.weigh({ ...(await workers.start({ file: 'f', group: 'all' })), memory });
  const docket = new Docket({ tell });
  const known = new Map(workers.files.map((file) => [file.file, file]));
  const stage = new HotStage({ crew, docket, files: known, runs: new Map(runs.map((run) => [run.file, run])) }, { tell });
  const tracks = track(ids, runs);
  for (const one of tracks.values()) docket.place(one);
  await crew.workOff((slot) => stage.next(slot));
  docket.placeRest();
  return {
    workers,
    tracks,
    fresh: Object.fromEntries([...docket.fresh.files()].map((file) => [file, docket.fresh.of(file).map(({ id }) => id)])),
    verdicts: said.flatMap((one) => (one.kind === 'verdict' ? [`${one.verdict.id} ${one.verdict.status}${one.verdict.provisional ? '?' : ''}`] : [])),
    notes: said.flatMap((one) => (one.kind === 'note' ? [one.text] : [])),
  };
}

interface Case {
  files: Record<string, ScriptedFile>;
  runs: FileRun[];
  /** Mutants to judge; number 1 where missing. */
  ids?: string[];
  asked: string[];
  fresh?: Record<string, string[]>;
  verdicts?: string[];
  notes?: string[];
}

const F = (more: Partial<FileRun> = {}) => fileRun('f', { a: ['1', '2', '3'] }, more);
const G = () => fileRun('g', { b: ['1'] }, { durations: new Map([['b', 50]]) });

const CASES: Record<string, Case> = {
  'opens a file once for all its mutants, and judges the next file in the same worker': {
    files: { f: { hot: { 1: [SURVIVED(1)], 2: [killedBy('a')] } }, g: { hot: { 1: [killedBy('b')] } } },
    runs: [F(), G()],
    ids: ['1', '2'],
    asked: ['2 probe f', '2 hot f 1(a) 2(a)', '2 probe g', '2 hot g 1(b)'],
    verdicts: ['2 Killed', '1 Killed'],
  },
  'opens a file among what others left once it is seen to do the same there': {
    files: { f: {}, g: { tests: { b: ['1'] }, opened: { amongOthers: true }, dry: () => ({ amongOthers: true }) } },
    runs: [F(), G()],
    asked: ['2 probe f', '2 hot f 1(a)', '2 open g', '2 dry g(b)', '2 probe g', '2 hot g 1(b)'],
    fresh: { f: ['1'] },
    verdicts: ['1 Survived?'],
  },
  'opens it in a new process where that is not seen': {
    files: { f: {}, g: { tests: { b: ['1'] }, opened: { amongOthers: true } } },
    runs: [F(), G()],
    asked: ['2 probe f', '2 hot f 1(a)', '2 open g', '2 dry g(b)', '3 probe g', '3 hot g 1(b)'],
    fresh: { f: ['1'] },
    verdicts: ['1 Survived?'],
  },
  'does not open it where it does something else there': {
    files: { f: {}, g: { opened: { amongOthers: true }, dry: (used) => ({ perTest: { b: hits(used ? ['1', '4'] : ['1']) }, amongOthers: used }) } },
    runs: [F(), G()],
    asked: ['2 probe f', '2 hot f 1(a)', '2 open g', '2 dry g(b)', '3 dry g(b)', '4 dry g(b)'],
    fresh: { f: ['1'] },
    verdicts: ['1 Survived?'],
    notes: ['g needs a process of its own: its tests do not do the same in a process that ran other tests before.'],
  },
  'does not try again what is known of a file': {
    files: { f: { hot: { 1: [killedBy('a')] } } },
    runs: [F({ probed: true, coldTests: new Map([['b', 'told before']]) })],
    asked: ['2 open f', '2 hot f 1(a)'],
    verdicts: ['1 Killed'],
  },
  'judges the others again when the worker is lost at one, which goes to fresh modules': {
    files: { f: { hot: { 1: [killedBy('a')], 2: ['died'], 3: [killedBy('a')] } } },
    runs: [F()],
    ids: ['1', '2', '3'],
    asked: ['2 probe f', '2 hot f 1(a) 2(a) 3(a)', '3 open f', '3 hot f 3(a)'],
    fresh: { f: ['2'] },
    verdicts: ['1 Killed', '3 Killed'],
  },
  'judges all again when the worker is lost at none of them': {
    files: { f: { hot: { 1: ['died', killedBy('a')] }, trace: 'gone' } },
    runs: [F()],
    asked: ['2 probe f', '2 hot f 1(a)', '3 open f', '3 hot f 1(a)'],
    verdicts: ['1 Killed'],
  },
  'sends what is not safe to call to fresh modules of the same file first': {
    files: { f: { hot: { 1: [SURVIVED(1)] } }, g: { hot: { 1: [UNSURE] } } },
    runs: [F(), G()],
    asked: ['2 probe f', '2 hot f 1(a)', '2 probe g', '2 hot g 1(b)'],
    fresh: { g: ['1'] },
  },
  'sends what does not end to fresh modules, what ran too often nowhere': {
    files: {
      f: {
        hot: {
          1: [{ result: 'timeout', certain: false, reason: 'no end', ran: 1 }],
          2: [{ result: 'timeout', certain: true, reason: 'too often', ran: 1 }],
        },
      },
    },
    runs: [F()],
    ids: ['1', '2'],
    asked: ['2 probe f', '2 hot f 1(a) 2(a)'],
    fresh: { f: ['1'] },
    verdicts: ['2 Timeout'],
  },
  'calls no test of a cold file, and opens it once': {
    files: { f: { opened: { cold: 'a timer fires late' } } },
    runs: [F()],
    ids: ['1', '2'],
    asked: ['2 open f'],
    fresh: { f: ['1', '2'] },
    notes: ['f is cold: a timer fires late.'],
  },
  'takes a file for cold when its process ends': {
    files: { f: { opened: 'died' } },
    runs: [F()],
    asked: ['2 open f'],
    fresh: { f: ['1'] },
    notes: ['f is cold: the process ends when its tests are called again.'],
  },
  'takes a file for cold when its process hangs': {
    files: { f: { probed: 'hung' } },
    runs: [F()],
    asked: ['2 probe f'],
    fresh: { f: ['1'] },
    notes: ['f is cold: the process hangs when its tests are called again.'],
  },
  'calls no test of a file of which none notices when all mutated code throws': {
    files: { f: { probed: { noticed: false } } },
    runs: [F()],
    asked: ['2 probe f'],
    fresh: { f: ['1'] },
    notes: ['f is cold: none of its tests notices when all mutated code throws.'],
  },
  'calls nothing where all covering tests are cold': {
    files: { f: { probed: { coldTests: { a: 'it fails' } } } },
    runs: [F()],
    asked: ['2 probe f'],
    fresh: { f: ['1'] },
    notes: ['"a" in f is cold: it fails.'],
  },
  'does not open a file of which it is known that it is cold': {
    files: { f: {} },
    runs: [F({ cold: 'it needs a process of its own', probed: true })],
    asked: [],
    fresh: { f: ['1'] },
  },
};

describe('judging by calling tests', () => {
  for (const [title, { files, runs, ids = ['1'], asked, fresh = {}, verdicts = [], notes = [] }] of Object.entries(CASES)) {
    it(title, async () => {
      const stage = await judge(files, runs, ids);
      assert.deepEqual(stage.workers.asked, asked);
      assert.deepEqual([stage.fresh, stage.verdicts, stage.notes], [fresh, verdicts, notes]);
    });
  }

  it('gives a worker at most forty mutants at once', async () => {
    const ids = Array.from({ length: 41 }, (_, i) => String(i));
    const { workers } = await judge({ f: { hot: Object.fromEntries(ids.map((id) => [id, [killedBy('a')]])) } }, [fileRun('f', { a: ids })], ids);
    assert.deepEqual(
      workers.orders.map(({ job }) => (job.kind === 'hot' ? job.mutants.length : job.kind)),
      ['open', 'probe', 40, 1],
    );
  });

  it('says how long tests may take, how often code may run and how much memory there is', async () => {
    const durations = { a: 20, b: 200 };
    const run = fileRun('f', { a: ['1'] }, { durations: new Map(Object.entries(durations)), runMs: 290, perTest: { a: { 1: 3 } } });
    const { workers } = await judge({ f: { hot: { 1: [killedBy('a')] } } }, [run], ['1'], 100);
    const [open, probe, hot] = workers.orders;
    const limits = callLimits(run);
    assert.deepEqual(open?.job, { kind: 'open', file: 'f', durations, limits, steps: callStepLimits(run), bystanders: ['b'] });
    assert.deepEqual(probe?.job, { kind: 'probe', file: 'f', covering: { a: { hits: { 1: 3 }, inert: [] } }, canary: true });
    assert.deepEqual(open?.limits, { totalMs: openLimit(run), stallMs: openLimit(run) });
    assert.deepEqual(hot?.job, { kind: 'hot', file: 'f', mutants: [{ id: '1', tests: [0], hitLimit: 300 }] });
    assert.deepEqual(hot?.limits, { totalMs: Number.POSITIVE_INFINITY, stallMs: stallLimit(run) });
    assert.deepEqual([open?.maxMemory, hot?.maxMemory], [150, 150]);
  });

  it('counts the tests that ran, those of an unsure judgement not', async () => {
    const files = { f: { hot: { 1: [SURVIVED(2)] } }, g: { hot: { 1: [UNSURE] } } };
    const { tracks } = await judge(files, [F(), G()], ['1']);
    assert.equal(tracks.get('1')?.ran, 2);
  });
});
