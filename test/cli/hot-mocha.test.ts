import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judge, noticed } from '../support/statuses.ts';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';

/** A CommonJS project, with all that Mocha may do around tests. `order.txt` notes how often the global fixtures ran. */
const HOSTILE = {
  'package.json': '{ "name": "hostile", "scripts": { "test": "mocha" } }',
  '.mocharc.json': '{ "require": ["./test/setup.js"], "ui": "tdd", "timeout": 1000, "check-leaks": true, "spec": ["test/*.test.js"] }',
  'lib/stock.js': `'use strict';
const LIMIT = 3;
const seen = new Map();
let next = 0;
exports.id = () => ++next;
exports.price = (n) => {
  if (!seen.has(n)) seen.set(n, n * 2);
  return seen.get(n);
};
exports.drain = (n) => {
  while (n > LIMIT) n -= 1;
  return n;
};
exports.later = (n, done) => setTimeout(() => done(n > 0 ? null : new Error('none')), 1);
exports.unused = () => 'never';
`,
  'test/setup.js': `const fs = require('fs');
exports.mochaGlobalSetup = () => fs.appendFileSync('order.txt', 'setup ' + process.pid + '\\n');
exports.mochaHooks = { beforeEach() { this.limit = 3; } };
global.stock = require('../lib/stock.js');
`,
  'test/stock.test.js': `const assert = require('assert');
const stock = require('../lib/stock.js');
let made;
suite('stock', () => {
  suiteSetup(() => { made = []; });
  setup(() => { made.push(1); });
  teardown(() => { made.pop(); });
  test('is the one that setup.js shares', () => assert.equal(global.stock, stock));
  test('counts from one', () => assert.equal(stock.id(), 1));
  test('prices', () => { assert.equal(stock.price(2), 4); assert.equal(stock.price(2), 4); });
  test('drains', function () { assert.equal(made.length, 1); assert.equal(stock.drain(9), this.limit); });
  test('calls back', (done) => { stock.later(1, done); });
  test('calls back with an error', (done) => { stock.later(0, (error) => { assert.ok(error); done(); }); });
  test('is skipped', function () { this.skip(); });
  test('needs a second try', function () { this.retries(1); if (this.test.currentRetry() === 0) throw new Error('not yet'); assert.equal(stock.drain(5), 3); });
});
`,
};

/** A project whose setup changes what cannot be changed twice in a process. */
const ONCE = {
  'package.json': '{ "name": "once", "type": "module", "scripts": { "test": "mocha" } }',
  '.mocharc.json': '{ "require": ["./test/setup.js"] }',
  'lib/grow.js': 'export const grow = (n) => n + 1;\nexport const shrink = (n) => n - 1;\n',
  'test/setup.js': `import fs from 'node:fs';
fs.appendFileSync('processes.txt', process.pid + '\\n');
Object.defineProperty(Object.prototype, '__polluted__', { get: () => 1 });
export const mochaHooks = { beforeEach() { this.start = 1; } };
`,
  'test/grow.test.js': `import assert from 'node:assert';
import { grow, shrink } from '../lib/grow.js';
it('grows', function () { assert.equal(grow(this.start), 2); });
it('shrinks', () => { shrink(1); });
`,
};

/** Two files of which the second passes only after the first. */
const ORDERED = {
  'package.json': '{ "name": "ordered", "type": "module", "scripts": { "test": "mocha" } }',
  'lib/box.js': 'export const box = { open: false };\nexport const look = () => (box.open ? "open" : "shut");\n',
  'test/a.test.js': `import assert from 'node:assert';
import { box, look } from '../lib/box.js';
it('is shut', () => assert.equal(look(), 'shut'));
it('opens', () => { box.open = true; });
`,
  'test/b.test.js': `import assert from 'node:assert';
import { look } from '../lib/box.js';
it('is open', () => assert.equal(look(), 'open'));
`,
};

/** Files with tests of the same names for the same code: what survives is judged in all of them at once. What they say holds a character that may end a line. */
const SAME_CODE = {
  'package.json': '{ "name": "same", "type": "module", "scripts": { "test": "mocha" } }',
  'lib/money.js': `const RATE = 2 + 1;
let asked = 0;
export const convert = (n) => (n > 10 ? n * RATE : n + RATE);
export const label = (n) => 'EUR ' + n;
export const count = () => { asked += 1; return asked; };
`,
  ...Object.fromEntries(
    ['5, 8', '20, 60', '10, 13'].map((pair, i) => [
      `test/${i}.test.js`,
      `import assert from 'node:assert';
import { convert, count, label } from '../lib/money.js';
const [given, expected] = [${pair}];
describe('money', () => {
  before(() => count());
  it('converts', () => assert.equal(convert(given), expected, 'is\\u2028not'));
  it.skip('is not ready', () => assert.fail());
  it('has a label', () => { label(given); });
  it('counts', () => assert.ok(count() > 1));
});
`,
    ]),
  ),
};

/** A slow file, and a fast one after it that leaves something behind with which the first would fail. */
const LEAVING = {
  'package.json': '{ "name": "leaving", "type": "module", "scripts": { "test": "mocha ./test/*.js test/*.js" } }',
  'lib/greet.js': `export const config = { language: 'en' };
const HELLO = { en: 'hello', fr: 'bonjour' };
let greeted = 0;
export const greet = (n) => {
  greeted += n;
  return HELLO[config.language] + ' ' + n;
};
`,
  'test/a.test.js': `import assert from 'node:assert';
import { greet } from '../lib/greet.js';
describe('in English', () => {
  it('greets', async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(greet(1), 'hello 1');
  });
});
`,
  'test/b.test.js': `import assert from 'node:assert';
import { config, greet } from '../lib/greet.js';
describe('in French', () => {
  before(() => { config.language = 'fr'; });
  it('greets', () => assert.equal(greet(2), 'bonjour 2'));
});
`,
};

describe('assay mutate on Mocha, hot', () => {
  after(removeWorkspaces);

  for (const [title, files, file] of [
    ['ES modules', {}, 'lib/range.js'],
    ['files that need each other', ORDERED, 'lib/box.js'],
    ['files that test the same code', SAME_CODE, 'lib/money.js'],
  ] as const) {
    it(`judges as StrykerJS does: ${title}`, async () => {
      const hot = await judge(copyFixture('mocha', files), file);
      const reference = await judge(copyFixture('mocha', files), file, '--reference');
      assert.match(hot.said, /judged by Assay hot/);
      assert.match(reference.said, /judged by StrykerJS/);
      assert.deepEqual(noticed(hot.statuses), noticed(reference.statuses));
    });
  }

  it('runs the tests in front of those that are marked to be skipped', async () => {
    const { said } = await judge(copyFixture('mocha', SAME_CODE), 'lib/money.js');
    assert.match(said, /^9 tests on mocha/m);
  });

  it('judges CommonJS with root hooks, module state, memos, retries and callbacks', async () => {
    const { statuses, said } = await judge(copyFixture('mocha', HOSTILE), 'lib/stock.js', '--verify', '100');
    assert.match(said, /judged by Assay hot/);
    // StrykerJS lets more of them survive: its modules remember what they did before. Mocha itself says that these are right.
    assert.match(said, /verified \d+ of \d+: \d+ right, 0 wrong/);
    assert.deepEqual(
      Object.entries(statuses)
        .filter(([, status]) => status !== 'Killed')
        .map(([mutant, status]) => `${status}: ${mutant}`)
        .sort(),
      [
        'NoCoverage: lib/stock.js:15:24-15:31 StringLiteral ""',
        'Survived: lib/stock.js:14:77-14:83 StringLiteral ""',
        'Survived: lib/stock.js:15:18-15:31 ArrowFunction () => undefined',
        'Survived: lib/stock.js:7:7-7:19 ConditionalExpression true',
        'Timeout: lib/stock.js:11:21-11:27 AssignmentOperator n += 1',
      ],
    );
  });

  it('runs files in their own order, and each once', async () => {
    const { statuses, said } = await judge(copyFixture('mocha', LEAVING), 'lib/greet.js', '--verify', '100');
    assert.match(said, /^2 tests on mocha/m);
    assert.match(said, /verified \d+ of \d+: \d+ right, 0 wrong/);
    assert.deepEqual(
      Object.keys(statuses).filter((mutant) => statuses[mutant] !== 'Killed'),
      ['lib/greet.js:5:3-5:15 AssignmentOperator greeted -= n'],
    );
  });

  it('runs global fixtures once in a process', async () => {
    const directory = copyFixture('mocha', HOSTILE);
    await judge(directory, 'lib/stock.js');
    const lines = readFileSync(path.join(directory, 'order.txt'), 'utf8').trim().split('\n');
    assert.equal(new Set(lines).size, lines.length);
  });

  it('needs no process for each mutant where the setup can be loaded only once', async () => {
    const directory = copyFixture('mocha', ONCE);
    const { statuses } = await judge(directory, 'lib/grow.js', '--concurrency', '1');
    assert.deepEqual(Object.values(noticed(statuses)).sort(), ['Killed', 'Killed', 'Survived', 'Survived']);
    const processes = readFileSync(path.join(directory, 'processes.txt'), 'utf8').trim().split('\n');
    assert.ok(new Set(processes).size <= 2, processes.join());
  });
});
