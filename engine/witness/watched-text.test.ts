import assert from 'node:assert/strict';
import { Auditor } from '../audit/index.ts';
import { LAB } from '../mutation/index.ts';
import { bare, SyntaxTree } from '../syntax/index.ts';
import { whyNever } from './reasons.ts';
import { watchedText } from './watched-text.ts';

/** A test, and what becomes of it; `L` stands for the observer. */
const CASES: [name: string, text: string, watched: string][] = [
  ['an assertion', `it('a', () => { expect(f()).toBe(1); });`, `it('a', () => { L.t(0);L.c(0).v(expect(f()).toBe(1)); });`],
  ['a body without a block', `it('a', () => expect(f()).toBe(1));`, `it('a', () => (L.t(0),L.c(0).v(expect(f()).toBe(1))));`],
  [
    'no semicolons',
    `it('a', async () => {\n  const x = f()\n  await expect(x).resolves.toBe(1)\n})`,
    `it('a', async () => {\n  L.t(0);const x = f()\n  await L.c(0).v(expect(x).resolves.toBe(1))\n})`,
  ],
  [
    'a directive',
    `it('a', function () { 'use strict'; expect(f()).toBe(1); });`,
    `it('a', function () { 'use strict'; L.t(0);L.c(0).v(expect(f()).toBe(1)); });`,
  ],
  ['an empty body', `it('a', () => {});`, `it('a', () => {});`],
  [
    'a property',
    `import { expect } from 'chai';\nit('a', () => { expect(f()).to.be.true; });`,
    `import { expect } from 'chai';\nit('a', () => { L.t(0);L.c(0).v(expect(f()).to.be.true); });`,
  ],
  ['what is never called', `it('a', () => { expect(f()).toBe; });`, `it('a', () => { L.t(0);expect(f()).toBe; });`],
  [
    'gates',
    `it('a', () => { for (const x of xs) { if (x) { expect(x).toBe(1); } else expect(x).toBe(2); } });`,
    `it('a', () => { L.t(0);for (const x of xs) { L.g(0);if (x) { L.g(1);L.c(0).v(expect(x).toBe(1)); } else L.c(1).v(expect(x).toBe(2)); } });`,
  ],
  [
    'functions',
    `it('a', () => { xs.forEach((x) => expect(x).toBe(1)); });`,
    `it('a', () => { L.t(0);xs.forEach((x) => (L.g(0),L.c(0).v(expect(x).toBe(1)))); });`,
  ],
  [
    'cases',
    `it('a', () => { switch (f()) { case 1: expect(g()).toBe(1); break; } });`,
    `it('a', () => { L.t(0);switch (f()) { case 1: L.g(0);L.c(0).v(expect(g()).toBe(1)); break; } });`,
  ],
  [
    'an assertion in another one',
    `it('a', () => { expect(() => { expect(f()).toBe(1); }).toThrow(Error); });`,
    `it('a', () => { L.t(0);L.c(0).v(expect(L.e(0,() => { expect(f()).toBe(1); })).toThrow(Error)); });`,
  ],
  [
    'what throws',
    `it('a', async () => { expect(() => f()).toThrow(); await expect(f()).rejects.toThrow(); expect(f).toThrow('x'); });`,
    `it('a', async () => { L.t(0);L.c(0).v(expect(L.e(0,() => f())).toThrow()); await L.c(1).v(expect(L.e(1,f())).rejects.toThrow()); L.c(2).v(expect(f).toThrow('x')); });`,
  ],
  [
    'what throws in a function',
    `it('a', () => { xs.forEach((x) => expect(() => xs.forEach((y) => f(y))).toThrow()); });`,
    `it('a', () => { L.t(0);xs.forEach((x) => (L.g(0),L.c(0).v(expect(L.e(0,() => xs.forEach((y) => f(y)))).toThrow()))); });`,
  ],
  [
    'what throws, as Node says it',
    `import assert from 'node:assert';\nit('a', () => { assert.throws(f); });`,
    `import assert from 'node:assert';\nit('a', () => { L.t(0);L.c(0).v(assert.throws(L.e(0,f))); });`,
  ],
  [
    'two tests',
    `it('a', () => { expect(f()).toBe(1); });\nit('b', () => { expect(g()).toBe(1); });`,
    `it('a', () => { L.t(0);L.c(0).v(expect(f()).toBe(1)); });\nit('b', () => { L.t(1);L.c(1).v(expect(g()).toBe(1)); });`,
  ],
];

/** The body of a test with one assertion, how often its gates were passed, and why it was never made. */
const REASONS: [body: string, gates: number[], why: string][] = [
  ['if (a > b) { expect(f()).toBe(1); }', [0], '`a > b` did not hold'],
  ['if (a > b) expect(f()).toBe(1);', [], '`a > b` did not hold'],
  ['if (a) { g(); } else { expect(f()).toBe(1); }', [0], '`a` always held'],
  ['if (a) { g(); } else if (b) { expect(f()).toBe(1); }', [0, 0], '`a` always held'],
  ['if (a) { g(); } else if (b) { expect(f()).toBe(1); }', [2, 0], '`b` did not hold'],
  ['a && xs.map((x) => { expect(x).toBe(1); });', [0], '`a` did not hold, or there was nothing in `xs`'],
  ['if (a) { b && expect(f()).toBe(1); }', [1], '`b` did not hold'],
  ['if (a) { if (b) { expect(f()).toBe(1); } }', [1, 0], '`b` did not hold'],
  ['a || expect(f()).toBe(1);', [], '`a` always held'],
  ['a ?? expect(f()).toBe(1);', [], '`a` was always there'],
  ['a ? expect(f()).toBe(1) : g();', [], '`a` did not hold'],
  ['for (;i < n;) { expect(f()).toBe(1); }', [0], '`i < n` did not hold'],
  ['for (const x of g()) { expect(x).toBe(1); }', [0], 'there was nothing in `g()`'],
  ['xs.map((x) => { expect(x).toBe(1); });', [0], 'there was nothing in `xs`'],
  ['try { g(); } catch (e) { expect(e.message).toBe(1); }', [0], 'nothing was thrown'],
  ["emitter.on('x', () => { expect(f()).toBe(1); });", [0], '`emitter.on` never called what it is given'],
  ['switch (a) { case 1: expect(f()).toBe(1); }', [0], 'it was never `1`'],
  ['if (a) { g(); return; } expect(f()).toBe(1);', [], 'the code returns in line 2'],
  ['xs.filter((x) => { return x; }); expect(f()).toBe(1);', [], 'the test was over before'],
];

describe('the text of a test file that is watched', () => {
  for (const [name, text, watched] of CASES) {
    it(name, async () => {
      assert.equal((await watch(text)).text.replaceAll(LAB, 'L').replaceAll(/L\.([tgce])\(7,/g, 'L.$1('), watched);
    });
  }
});

describe('why an assertion was never made', () => {
  for (const [body, gates, why] of REASONS) {
    it(`${body}: ${why}`, async () => {
      const text = `it('a', async () => {\n${body}\n});`;
      const { checks, gates: counted } = await watch(text);
      assert.deepEqual([checks.length, counted], [1, gates.length]);
      const lineOf = (offset: number) => text.slice(0, offset).split('\n').length - 1;
      assert.equal(checks[0] && whyNever(checks[0], { checks: [0], gates }, lineOf), why);
    });
  }
});

async function watch(text: string) {
  const auditor = await Auditor.create();
  const audit = auditor.audit('/a.test.ts', text);
  assert.ok(audit);
  const tree = await SyntaxTree.parse('typescript', text);
  return watchedText(bare(tree.tree, text), text, audit, 7);
}
