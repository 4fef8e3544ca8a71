import assert from 'node:assert/strict';
import { falsePositives } from './inventory.ts';
import { seen, witnessedFile } from './samples.ts';

const WEAK = 'f();';
const STRONG = 'expect(f()).toEqual({ a: 1, b: 2 });';

/** What a test that nothing makes fail runs, its body, what another test runs that notices something, and what is said. */
const CASES: [runs: string[], body: string, others: string[], priority: string, sentence: RegExp][] = [
  [['a#f'], WEAK, [], 'critical', /^Of the tests that were run, no other checks what it runs: `f` can do anything\.$/],
  [['a#f'], WEAK, ['b#f'], 'critical', /`f` can do anything/],
  [['a#f', 'a#g'], WEAK, ['a#g'], 'high', /^Of the tests that were run, no other checks `f`\.$/],
  [['a#f'], STRONG, ['a#f'], 'medium', /^It looks as if it checked behaviour \(strength \d+\); other tests check what it runs\.$/],
  [['a#f'], WEAK, ['a#f', 'a#g'], 'low', /^Other tests check what it runs\.$/],
  [[], WEAK, ['a#f'], 'low', /^Other tests check what it runs\.$/],
];

describe('the inventory of false positives', () => {
  for (const [runs, body, others, priority, sentence] of CASES) {
    it(`${runs.join()} beside ${others.join() || 'nothing'}, ${body}: ${priority}`, async () => {
      const file = await witnessedFile(`it('a', () => { ${body} });\nit('b', () => { f(); });`, [seen('unnoticed', runs), seen('noticed', others)]);
      const [found, ...more] = falsePositives([file]);
      assert.equal(more.length, 0);
      assert.deepEqual([found?.priority, found?.test.title, found?.breakages, found?.place.start], [priority, ['a'], 7, { line: 0, column: 0 }]);
      assert.match(found?.sentence ?? '', sentence);
    });
  }

  it('names those first that should be mended first', async () => {
    const text = ['a', 'b', 'c', 'd'].map((name) => `it('${name}', () => { f(); });`).join('\n');
    const file = await witnessedFile(text, [
      seen('unnoticed', ['a#f']),
      seen('noticed', ['a#f']),
      seen('unnoticed', ['a#g'], { breakages: 3 }),
      seen('unnoticed', ['a#h'], { breakages: 9 }),
    ]);
    assert.deepEqual(
      falsePositives([file]).map(({ test }) => test.title.join()),
      ['d', 'c', 'a'],
    );
  });

  it('leaves out what is undecided, fails or reaches nothing', async () => {
    const verdicts = ['undecided', 'fails', 'reaches-nothing', 'noticed'] as const;
    const text = verdicts.map((name) => `it('${name}', () => { f(); });`).join('\n');
    assert.deepEqual(
      falsePositives([
        await witnessedFile(
          text,
          verdicts.map((verdict) => seen(verdict, ['a#f'])),
        ),
      ]),
      [],
    );
  });
});
