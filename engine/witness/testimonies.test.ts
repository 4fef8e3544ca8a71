import assert from 'node:assert/strict';
import { emptyWorkspace, removeWorkspaces } from '../../test/support/workspaces.ts';
import { Store } from '../store/index.ts';
import { auditOf } from './samples.ts';
import { findingsSeen } from './seen.ts';
import { type KnownTestimony, Testimonies } from './testimonies.ts';
import type { Testimony } from './testimony.ts';

const FILE = '/shop/test/a.test.ts';
const TEXT = "it('a', () => { expect(f()).toBe(1); });\nit('b', () => { f(); });\nit('b', () => { f(); });\n";

describe('what tests were seen to do', () => {
  let store: Store;
  let testimonies: Testimonies;
  const hashes = new Map<string, string>();
  const hashOfFile = (file: string) => hashes.get(file) ?? '';
  const known = async (text: string) => testimonies.of(FILE, text, await auditOf(text), hashOfFile);
  const verdicts = async (text: string) => [...(await known(text))].map(([place, { verdict }]) => [place, verdict]);

  beforeEach(async () => {
    store = Store.open(emptyWorkspace());
    testimonies = new Testimonies(store, '/shop');
    hashes.clear();
    hashes.set('/shop/src/f.ts', 'one').set('/shop/src/g.ts', 'one');
    const { tests } = await auditOf(TEXT);
    const range = { start: { line: 0, column: 0 }, end: { line: 0, column: 1 } };
    testimonies.record(
      {
        file: FILE,
        text: TEXT,
        tests: tests.map(
          ({ title, start, end, strength }, place): Testimony => ({
            place,
            title,
            start,
            end,
            strength,
            verdict: place === 0 ? 'noticed' : place === 1 ? 'unnoticed' : 'undecided',
            breakages: place === 1 ? 5 : 0,
            reached: [{ file: place === 0 ? '/shop/src/f.ts' : '/shop/src/g.ts', name: 'f', range }],
            neverMade: place === 0 ? [{ start: 16, end: 35, why: '`x` did not hold' }] : [],
            thrown: place === 0 ? [{ start: 16, end: 35, message: 'gone' }] : [],
            ...(place === 2 && { why: 'it took too long' }),
          }),
        ),
      },
      hashOfFile,
    );
  });
  afterEach(() => {
    store.close();
    removeWorkspaces();
  });

  it('is known of each test, also of those of one name', async () => {
    assert.deepEqual(await verdicts(TEXT), [
      [0, 'noticed'],
      [1, 'unnoticed'],
      [2, 'undecided'],
    ]);
    const first = (await known(TEXT)).get(0) as KnownTestimony;
    assert.deepEqual(first.reached, [{ file: 'src/f.ts', name: 'f', line: 0 }]);
    assert.deepEqual(first.thrown, [{ start: 16, end: 35, message: 'gone' }]);
    assert.equal((await known(TEXT)).get(2)?.why, 'it took too long');
    assert.ok(testimonies.knows(FILE));
    assert.ok(!testimonies.knows('/shop/test/b.test.ts'));
  });

  it('follows tests that move, and line ends', async () => {
    assert.deepEqual(await verdicts(`\n\nconst x = 1;\n${TEXT}`), [
      [0, 'noticed'],
      [1, 'unnoticed'],
      [2, 'undecided'],
    ]);
    assert.deepEqual(await verdicts(TEXT.replaceAll('\n', '\r\n')), [
      [0, 'noticed'],
      [1, 'unnoticed'],
      [2, 'undecided'],
    ]);
  });

  it('is not known of a test with another text or title', async () => {
    assert.deepEqual(await verdicts(TEXT.replace('toBe(1)', 'toBe(2)')), [
      [1, 'unnoticed'],
      [2, 'undecided'],
    ]);
    assert.deepEqual(await verdicts(TEXT.replace("it('a'", "it('c'")), [
      [1, 'unnoticed'],
      [2, 'undecided'],
    ]);
  });

  it('is not known where the code that a test ran is other code', async () => {
    hashes.set('/shop/src/g.ts', 'two');
    assert.deepEqual(await verdicts(TEXT), [[0, 'noticed']]);
  });

  it('tells of the functions of a source which tests ran them, as long as it is as it was', () => {
    const told = () =>
      (testimonies.reachedIn('/shop/src/g.ts').get(hashOfFile('/shop/src/g.ts')) ?? []).map(({ name, line, tests }) => [
        name,
        line,
        tests.map(({ file, title, line: at, strength, verdict }) => [file, title.join(), at, strength, verdict]),
      ]);
    assert.deepEqual(told(), [
      [
        'f',
        0,
        [
          [FILE, 'b', 1, 10, 'unnoticed'],
          [FILE, 'b', 2, 10, 'undecided'],
        ],
      ],
    ]);
    hashes.set('/shop/src/g.ts', 'two');
    assert.deepEqual(told(), []);
    assert.deepEqual(testimonies.reachedIn('/shop/src/h.ts'), new Map());
  });

  it('takes the place of what was known of a file', async () => {
    testimonies.record({ file: FILE, text: TEXT, tests: [] }, hashOfFile);
    assert.deepEqual(await verdicts(TEXT), []);
  });

  it('becomes findings at their places', async () => {
    const text = `const x = 1;\n${TEXT}`;
    const found = findingsSeen(await auditOf(text), text, await known(text));
    assert.deepEqual(
      found.map(({ rule, start, end, message }) => [rule, text.slice(start, end), message]),
      [
        ['never-made-assertion', 'expect(f()).toBe(1)', 'This was not made when the test ran: `x` did not hold.'],
        ['false-positive', "it('b'", 'This test passes whatever the code does: it passed with each of 5 changes to `f`, which it runs.'],
      ],
    );
  });
});

/** A test that ran no function, and whether that is a finding. */
const NOTHING: [text: string, isTold: boolean][] = [
  ["it('a', () => { expect([1].length).toBe(1); });", true],
  ["it('a', () => { expectTypeOf(1).toBeNumber(); });", false],
  ["it('a', () => { expect(execFileSync('shop').toString()).toBe('1'); });", false],
  ["it('a', async () => { expect(await fetch('/shop')).toBe(1); });", false],
  ["it('a', () => {});", false],
];

describe('a test that runs nothing', () => {
  for (const [text, isTold] of NOTHING) {
    it(`${text}: ${isTold ? 'told of' : 'not told of'}`, async () => {
      const testimony: KnownTestimony = { verdict: 'reaches-nothing', breakages: 0, reached: [], neverMade: [], thrown: [], seenAt: 0 };
      const found = findingsSeen(await auditOf(text), text, new Map([[0, testimony]]));
      assert.deepEqual(
        found.map(({ rule }) => rule),
        isTold ? ['reaches-nothing'] : [],
      );
    });
  }
});
