import assert from 'node:assert/strict';
import { ANY_TITLE, fits, titlePattern } from './title-pattern.ts';

/** What is written, in which quotes, and titles that it may become, and that it may not. */
const CASES: { written: string; template?: boolean; goesOn?: boolean; yes: string[]; no: string[] }[] = [
  { written: 'adds (1.5*2)', yes: ['adds (1.5*2)'], no: ['adds (1x5*2)', 'adds (1.5*2) twice', ''] },
  { written: 'adds %s to %d', yes: ['adds 1 to 2', 'adds  to  to ', 'adds a\nb to 2'], no: ['adds 1', 'add 1 to 2', 'adds to '] },
  { written: '${a}${b}${c}${d} x', template: true, yes: ['1 x', ' x'], no: [' y', 'x'] },
  { written: '${a} is a', yes: ['${a} is a'], no: ['1 is a'] },
  { written: 'aXa', yes: ['aXa'], no: ['aXaXa'] },
  { written: 'ab${x}ba', template: true, yes: ['abba', 'ab1ba'], no: ['aba'] },
  { written: 'begins ', goesOn: true, yes: ['begins ', 'begins and goes on'], no: ['begin'] },
  { written: String.raw`it\'s \u00e9 \x41`, yes: ["it's é A"], no: ['its é A'] },
];

describe('what a title that is written may become', () => {
  for (const { written, template = false, goesOn = false, yes, no } of CASES)
    it(written, () => {
      const pattern = titlePattern(written, template, goesOn);
      for (const title of yes) assert.ok(fits(title, pattern), title);
      for (const title of no) assert.ok(!fits(title, pattern), title);
    });

  it('takes no longer for many holes', () => {
    const pattern = titlePattern('${a} ${b} ${c} ${d} ${e} ${f} x', true, false);
    assert.ok(!fits(' '.repeat(20_000), pattern));
    assert.ok(fits('anything', ANY_TITLE));
  }).timeout(2000);
});
