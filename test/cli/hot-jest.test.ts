import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assay } from '../support/assay.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

/** Tests that are hard to call again and again, or to call at all. */
const HOSTILE = {
  'package.json': JSON.stringify({
    name: 'hostile',
    scripts: { test: 'jest' },
    jest: { setupFilesAfterEnv: ['<rootDir>/setup.js'], clearMocks: true },
    devDependencies: { jest: '*' },
  }),
  'setup.js': 'expect.extend({ toBeOdd: (n) => ({ pass: n % 2 === 1, message: () => `odd ${n}` }) });',
  'src/a.js': `let calls = 0;
const table = { one: 1, two: 2 };
const seen = new Map();
exports.add = (a, b) => a + b;
exports.lookup = (name) => table[name] ?? 0;
exports.count = () => { calls += 1; return calls; };
exports.reset = () => { calls = 0; };
exports.memo = (n) => { if (!seen.has(n)) seen.set(n, n * 2); return seen.get(n); };
exports.later = (cb) => { setTimeout(() => cb('done'), 10); };
exports.asyncAdd = async (a, b) => { await null; return a + b; };
exports.loop = (n) => { let s = 0; for (let i = 0; i < n; i++) s += i; return s; };
exports.fails = (x) => { if (x > 3) throw new Error('too big: ' + x); return x; };
exports.exitWhen = (x) => { if (x) process.exit(1); return 'alive'; };
exports.reject = (x) => { if (x) Promise.reject(new Error('nobody')); return 1; };
exports.shape = (x) => ({ x, list: [x, x + 1], name: \`n\${x}\` });
exports.patch = (x) => { if (x) Array.prototype.zap = 1; return [].zap; };
exports.tick = (cb) => { const t = setInterval(() => { cb(); clearInterval(t); }, 1000); };
`,
  'src/b.js': `const a = require('./a');
exports.double = (x) => a.add(x, x);
exports.now = () => Date.now() - 1;
exports.greet = (name) => (name ? \`hi \${name}\` : 'nobody');
`,
  '__tests__/a.test.js': `const a = require('../src/a');
test('add', () => { expect(a.add(1, 2)).toBeOdd(); });
test('add', () => { expect(a.add(2, 2)).toBe(4); });
test.each([[1, 1], [2, 2]])('lookup %i', (n, e) => { expect(a.lookup(n === 1 ? 'one' : 'two')).toBe(e); });
describe('count', () => {
  let first;
  beforeAll(() => { a.reset(); first = a.count(); });
  afterAll(() => { a.reset(); });
  beforeEach(() => {});
  test('first', () => { expect(first).toBe(1); });
  test('grows', () => { const x = a.count(); expect(a.count()).toBe(x + 1); });
  describe('nested', () => { beforeAll((done) => { setTimeout(done, 1); }); test('n', () => { expect(a.count()).toBeGreaterThan(1); }); });
});
test('memo', () => { expect(a.memo(3)).toBe(6); expect(a.memo(3)).toBe(6); });
test('later', (done) => { a.later((x) => { expect(x).toBe('done'); done(); }); });
test('async', async () => { expect.assertions(1); expect(await a.asyncAdd(1, 1)).toBe(2); });
test('loop', () => { expect(a.loop(4)).toBe(6); });
test('fails', () => { expect(() => a.fails(4)).toThrow('too big: 4'); expect(a.fails(3)).toBe(3); });
test.failing('failing mark', () => { expect(a.add(1, 1)).toBe(3); });
test('exit', () => { expect(a.exitWhen(false)).toBe('alive'); });
test('rejects', () => { expect(a.reject(false)).toBe(1); });
test('sees no arguments of ours', () => { expect(process.execArgv).toEqual([]); });
test('snapshot', () => { expect(a.shape(1)).toMatchSnapshot(); expect(a.shape(2)).toMatchSnapshot(); });
test('inline', () => { expect(a.shape(1).name).toMatchInlineSnapshot(\`"n1"\`); });
test('patch', () => { expect(a.patch(false)).toBe(undefined); });
describe('timers', () => {
  beforeEach(() => jest.useFakeTimers()); afterEach(() => jest.useRealTimers());
  test('tick', () => { const f = jest.fn(); a.tick(f); jest.advanceTimersByTime(999); expect(f).not.toHaveBeenCalled(); jest.advanceTimersByTime(1); expect(f).toHaveBeenCalledTimes(1); });
});
test.concurrent('c1', async () => { expect(await a.asyncAdd(2, 2)).toBe(4); });
test.concurrent('c2', async () => { expect(await a.asyncAdd(2, 3)).toBe(5); });
test.skip('skipped', () => { expect(1).toBe(2); });
test.todo('todo');
`,
  '__tests__/b.test.js': `/** @jest-environment node */
jest.mock('../src/a', () => ({ add: jest.fn((x, y) => x + y) }));
const { expect: e2, test: t2 } = require('@jest/globals');
const b = require('../src/b'); const a = require('../src/a');
jest.retryTimes(2);
let n = 0;
t2('double', () => { e2(b.double(2)).toBe(4); e2(a.add).toHaveBeenCalledTimes(1); });
t2('flaky', () => { n++; if (n === 1) throw new Error('first'); e2(b.greet('x')).toBe('hi x'); });
t2('now', () => { const s = jest.spyOn(Date, 'now').mockReturnValue(5); e2(b.now()).toBe(4); s.mockRestore(); });
`,
  '__tests__/__snapshots__/a.test.js.snap': `// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing

exports[\`snapshot 1\`] = \`
{
  "list": [
    1,
    2,
  ],
  "name": "n1",
  "x": 1,
}
\`;

exports[\`snapshot 2\`] = \`
{
  "list": [
    2,
    3,
  ],
  "name": "n2",
  "x": 2,
}
\`;
`,
};

/** A test file that two projects run: what one of them reaches, the other does not. */
const TWO_PROJECTS = {
  'package.json': JSON.stringify({
    name: 'sides',
    scripts: { test: 'jest' },
    jest: {
      projects: [
        { displayName: 'left', globals: { SIDE: 'left' } },
        { displayName: 'right', globals: { SIDE: 'right' } },
      ],
    },
    devDependencies: { jest: '*' },
  }),
  'src/side.js': "exports.side = (n) => (globalThis.SIDE === 'left' ? 'l' + (n + 1) : 'r' + (n - 1));\n",
  '__tests__/side.test.js': `const { side } = require('../src/side');
it('has a side', () => { expect(side(3)).toBe(globalThis.SIDE === 'left' ? 'l4' : 'r2'); });
`,
};

/** What a file leaves in its environment makes every second run in it fail: what is judged where others ran must not be taken in. */
const EVERY_SECOND = {
  'package.json': JSON.stringify({ name: 'second', scripts: { test: 'jest' }, devDependencies: { jest: '*' } }),
  'src/table.js': `exports.table = [3, 1, 2].sort();
exports.limit = 1 + 2;
exports.label = 'unseen' + '!';
exports.twice = (n) => n * 2;
`,
  '__tests__/table.test.js': `globalThis.loads = (globalThis.loads ?? 0) + 1;
const { table, limit, twice } = require('../src/table');
test('runs first', () => { expect(globalThis.loads % 2).toBe(1); });
test('table', () => { expect(table).toEqual([1, 2, 3]); });
test('limit', () => { expect(limit).toBe(3); });
test('twice', () => { expect(twice(2)).toBeGreaterThan(3); });
`,
};

/** Two mutants of it change something while it loads, so that the file is run for them; the first test notices both. The tests write down when they run. */
const NOTED = {
  'package.json': JSON.stringify({ name: 'noted', scripts: { test: 'jest' }, devDependencies: { jest: '*' } }),
  'src/base.js': "exports.base = 40 + 2;\nexports.name = 'base';\n",
  '__tests__/base.test.js': `const { appendFileSync } = require('fs');
const { base, name } = require('../src/base');
const note = (what) => appendFileSync('order.txt', what);
test('first', () => { note('a'); expect([base, name]).toEqual([42, 'base']); });
test('second', () => { note('b'); expect(base).toBeGreaterThan(0); });
`,
};

/** What a test finds only where something stands behind the globals, which Jest puts there. Its environment writes down whether something does. */
const BEHIND_GLOBALS = {
  'package.json': JSON.stringify({
    name: 'behind',
    scripts: { test: 'jest' },
    jest: { testEnvironment: './seen.js' },
    devDependencies: { jest: '*' },
  }),
  'seen.js': `const { appendFileSync } = require('fs');
const { runInContext } = require('vm');
const { TestEnvironment } = require('jest-environment-node');
module.exports = class extends TestEnvironment {
  constructor(...args) {
    super(...args);
    appendFileSync(__dirname + '/globals.txt', runInContext('this', this.context) === this.context ? 'plain ' : 'behind ');
  }
};
`,
  'src/sum.js': 'exports.sum = (a, b) => a + b;\n',
  '__tests__/sum.test.js': `const { sum } = require('../src/sum');
test('sum', () => { expect(sum(1, 2)).toBe(3); expect(() => Object.freeze(globalThis)).toThrow(TypeError); });
`,
};

interface Report {
  files: Record<string, { mutants: { status: string; mutatorName: string; replacement: string; location: object }[] }>;
}

describe('assay mutate, hot in Jest', () => {
  after(removeWorkspaces);

  it('gives each mutant the verdict that StrykerJS gives it', async () => {
    const directory = copyFixture('jest');
    const verdicts = async (args: string[]) => {
      const said = await assay(directory, ['mutate', 'src', '--json', 'report.json', ...args]);
      assert.equal(said.status, 0, said.err);
      const report = JSON.parse(readFileSync(path.join(directory, 'report.json'), 'utf8')) as Report;
      const all = Object.entries(report.files).flatMap(([file, { mutants }]) =>
        mutants.map(({ status, mutatorName, replacement, location }) => JSON.stringify([file, location, mutatorName, replacement, status])),
      );
      return { out: said.out, all: all.sort() };
    };
    const hot = await verdicts([]);
    assert.match(hot.out, /judged by Assay hot/);
    assert.deepEqual(hot.all, (await verdicts(['--reference'])).all);
  });

  it('judges where state, timers, mocks, snapshots, retries, rejections and process.exit are in the way', async () => {
    const directory = copyFixture('jest', HOSTILE);
    const said = await assay(directory, ['mutate', 'src/a.js', 'src/b.js']);
    assert.equal(said.status, 0, said.err);
    assert.match(said.out, /judged by Assay hot/);
    // Held against plain runs of Jest with each mutant in the source.
    assert.match(said.out, /\n58 mutants: 46 killed, 1 timed out, 8 survived, 3 without coverage\n/);
    assert.equal(
      readFileSync(path.join(directory, '__tests__/__snapshots__/a.test.js.snap'), 'utf8'),
      HOSTILE['__tests__/__snapshots__/a.test.js.snap'],
    );
  });

  it('judges what runs while a file loads where each second run in an environment fails', async () => {
    const said = await assay(copyFixture('jest', EVERY_SECOND), ['mutate', 'src/table.js', '--all', '--verify', '20']);
    assert.match(said.out, /judged by Assay hot/);
    assert.match(said.out, /\n7 mutants: 5 killed, 0 timed out, 2 survived, 0 without coverage\n/);
    assert.match(said.out, /\nverified 7 of 7: 7 right, 0 wrong/);
  });

  it('sees what kills in a used environment pass there twice, after the same tests alone', async () => {
    const directory = copyFixture('jest', NOTED);
    const said = await assay(directory, ['mutate', 'src/base.js', '--concurrency', '1']);
    assert.match(said.out, /judged by Assay hot/);
    assert.match(said.out, /\n2 mutants: 2 killed, 0 timed out, 0 survived, 0 without coverage\n/);
    // Once with each mutant and twice without it: the second test runs in none of these.
    assert.match(readFileSync(path.join(directory, 'order.txt'), 'utf8'), /^(ab)+aaaaaa$/);
  });

  it('leaves the globals as Jest makes them where tests do not pass with plain ones', async () => {
    const directory = copyFixture('jest', BEHIND_GLOBALS);
    const said = await assay(directory, ['mutate', 'src/sum.js']);
    assert.match(said.out, /judged by Assay hot/);
    assert.match(said.out, /\n2 mutants: 2 killed,/);
    assert.match(readFileSync(path.join(directory, 'globals.txt'), 'utf8'), /^(plain )+(behind )+$/);
  });

  it('judges a file in each project that tests it', async () => {
    const said = await assay(copyFixture('jest', TWO_PROJECTS), ['mutate', 'src/side.js']);
    assert.match(said.out, /2 tests on jest .*, judged by Assay hot/);
    assert.match(said.out, /\n9 mutants: 9 killed, 0 timed out, 0 survived, 0 without coverage\n/);
  });
});
