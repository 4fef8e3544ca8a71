import assert from 'node:assert/strict';
import { Auditor } from '../../auditor.ts';
import type { Suggestion } from '../../model.ts';

const VITEST = "import { expect, it } from 'vitest';\n";

/** An assertion, what was seen to be thrown there, and what is offered in its place; undefined where nothing is. */
const ASSERTIONS: [text: string, better: string | undefined, seen?: string][] = [
  ['expect(f()).toEqual({ a: 1 })', 'expect(f()).toStrictEqual({ a: 1 })'],
  ['await expect(f()).resolves.toEqual([{ a: 1 }])', 'await expect(f()).resolves.toStrictEqual([{ a: 1 }])'],
  ['expect(f()).toEqual([1, undefined])', 'expect(f()).toStrictEqual([1, undefined])'],
  ['const all = { a: 1 }; expect(f()).toEqual(all)', 'const all = { a: 1 }; expect(f()).toStrictEqual(all)'],
  ['expect(f()).toEqual([1, 2])', undefined],
  ['expect(f()).toEqual(1)', undefined],
  ['expect(f()).toEqual(g())', undefined],
  ['expect(f()).not.toEqual({ a: 1 })', undefined],
  ['expect(f()).toStrictEqual({ a: 1 })', undefined],
  ['expect(f).toThrow()', "expect(f).toThrow('…')"],
  ['expect(f).toThrow()', "expect(f).toThrow('it\\'s \\\\ gone')", "it's \\ gone"],
  ['await expect(f()).rejects.toThrow()', "await expect(f()).rejects.toThrow('gone')", 'gone'],
  ['expect(f).toThrow()', "expect(f).toThrow('…')", 'no such file /tmp/a3/x.json'],
  ['expect(f).toThrow()', "expect(f).toThrow('…')", 'took 23 ms'],
  ['expect(f).toThrow()', "expect(f).toThrow('…')", 'two\nlines'],
  ['expect(f).toThrow()', "expect(f).toThrow('…')", 'unknown key sk_live_4f5g6h7j8k9l0q'],
  ['expect(f).toThrow(Error)', undefined, 'gone'],
  ["expect(f).toThrow('gone')", undefined],
  ['expect(f).not.toThrow()', undefined],
];

/** A whole file, and what of it is offered to be another thing; `needsJest` is told behind it. */
const FILES: [name: string, text: string, better: string[]][] = [
  [
    'an expect that nothing says of whose it is',
    "it('a', () => { expect(f()).toEqual({}); });",
    ["it('a', () => { expect(f()).toStrictEqual({}); }); // Jest"],
  ],
  ["Chai's", "import { expect } from 'chai';\nit('a', () => { expect(f()).to.eql({}); });", []],
  ['one that it makes', "const expect = make();\nit('a', () => { expect(f()).toEqual({}); });", []],
  [
    'one of a test',
    "it('a', ({ expect }) => { expect(f()).toEqual({}); });",
    ["it('a', ({ expect }) => { expect(f()).toStrictEqual({}); }); // Jest"],
  ],
  [
    "Chai's errors",
    "import { expect } from 'chai';\nit('a', () => { expect(f).to.throw(); });",
    ["import { expect } from 'chai';\nit('a', () => { expect(f).to.throw('…'); });"],
  ],
  [
    "errors of Node's",
    "import assert from 'node:assert';\nit('a', () => { assert.throws(f); });",
    ["import assert from 'node:assert';\nit('a', () => { assert.throws(f, { message: '…' }); });"],
  ],
  ['what any error satisfies by its class', "import assert from 'node:assert';\nit('a', () => { assert.throws(f, Error); });", []],
];

/** The body of a test whose assertions may not run, and what is written at its beginning. */
const BODIES: [name: string, body: string, counts: string | undefined][] = [
  ['a catch', 'try { f(); } catch (error) { expect(error.message).toBe(1); expect(error.code).toBe(2); }', 'expect.assertions(2)'],
  ['a catch beside an assertion', 'expect(f()).toBe(1); try { f(); } catch (error) { expect(error.message).toBe(1); }', 'expect.assertions(2)'],
  ['a catch that leaves', 'try { f(); } catch (error) { expect(error.message).toBe(1); return; } expect(g()).toBe(1);', undefined],
  ['a promise that is returned', 'return f().catch((error) => { expect(error.message).toBe(1); });', 'expect.assertions(1)'],
  ['a catch of a promise', 'await f().catch((error) => { expect(error.message).toBe(1); });', 'expect.assertions(1)'],
  ['a callback as of Node', 'f((error, value) => { expect(value).toBe(1); });', 'expect.assertions(1)'],
  ['a try and its catch', 'try { expect(f()).toBe(1); } catch (error) { expect(error.message).toBe(1); }', undefined],
  ['a loop', 'for (const x of f()) { expect(x).toBe(1); }', 'expect.hasAssertions()'],
  ['a condition', 'if (f()) { expect(g()).toBe(1); }', 'expect.hasAssertions()'],
  ['a condition beside a sure one', 'expect(f()).toBe(1); if (f()) { expect(g()).toBe(1); }', undefined],
  ['an event', "f.on('x', () => { expect(g()).toBe(1); });", 'expect.hasAssertions()'],
  ['one that is there', 'expect.assertions(1); for (const x of f()) { expect(x).toBe(1); }', undefined],
  ['assertions of others', 'if (f()) { assert.equal(g(), 1); }', undefined],
  ['a helper', 'try { f(); } catch (error) { expect(error.message).toBe(1); } checkAll(f());', undefined],
  ['none that may not run', 'expect(f()).toBe(1);', undefined],
];

describe('what has an assertion say more', () => {
  for (const [text, better, seen] of ASSERTIONS) {
    it(`${text}${seen === undefined ? '' : ` (${JSON.stringify(seen)})`}: ${better ?? 'nothing'}`, async () => {
      const around = (one: string) => `${VITEST}it('a', async () => {\n  ${one};\n});\n`;
      assert.deepEqual(await applied(around(text), seen), better === undefined ? [] : [around(better)]);
    });
  }
  for (const [name, text, better] of FILES) it(name, async () => assert.deepEqual(await applied(text), better));

  it('is offered where it is, and at no other assertion', async () => {
    const text = `${VITEST}it('a', () => { expect(f()).toEqual({}); expect(g()).toEqual({}); });`;
    const at = text.indexOf('g()');
    const found = await suggestions(text, undefined, { start: at, end: at });
    assert.deepEqual(
      found.map(({ fix }) => fix.edits.map(({ start }) => start)),
      [[text.lastIndexOf('toEqual')]],
    );
  });

  it('has the quotes of the file', async () => {
    const text = 'import { expect, it } from "vitest";\nit("a", () => { expect(f).toThrow(); });';
    assert.deepEqual(await applied(text, 'a "b"'), [text.replace('toThrow()', 'toThrow("a \\"b\\"")')]);
  });
});

describe('the number of assertions', () => {
  for (const [name, body, counts] of BODIES) {
    it(`${name}: ${counts ?? 'not counted'}`, async () => {
      const around = (before: string) => `${VITEST}import assert from 'node:assert';\nit('a', async () => {\n  ${before}${body}\n});\n`;
      assert.deepEqual(await applied(around('')), counts === undefined ? [] : [around(`${counts};\n  `)]);
    });
  }

  it('stands as the file is written', async () => {
    const text = `${VITEST.replace(';', '')}it('a', () => {\n  // First.\n  for (const x of f()) expect(x).toBe(1)\n})\n`;
    assert.deepEqual(await applied(text), [text.replace('for', 'expect.hasAssertions()\n  for')]);
  });

  it('is not counted beside other tests that run, nor where hooks assert', async () => {
    const body = '() => { for (const x of f()) expect(x).toBe(1); }';
    assert.deepEqual(await applied(`${VITEST}it.concurrent('a', ${body});`), []);
    assert.deepEqual(await applied(`${VITEST}afterEach(() => { expect(g()).toBe(1); });\nit('a', ${body});`), []);
  });
});

async function suggestions(text: string, seen?: string, within = { start: 0, end: text.length }): Promise<Suggestion[]> {
  const auditor = await Auditor.create();
  const audit = auditor.auditAgain('/a.test.ts', text);
  assert.ok(audit);
  return auditor.suggestions('/a.test.ts', text, audit, within, () => seen);
}

async function applied(text: string, seen?: string): Promise<string[]> {
  return (await suggestions(text, seen)).map(({ fix, needsJest }) => {
    const written = (word: string) => (fix.blank ? word.replace(new RegExp(`${fix.blank}(?!.*${fix.blank})`), '…') : word);
    const edited = [...fix.edits].reverse().reduce((all, { start, end, text: word }) => all.slice(0, start) + written(word) + all.slice(end), text);
    return `${edited}${needsJest ? ' // Jest' : ''}`;
  });
}
