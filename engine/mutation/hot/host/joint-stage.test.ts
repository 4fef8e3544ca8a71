import assert from 'node:assert/strict';
import { fileRun, hits } from '../../../../test/support/file-runs.ts';
import { killedBy, type ScriptedFile, ScriptedWorkers } from '../../../../test/support/scripted-workers.ts';
import type { Said } from './assignment.ts';
import { Crew } from './crew.ts';
import { Docket } from './docket.ts';
import { FreshStage } from './fresh-stage.ts';
import { JointStage } from './joint-stage.ts';
import { type FileRun, track } from './tracks.ts';

interface Case {
  runs: FileRun[];
  ids: string[];
  /** What the files come to, `f+g` where they are loaded at once. */
  files?: Record<string, ScriptedFile>;
  asked: string[];
  verdicts: string[];
}

/** Has mutants judged that waited for fresh modules. */
async function judge({ runs, ids, files = {} }: Case): Promise<{ asked: string[]; verdicts: string[] }> {
  const workers = new ScriptedWorkers({ ...Object.fromEntries(['f', 'g', 'f+g'].map((name) => [name, {}])), ...files });
  const said: Said[] = [];
  const tell = (one: Said) => void said.push(one);
  const crew = new Crew(workers, 1, 50, []);
  const docket = new Docket({ tell });
  const parts = { crew, docket, files: new Map(workers.files.map((file) => [file.file, file])), runs: new Map(runs.map((run) => [run.file, run])) };
  const combine = (names: readonly string[]) => ({ file: [...names].sort().join('+'), group: 'all' });
  const joint = new JointStage(parts, { combine });
  const fresh = new FreshStage(parts, { tell, combine });
  for (const one of track(ids, runs, { shared: true }).values()) {
    one.hot = [];
    docket.place(one);
  }
  await crew.workOff((slot) => joint.next(slot) ?? fresh.next(slot));
  return {
    asked: workers.asked.map((one) => one.replaceAll('\n', '/')),
    verdicts: said.flatMap((one) => (one.kind === 'verdict' ? [`${one.verdict.id} ${one.verdict.status} of ${one.verdict.testsRun}`] : [])),
  };
}

const KNOWN = { reloaded: true };
/** Test a changes with mutant 1, b with 2, c with 3; all reach all. */
const EACH = { a: ['1', '2~', '3~'], b: ['1~', '2', '3~'], c: ['1~', '2~', '3'] };
const ALL_SURVIVE = ['1 Survived of 3', '2 Survived of 3', '3 Survived of 3'];

const CASES: Record<string, Case> = {
  'runs the tests once for mutants that change something in different tests': {
    runs: [fileRun('f', EACH, KNOWN)],
    ids: ['1', '2', '3'],
    asked: ['1 joint f 1(a) 2(b) 3(c)'],
    verdicts: ALL_SURVIVE,
  },
  'loads all files at once in which one is to be judged': {
    runs: [fileRun('f', { a: ['1', '2~'], b: ['1~', '2'] }, KNOWN), fileRun('g', { c: ['1~', '2~'] }, KNOWN)],
    ids: ['1', '2'],
    asked: ['1 joint f+g 1(f/a) 2(f/b)'],
    verdicts: ['1 Survived of 3', '2 Survived of 3'],
  },
  'judges by themselves mutants that change something in the same test': {
    runs: [fileRun('f', { a: ['1', '2'], b: ['1~', '2~'] }, KNOWN)],
    ids: ['1', '2'],
    asked: ['1 checked f 1(a,b) 2(a,b)'],
    verdicts: ['1 Survived of 2', '2 Survived of 2'],
  },
  'judges by themselves mutants that have no tests in common': {
    runs: [fileRun('f', { a: ['1'], b: ['2'] }, KNOWN)],
    ids: ['1', '2'],
    asked: ['1 checked f 1(a) 2(b)'],
    verdicts: ['1 Survived of 1', '2 Survived of 1'],
  },
  'judges by itself what was suspected, and the others again in one run': {
    runs: [fileRun('f', EACH, KNOWN)],
    ids: ['1', '2', '3'],
    files: { f: { joint: [{ survived: [], suspects: ['2'] }], fresh: { 2: [killedBy('b')] } } },
    asked: ['1 joint f 1(a) 2(b) 3(c)', '1 joint f 1(a) 3(c)', '1 checked f 2(a,b,c)'],
    verdicts: ['1 Survived of 3', '3 Survived of 3', '2 Killed of 1'],
  },
  'judges all by themselves when the worker was lost': {
    runs: [fileRun('f', EACH, KNOWN)],
    ids: ['1', '2', '3'],
    files: { f: { joint: ['died'] } },
    asked: ['1 joint f 1(a) 2(b) 3(c)', '2 checked f 1(a,b,c) 2(a,b,c) 3(a,b,c)'],
    verdicts: ALL_SURVIVE,
  },
  'leaves what changes something while a file loads': {
    runs: [fileRun('f', { a: ['1', '2~'], b: ['1~', '2'] }, { ...KNOWN, atLoad: hits(['1']) })],
    ids: ['1', '2'],
    files: { f: { tests: { a: [], b: [] } } },
    asked: ['1 checked f 1 2(a,b)'],
    verdicts: ['1 Survived of 2', '2 Survived of 2'],
  },
  'leaves what would have changed something when a test was called again': {
    runs: [fileRun('f', { a: ['1', '2~'], b: ['1~', '2'] }, { ...KNOWN, infecting: new Map([['b', ['1']]]) })],
    ids: ['1', '2'],
    asked: ['1 checked f 1(a,b) 2(a,b)'],
    verdicts: ['1 Survived of 2', '2 Survived of 2'],
  },
  'leaves files that need a process of their own': {
    runs: [fileRun('f', { a: ['1', '2~'], b: ['1~', '2'] }, { ...KNOWN, ownProcess: 'leaks' })],
    ids: ['1', '2'],
    asked: ['1 fresh f 1(a,b)', '2 fresh f 2(a,b)'],
    verdicts: ['1 Survived of 2', '2 Survived of 2'],
  },
};

describe('judging mutants in one run', () => {
  for (const [title, one] of Object.entries(CASES)) {
    it(title, async () => {
      const { asked, verdicts } = await judge(one);
      assert.deepEqual([asked, verdicts], [one.asked, one.verdicts]);
    });
  }
});
