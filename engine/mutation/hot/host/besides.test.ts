import assert from 'node:assert/strict';
import { Besides } from './besides.ts';

/** What two files that ran at the same time took, and whether one was in the other's way. */
const CASES: [a: string[], b: string[], clash: boolean][] = [
  [['port 80'], ['port 80'], true],
  [['port 80'], ['port 8080'], false],
  [['/tmp/x'], ['/tmp/y', '/tmp/x'], true],
  [['/tmp/x'], ['/tmp/x/a.txt'], true],
  [['/tmp/x/a.txt'], ['/tmp/x'], true],
  [['/tmp/x'], ['/tmp/xy'], false],
  [['/tmp/x'], [], false],
];

describe('what test files take at the same time', () => {
  for (const [a, b, clash] of CASES) {
    it(`${a} and ${b.join(', ') || 'nothing'}: ${clash ? 'they are' : 'they are not'} in each other's way`, () => {
      const besides = new Besides();
      besides.begins('a');
      besides.begins('b');
      besides.ended('a', a);
      besides.ended('b', b);
      assert.deepEqual(besides.disturbed(), clash ? ['a', 'b'] : []);
    });
  }

  it('is no matter of those that ran one after the other', () => {
    const besides = new Besides();
    for (const file of ['a', 'b']) {
      besides.begins(file);
      besides.ended(file, ['port 80']);
    }
    assert.deepEqual(besides.disturbed(), []);
  });

  it('is told at once of those that run', () => {
    const besides = new Besides();
    for (const file of ['a', 'b', 'c']) besides.begins(file);
    const taken = [besides.takes('a', ['port 80']), besides.takes('b', ['port 81']), besides.takes('c', ['port 80'])];
    besides.ended('a', []);
    assert.deepEqual([...taken, besides.takes('b', ['port 80'])], [false, false, true, true]);
    assert.deepEqual(besides.disturbed(), ['a', 'b', 'c']);
  });
});
