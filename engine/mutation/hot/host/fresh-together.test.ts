import assert from 'node:assert/strict';
import { fileRun, hits } from '../../../../test/support/file-runs.ts';
import { type Case, F, G, judge, KNOWN, OWN_PROCESS, withTests } from '../../../../test/support/fresh-judging.ts';
import { killedBy, SURVIVED } from '../../../../test/support/scripted-workers.ts';
import { busyLimit, firstLimit, timesOf } from './limits.ts';

/** What comes of a mutant that stops the process of both: where nothing ran before, and where another mutant did. */
function stopped(title: string, how: 'busy' | 'memory', status: string): Record<string, Case> {
  const files = { f: {}, g: {}, 'f+g': { fresh: { 1: [how] } } };
  return {
    [`${title} where nothing ran before`]: { files, runs: [F(), G()], asked: ['2 fresh f+g 1(f\na,g\nb)'], verdicts: [`1 ${status} of 0`] },
    [`${title} where others ran before: it is tried in a new process`]: {
      files,
      runs: ['f', 'g'].map((file) => fileRun(file, { a: ['2', '1'] }, KNOWN)),
      ids: ['2', '1'],
      asked: ['2 fresh f+g 2(f\na,g\na)', '2 fresh f+g 1(f\na,g\na)', '3 fresh f+g 1(f\na,g\na)'],
      verdicts: ['2 Survived of 2', `1 ${status} of 0`],
    },
  };
}

/** Two files that the framework can run in the same modules, as `f+g`. */
const TOGETHER: Record<string, Case> = {
  'survives in several files at once': {
    files: { f: {}, g: {}, 'f+g': {} },
    runs: [F(), G()],
    asked: ['2 fresh f+g 1(f\na,g\nb)'],
    verdicts: ['1 Survived of 2'],
  },
  'is killed in one of them': {
    files: { f: {}, g: { fresh: { 1: [killedBy('b')] } }, 'f+g': { fresh: { 1: [killedBy('g\nb', 2)] } } },
    runs: [F(), G()],
    asked: ['2 fresh f+g 1(f\na,g\nb)', '2 checked g 1(b)'],
    verdicts: ['1 Killed of 2'],
  },
  'is killed in one of them where all tests of that file run that stand before what kills it': {
    files: { f: {}, g: { fresh: { 1: [killedBy('b')] } }, 'f+g': { fresh: { 1: [killedBy('g\nb', 2)] } } },
    runs: [F(), fileRun('g', { a: [], b: ['1'] }, KNOWN)],
    asked: ['2 fresh f+g 1(f\na,g\nb)', '2 checked g 1'],
    verdicts: ['1 Killed of 2'],
  },
  'is judged in each of them where what kills it does not do so by itself': {
    files: { f: { fresh: { 1: [killedBy('a')] } }, g: {}, 'f+g': { fresh: { 1: [killedBy('g\nb', 2)] } } },
    runs: [F(), G()],
    asked: ['2 fresh f+g 1(f\na,g\nb)', '2 checked g 1(b)', '2 checked f 1(a)'],
    verdicts: ['1 Killed of 1'],
  },
  'is judged in each of them where not all tests ran': {
    files: { f: {}, g: {}, 'f+g': { fresh: { 1: [SURVIVED(1)] } } },
    runs: [F(), G()],
    asked: ['2 fresh f+g 1(f\na,g\nb)', '2 checked f 1(a)', '2 checked g 1(b)'],
    verdicts: ['1 Survived of 2'],
  },
  'is not judged by itself in one in which it changes nothing': {
    files: { f: {}, g: {}, 'g+f': { fresh: { 1: [SURVIVED(1)] } } },
    runs: [F(), fileRun('g', { b: ['1~'] }, KNOWN)],
    asked: ['2 fresh g+f 1(g\nb,f\na)', '2 checked f 1(a)'],
    verdicts: ['1 Survived of 1'],
  },
  'is judged by itself where it would have changed something when tests were called again': {
    files: { f: {}, g: { fresh: { 1: [killedBy('b')] } }, 'g+f': { fresh: { 1: [SURVIVED(1)] } } },
    runs: [F(), fileRun('g', { b: ['1~'] }, { ...KNOWN, infecting: new Map([['b', ['1']]]) })],
    asked: ['2 fresh g+f 1(g\nb,f\na)', '2 checked f 1(a)', '2 checked g 1(b)'],
    verdicts: ['1 Killed of 2'],
  },
  'is judged by itself where it changes something only when tests are called again': {
    files: { f: {}, g: { fresh: { 1: [killedBy('b')] } }, 'f+g': { fresh: { 1: ['died'] } } },
    runs: ['f', 'g'].map((file, i) => {
      const key = i === 0 ? 'a' : 'b';
      return fileRun(file, { [key]: ['1~'] }, { ...KNOWN, infecting: new Map([[key, ['1']]]) });
    }),
    asked: ['2 fresh f+g 1(f\na,g\nb)', '3 checked f 1(a)', '3 checked g 1(b)'],
    verdicts: ['1 Killed of 2'],
  },
  'is judged in each of them where something went wrong': {
    files: { f: {}, g: { fresh: { 1: [killedBy('b')] } }, 'f+g': { fresh: { 1: ['died'] } } },
    runs: [F(), G()],
    asked: ['2 fresh f+g 1(f\na,g\nb)', '3 checked f 1(a)', '3 checked g 1(b)'],
    verdicts: ['1 Killed of 2'],
  },
  ...stopped('works without an end there', 'busy', 'Timeout'),
  ...stopped('takes too much memory there', 'memory', 'Killed'),
  'is judged in each of them where one needs a process of its own': {
    files: { f: {}, g: { dry: () => ({ error: 'no' }) } },
    runs: [F(), G({})],
    asked: ['2 dry g(b)', '2 dry g(b)', '2 checked f 1(a)', '3 fresh g 1(b)'],
    verdicts: ['1 Survived of 2'],
    notes: [OWN_PROCESS.replace('f', 'g')],
  },
  'runs while they load: the first is tried alone': {
    files: { f: {}, g: {}, h: {}, 'g+h': {} },
    runs: ['f', 'g', 'h'].map((file) => fileRun(file, { a: [] }, { ...KNOWN, atLoad: hits(['1']) })),
    asked: ['2 checked f 1', '2 fresh g+h 1(g\na,h\na)'],
    verdicts: ['1 Survived of 3'],
  },
};

describe('judging in fresh modules of several files', () => {
  for (const [title, { files, runs, ids = ['1'], asked, verdicts, notes = [] }] of Object.entries(TOGETHER)) {
    it(title, async () => {
      const combine = (names: readonly string[]) => ({ file: names.join('+'), group: 'all' });
      const stage = await judge(withTests(files, runs), runs, ids, { combine });
      assert.deepEqual(stage.workers.asked, asked);
      assert.deepEqual([stage.verdicts, stage.notes], [verdicts, notes]);
    });
  }

  it('gives a process that ran nothing before as much of a processor as counts for good', async () => {
    const runs = ['f', 'g'].map((file) => fileRun(file, { a: ['2', '1'] }, { ...KNOWN, runMs: 100 }));
    const combine = (names: readonly string[]) => ({ file: names.join('+'), group: 'all' });
    const { workers } = await judge(withTests({ f: {}, g: {}, 'f+g': {} }, runs), runs, ['2', '1'], { combine });
    const times = timesOf(runs);
    const limits = { totalMs: firstLimit(times), stallMs: firstLimit(times) };
    assert.deepEqual(
      workers.orders.map((order) => order.limits),
      [{ ...limits, busyMs: busyLimit(times) }, limits],
    );
  });
});
