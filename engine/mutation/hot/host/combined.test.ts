import assert from 'node:assert/strict';
import { fileRun, hits } from '../../../../test/support/file-runs.ts';
import { combineOpen } from './combined.ts';
import { type FileRun, track } from './tracks.ts';

/** Test files by name, and where each mutant is judged by calling tests: `files: tests`. */
const CASES: Record<string, [runs: FileRun[], hot: Record<string, string[]>]> = {
  'the tests of all files that reach mutants are called while all of them are open': [
    [fileRun('f', { a: ['1'], b: ['1', '2'] }), fileRun('g', { a: ['1'] })],
    { 1: ['g+f: g/a f/a f/b'], 2: ['g+f: f/b'] },
  ],
  'a file that reaches none is left out': [[fileRun('f', { a: ['1'] }), fileRun('g', { a: [] })], { 1: ['f: a'] }],
  'what runs while a file loads is not judged by its tests': [
    [fileRun('f', { a: ['1'] }, { atLoad: hits(['1']) }), fileRun('g', { a: ['1', '2'] }), fileRun('h', { a: ['2'] })],
    { 1: ['g+h: g/a'], 2: ['g+h: g/a h/a'] },
  ],
  'files that take long to load are opened by themselves': [
    [fileRun('f', { a: ['1'] }, { runMs: 3000 }), fileRun('g', { a: ['1'] }, { runMs: 3000 })],
    { 1: ['f: a', 'g: a'] },
  ],
  'so are those that take something of the machine, together': [
    [
      fileRun('f', { a: ['1'] }, { claims: ['port 80'] }),
      fileRun('g', { a: ['1'] }),
      fileRun('h', { a: ['1'] }, { claims: ['/tmp/x'] }),
      fileRun('i', { a: ['1'] }),
    ],
    { 1: ['f+h: f/a h/a', 'g+i: g/a i/a'] },
  ],
  'so are the slow ones, the fastest first': [
    [
      fileRun('slow', { a: ['1'] }, { durations: new Map([['a', 90]]), runMs: 3000 }),
      fileRun('g', { a: ['1'] }, { runMs: 2000 }),
      fileRun('h', { a: ['1'] }, { runMs: 1900 }),
    ],
    { 1: ['g+h: g/a h/a', 'slow: a'] },
  ],
};

const combine = (files: readonly string[]) => ({ file: files.join('+'), group: '' });
const short = (key: string) => key.replace('\n', '/');

describe('files that are opened together', () => {
  for (const [title, [runs, hot]] of Object.entries(CASES)) {
    it(title, () => {
      const tracks = track(Object.keys(hot), runs);
      combineOpen(tracks.values(), { files: new Map(), runs: new Map() }, combine);
      const found = [...tracks].map(([id, one]) => [id, one.hot.map(({ file, infected }) => `${file.file}: ${infected.map(short).join(' ')}`)]);
      assert.deepEqual(Object.fromEntries(found), hot);
    });
  }

  it('are known by what their tests are known by, with what each file showed', () => {
    const f = fileRun('f', { a: ['1'] }, { durations: new Map([['a', 5]]), runMs: 7 });
    const g = fileRun('g', { a: ['1'] }, { indexes: new Map([['a', 3]]), runMs: 8 });
    const { files, runs } = combineOpen(track(['1'], [f, g]).values(), { files: new Map(), runs: new Map() }, combine);
    const unit = runs.get('g+f') as FileRun;
    assert.deepEqual([...files.keys()], ['g+f']);
    assert.deepEqual([unit.parts, unit.runMs], [[g, f], 15]);
    assert.deepEqual(
      [...unit.durations],
      [...unit.indexes].map(([key], i) => [key, [1, 5][i]]),
    );
    assert.deepEqual(
      [...unit.indexes],
      [
        ['g\na', 3],
        ['f\na', 0],
      ],
    );
    assert.deepEqual(unit.perTest, { 'g\na': { 1: 1 }, 'f\na': { 1: 1 } });
  });
});
