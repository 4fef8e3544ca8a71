import assert from 'node:assert/strict';
import { SyntaxTree } from '../../syntax/index.ts';
import { encode, type Literal, OF_RESULTS } from '../literals.ts';
import type { Outcome } from '../scenario.ts';
import { changed } from './changes.ts';
import { observedText } from './observed-text.ts';
import { sitesIn } from './sites.ts';
import { styleOf } from './style.ts';
import { tightened } from './tightened.ts';

const returns = (value: unknown): Outcome => ({ kind: 'returns', value: encode(value, OF_RESULTS) });
const throws = (message: string, code?: string, name = 'Error'): Outcome => ({
  kind: 'throws',
  value: { $: 'error', name, message, ...(code !== undefined && { code }) },
});
const url = (href: string): Outcome => ({ kind: 'returns', value: { $: 'url', href } satisfies Literal });

const EXPECT = "import { expect, it } from 'vitest';\nimport { f } from './f';\nexpect(f(0)).toBe(0);\n";
const CHAI = "import { expect } from 'chai';\nimport { f } from './f';\nexpect(f(0)).to.equal(0);\n";
const CHAI_ASSERT = "import { assert } from 'chai';\nimport { f } from './f';\nassert.strictEqual(f(0), 0);\n";
const NODE = "import assert from 'node:assert/strict';\nimport { test as it } from 'node:test';\nimport { f } from './f';\nassert.equal(f(0), 0);\n";
const TRUTH = "import { assert } from 'simple-assert';";

/** The words of a file, a statement in a test of it, what comes there without and with a mutant, and what the statement becomes; undefined where it stays. */
const CASES: [words: string, before: string, one: Outcome, other: Outcome, after: string | undefined][] = [
  [EXPECT, 'expect(f(1)).toBeTruthy();', returns(42), returns(41), 'expect(f(1)).toBe(42);'],
  [EXPECT, 'expect(f(1)).toBeDefined();', returns({ a: [1] }), returns({ a: [2] }), 'expect(f(1)).toEqual({ a: [1] });'],
  [EXPECT, 'expect(f(1)).not.toBe(3);', returns(42), returns(41), 'expect(f(1)).toBe(42);'],
  [EXPECT, "expect(f(1), 'it is there').toBeTruthy();", returns(42), returns(41), "expect(f(1), 'it is there').toBe(42);"],
  [EXPECT, 'expect(await f(1)).toBeTruthy();', returns(42), returns(41), 'expect(await f(1)).toBe(42);'],
  [
    EXPECT,
    'await expect(f(1)).resolves.toBeDefined();',
    { kind: 'resolves', value: 1 },
    { kind: 'resolves', value: 2 },
    'await expect(f(1)).resolves.toBe(1);',
  ],
  [
    EXPECT,
    'return expect(f(1)).resolves.toBeDefined();',
    { kind: 'resolves', value: 1 },
    { kind: 'resolves', value: 2 },
    'return expect(f(1)).resolves.toBe(1);',
  ],
  [EXPECT, 'expect(() => f(1)).toThrow();', throws('no'), throws('yes'), "expect(() => f(1)).toThrow('no');"],
  [EXPECT, "expect(() => f(1)).toThrow('n');", throws('no'), throws('nay'), undefined],
  [
    EXPECT,
    'expect(() => f(1)).toThrow();',
    throws('no', 'E_NO'),
    throws('no', ''),
    "expect(() => f(1)).toThrow(expect.objectContaining({ message: 'no', code: 'E_NO' }));",
  ],
  [EXPECT, 'expect(() => f(1)).toThrow();', throws('', 'E_NO'), throws(''), "expect(() => f(1)).toThrow(expect.objectContaining({ code: 'E_NO' }));"],
  [EXPECT, 'expect(f(1)).toMatchSnapshot();', returns(1), returns(2), undefined],
  [EXPECT, 'expect(f(1)).toBeInstanceOf(URL);', url('a:b'), url('a:c'), "expect(f(1)).toBeInstanceOf(URL);\n  expect(f(1).href).toBe('a:b');"],
  [EXPECT, 'f(1);', returns(42), returns(41), 'expect(f(1)).toBe(42);'],
  [EXPECT, 'const a = f(1);', returns(42), returns(41), 'const a = f(1);\n  expect(a).toBe(42);'],
  [EXPECT, 'const a = vi.fn(f);', returns(42), returns(41), undefined],
  [EXPECT, 'expect(f(1)).toBeTruthy();', returns(Symbol('a')), returns(Symbol('b')), undefined],
  [CHAI, 'expect(f(1)).to.be.ok;', returns(42), returns(41), 'expect(f(1)).to.equal(42);'],
  [CHAI, 'expect(f(1)).to.be.an("array");', returns([1]), returns([2]), 'expect(f(1)).to.deep.equal([1]);'],
  [CHAI, 'expect(() => f(1)).to.throw();', throws('no'), throws('yes'), "expect(() => f(1)).to.throw('no');"],
  [CHAI, 'expect(() => f(1)).to.throw();', throws('no', 'E_NO'), throws('no'), "expect(() => f(1)).to.throw('no').with.property('code', 'E_NO');"],
  [CHAI_ASSERT, "assert.isOk(f(1), 'there');", returns(42), returns(41), "assert.strictEqual(f(1), 42, 'there');"],
  [CHAI_ASSERT, 'assert.include(f(1), 2);', returns([1, 2]), returns([2]), 'assert.deepEqual(f(1), [1, 2]);'],
  [TRUTH, "assert(f(1), 'there');", returns(42), returns(41), "assert(f(1) === 42, 'there');"],
  [TRUTH, 'assert(f(1));', returns([1]), returns([2]), undefined],
  [NODE, 'assert(f(1));', returns(42), returns(41), 'assert.equal(f(1), 42);'],
  [NODE, "assert.ok(f(1), 'there');", returns(42), returns(41), "assert.equal(f(1), 42, 'there');"],
  [NODE, 'assert.notEqual(f(1), 3);', returns(42), returns(41), 'assert.equal(f(1), 42);'],
  [NODE, 'assert.throws(() => f(1));', throws('no'), throws('yes'), "assert.throws(() => f(1), { message: 'no' });"],
  [
    NODE,
    'assert.throws(() => f(1));',
    throws('no', undefined, 'RangeError'),
    throws('no'),
    "assert.throws(() => f(1), { message: 'no', name: 'RangeError' });",
  ],
  [NODE, 'assert.throws(() => f(1), TypeError);', throws('no'), throws('yes'), undefined],
];

async function read(words: string, statement: string) {
  const text = `${words}it('a', async () => {\n  ${statement}\n});\n`;
  const tree = await SyntaxTree.parse('typescript', text);
  const style = styleOf(tree.tree, text);
  assert.ok(style);
  const sites = sitesIn(tree.tree, text, style.assertions);
  tree.dispose();
  return { text, style, sites };
}

describe('assertions that come to say more', () => {
  for (const [words, before, one, other, after] of CASES) {
    it(before, async () => {
      const { text, style, sites } = await read(words, before);
      const [site] = sites;
      const change = site && tightened(site, one, other, style, text.slice(site.start));
      assert.equal(change && changed(text, [change]), after && `${words}it('a', async () => {\n  ${after}\n});\n`);
    });
  }

  it('are found in tests only, and none inside of another', async () => {
    const { text, sites } = await read(
      EXPECT,
      'const a = f(1);\n  expect(() => { f(2); }).toThrow();\n  for (const b of [a]) expect(b).toBeTruthy();',
    );
    assert.deepEqual(
      sites.map(({ kind, subject }) => [kind, text.slice(subject.start, subject.end)]),
      [
        ['declaration', 'f(1)'],
        ['assertion', '() => { f(2); }'],
        ['assertion', 'b'],
      ],
    );
  });

  it('are found in no test that is meant to fail', async () => {
    const text = `${EXPECT}it.fails('a', () => {\n  expect(f(1)).toBeTruthy();\n});\n`;
    const tree = await SyntaxTree.parse('typescript', text);
    const style = styleOf(tree.tree, text);
    assert.deepEqual(style && sitesIn(tree.tree, text, style.assertions), []);
    tree.dispose();
  });

  it('tell what their values are, line for line, beside what is called', async () => {
    const { text, sites } = await read(EXPECT, 'const a = f(1);\n  expect(() => f(2)).toThrow();\n  await expect(f(3)).rejects.toThrow();\n  f(4);');
    const tree = await SyntaxTree.parse('typescript', text);
    const observed = observedText(tree.tree, text, sites).replaceAll("Reflect.get(globalThis,'__assay_switches__').lab", 'lab');
    tree.dispose();
    assert.equal(
      observed.slice(observed.indexOf('  const a'), observed.indexOf('});')),
      '  const a = lab.value(0,lab.f("f",f)(1));\n  expect(lab.thrown(1,() => lab.f("f",f)(2))).toThrow();\n  await expect(lab.settled(2,lab.f("f",f)(3))).rejects.toThrow();\n  lab.value(3,lab.f("f",f)(4));\n',
    );
  });
});
