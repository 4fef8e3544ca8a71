import assert from 'node:assert/strict';
import { Auditor } from '../audit/index.ts';
import type { FileView, ResolvedMutant, ResolvedPiece } from '../mutation/index.ts';
import { letThrough } from './let-through.ts';

const TEXT = `describe('shop', () => {
  it('adds', () => { expect(add(1)).toBeTruthy(); });
  it.each([[1], [2]])('takes %s off', (n) => { expect(off(n)).toBeTruthy(); });
  it('is open', () => { expect(open()).toBeTruthy(); });
});
`;
const FILE = 'test/shop.test.ts';
const NAMES = ['shop > adds', 'shop > takes 1 off', 'shop takes 2 off', 'shop > is open', 'shop > is gone'];
const TESTS = new Map(
  [...NAMES.map((name, id) => ({ id, name, file: FILE, durationMs: 1 })), { id: 9, name: 'shop > adds', file: 'test/b.test.ts', durationMs: 1 }].map(
    (one) => [one.id, one],
  ),
);

const mutant = (id: string, coveredBy: number[], rest: Partial<ResolvedMutant> = {}): ResolvedMutant =>
  ({ id, status: 'Survived', coveredBy, killedBy: [], ...rest }) as ResolvedMutant;
const piece = (mutants: ResolvedMutant[], rest: Partial<ResolvedPiece> = {}): ResolvedPiece => ({ stale: false, mutants, ...rest }) as ResolvedPiece;

const SOURCES: Record<string, ResolvedPiece[]> = {
  'src/add.ts': [
    piece([
      mutant('a', [0]),
      mutant('b', [0, 1, 2]),
      mutant('killed', [0], { status: 'Killed' }),
      mutant('quiet', [0], { suppressed: { reason: 'a log' } as never }),
    ]),
    piece([mutant('old', [0])], { stale: true }),
  ],
  'src/off.ts': [piece([mutant('c', [2, 4])]), piece([mutant('d', [9])])],
  'src/other.ts': [piece([mutant('e', [9])])],
};

describe('what a test lets through', () => {
  it('is what it runs and no test notices, by files, also of a test that is run for rows', async () => {
    const asked: string[] = [];
    const auditor = await Auditor.create();
    const tests = auditor.audit('/shop/test/shop.test.ts', TEXT)?.tests ?? [];
    const book = {
      tests: () => TESTS,
      files: () => Object.keys(SOURCES),
      pieces: (file: string) => (SOURCES[file] ?? []).map(({ mutants }) => ({ mutants: new Map(mutants.map((one) => [one.id, one])) })),
    };
    const found = await letThrough({ book: book as never, path: FILE, text: TEXT, tests }, async (path) => {
      asked.push(path);
      return { path, pieces: SOURCES[path], pending: false, text: '' } as FileView;
    });
    assert.deepEqual(asked, ['src/add.ts', 'src/off.ts'], 'files whose survivors its tests run');
    assert.deepEqual(
      [...found].map(([place, { names, files }]) => [place, names, files.map(({ path, mutants }) => [path, mutants.map(({ id }) => id)])]),
      [
        [0, ['shop > adds'], [['src/add.ts', ['a', 'b']]]],
        [
          1,
          ['shop > takes 1 off', 'shop takes 2 off'],
          [
            ['src/add.ts', ['b']],
            ['src/off.ts', ['c']],
          ],
        ],
      ],
    );
  });
});
