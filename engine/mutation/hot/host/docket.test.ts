import assert from 'node:assert/strict';
import { fileRun, hits } from '../../../../test/support/file-runs.ts';
import type { Judgement } from '../jobs.ts';
import type { Verdict } from './assignment.ts';
import { Docket } from './docket.ts';
import type { Queues } from './queues.ts';
import { type Coverage, type FileRun, type Track, track } from './tracks.ts';

const RUN = fileRun('f', { a: ['1'], b: ['1'] });
const STATIC = fileRun('g', { c: [] }, { atLoad: hits(['1']) });

/** Mutant 1 on a docket, as far as it got. */
function placed(runs: FileRun[], more: (one: Track) => Partial<Track> = () => ({})) {
  const told: Verdict[] = [];
  const docket = new Docket({ tell: (said) => void (said.kind === 'verdict' && told.push(said.verdict)) });
  const one = track(['1'], runs).get('1') as Track;
  Object.assign(one, more(one));
  docket.place(one);
  return { docket, one, told };
}

const waiting = (queues: Queues) => [...queues.files()].flatMap((file) => queues.of(file).map(({ id }) => `${file} ${id}`));

interface Case {
  runs: FileRun[];
  more?: (one: Track) => Partial<Track>;
  hot?: string[];
  fresh?: string[];
  /** The statuses that are told, with `?` for one that may still change. */
  told?: string[];
}

const PLACES: Record<string, Case> = {
  'first where its tests can be called': { runs: [RUN], hot: ['f 1'] },
  'there too where another file reaches it while it loads': { runs: [STATIC, RUN], hot: ['f 1'] },
  'in fresh modules where it is only reached while a file loads': { runs: [STATIC], fresh: ['g 1'] },
  'in fresh modules where calling tests showed nothing, surviving for now': {
    runs: [RUN],
    more: () => ({ hot: [], ran: 2 }),
    fresh: ['f 1'],
    told: ['Survived?'],
  },
  'in fresh modules where no test was called, of which nothing is told': { runs: [RUN], more: () => ({ hot: [] }), fresh: ['f 1'] },
  'in fresh modules of each file, the cheapest first': {
    runs: [{ ...STATIC, durations: new Map([['c', 90]]) }, RUN],
    more: () => ({ hot: [] }),
    fresh: ['f 1'],
  },
  'in fresh modules of the files that are left': {
    runs: [RUN, STATIC],
    more: ({ coverage }) => ({ hot: [], inFresh: true, ran: 1, fresh: coverage.filter(({ atLoad }) => atLoad) }),
    fresh: ['g 1'],
  },
  'nowhere where no file is left and a test reached it': { runs: [RUN], more: () => ({ hot: [], inFresh: true, reached: true }), told: ['Survived'] },
  'nowhere where no file is left and none reached it': { runs: [RUN], more: () => ({ hot: [], inFresh: true, ran: 3 }), told: ['NoCoverage'] },
  'nowhere where no test reaches it': { runs: [], told: ['NoCoverage'] },
};

describe('where a mutant is judged next', () => {
  for (const [title, { runs, more, hot = [], fresh = [], told = [] }] of Object.entries(PLACES)) {
    it(title, () => {
      const { docket, told: verdicts } = placed(runs, more);
      assert.deepEqual(waiting(docket.hot), hot);
      assert.deepEqual(waiting(docket.fresh), fresh);
      assert.deepEqual(
        verdicts.map(({ status, provisional }) => `${status}${provisional ? '?' : ''}`),
        told,
      );
    });
  }

  it('says why a mutant that a test reached once has no coverage, and of one that none ever did nothing', () => {
    const reasonOf = (runs: FileRun[]) => placed(runs, () => ({ hot: [], inFresh: true })).told[0]?.reason;
    assert.equal(reasonOf([RUN]), 'Tests reached it once, but none did when it was changed.');
    assert.equal(reasonOf([]), undefined);
  });

  it('is put off until those that are late are placed: then in a process of its own', () => {
    const { docket, one } = placed([RUN], ({ coverage }) => ({ hot: [], inFresh: true, fresh: coverage }));
    docket.fresh.take('f', [one]);
    docket.putOff(one);
    assert.deepEqual([waiting(docket.fresh), one.late, one.newProcess], [[], true, true]);
    docket.placeRest();
    assert.deepEqual(waiting(docket.fresh), ['f 1']);
    docket.fresh.take('f', [one]);
    docket.placeRest();
    assert.deepEqual(waiting(docket.fresh), []);
  });
});

const JUDGEMENTS: Record<string, [judgement: Judgement, verdict: Partial<Verdict> | undefined]> = {
  'a test noticed': [
    { result: 'killed', by: 'b', reason: 'b fails', reached: true, ran: 2 },
    { status: 'Killed', killedBy: [1], reason: 'b fails' },
  ],
  'the file could not be loaded': [
    { result: 'killed', reason: 'no', reached: true, ran: 0 },
    { status: 'Killed', killedBy: [], reason: 'no' },
  ],
  'a test without a number noticed': [
    { result: 'killed', by: 'x', reason: 'no', reached: true, ran: 1 },
    { status: 'Killed', killedBy: [], reason: 'no' },
  ],
  'it ran too often': [
    { result: 'timeout', certain: true, by: 'a', reason: 'loops', ran: 1 },
    { status: 'Timeout', killedBy: [], reason: 'loops' },
  ],
  'no test noticed': [{ result: 'survived', reached: true, ran: 2 }, undefined],
  'something was left behind': [{ result: 'unsure', reason: 'left behind' }, undefined],
};

describe('what a judgement proves', () => {
  for (const [title, [judgement, verdict]] of Object.entries(JUDGEMENTS)) {
    it(title, () => {
      const { docket, one, told } = placed([RUN]);
      assert.equal(docket.convict(one, one.coverage[0] as Coverage, judgement), verdict !== undefined);
      assert.deepEqual(told, verdict ? [{ id: '1', static: false, coveredBy: [0, 1], testsRun: 0, ...verdict }] : []);
    });
  }

  it('names the covering tests of all files, but none without a number; and whether the code runs outside of tests', () => {
    const skipped = fileRun('h', { d: ['1'], s: ['1'] }, { indexes: new Map([['d', 9]]) });
    const { docket, one, told } = placed([RUN, skipped, STATIC], () => ({ ran: 4 }));
    docket.settle(one, { status: 'Survived' });
    assert.deepEqual(told, [{ id: '1', status: 'Survived', static: true, coveredBy: [0, 1, 9], killedBy: [], testsRun: 4 }]);
  });
});
