import assert from 'node:assert/strict';
import { assay } from '../support/assay.ts';
import { judge, noticed } from '../support/statuses.ts';
import { copyFixture, removeWorkspaces, write } from '../support/workspaces.ts';

/** A CommonJS project with what node:test offers beside plain tests. */
const HOSTILE = {
  'package.json': '{ "name": "hostile", "scripts": { "test": "node --test" } }',
  'src/queue.js': '',
  'test/queue.test.js': '',
  'lib/ids.js': `'use strict';
let next = 0;
exports.id = () => ++next;
exports.later = (n, done) => setTimeout(() => done(n > 0 ? null : new Error('none')), 1);
exports.wait = (ms, clock) => new Promise((resolve) => clock(resolve, ms));
exports.unused = () => 'never';
exports.greeting = (name) => 'hi ' + name;
`,
  'test/inner.mjs': `import { test } from 'node:test';
import assert from 'node:assert';
import ids from '../lib/ids.js';
await test('inner', () => assert.equal(ids.greeting('a').length, 4));
`,
  'test/served.test.js': `const http = require('node:http');
const { test } = require('node:test');
const ids = require('../lib/ids.js');
test('imports a test', async () => { await import('./inner.mjs'); });
test('runs a hook at once', (t) => {
  let ran = false;
  t.before(() => { ran = true; });
  t.assert.ok(ran);
});
test('keeps its plan a little later', (t, done) => {
  t.plan(1);
  done();
  Promise.resolve().then(() => {}).then(() => {}).then(() => t.assert.equal(ids.greeting('b'), 'hi b'));
});
test('goes without promises for a while', (t) => {
  const kept = globalThis.Promise;
  t.after(() => { globalThis.Promise = kept; });
  globalThis.Promise = undefined;
  t.assert.throws(() => ids.wait(1, setTimeout), TypeError);
});
test('is answered', async (t) => {
  const server = http.createServer((_, response) => {
    // Fails nobody's promise: who waits for the answer would wait for ever.
    if (ids.greeting('c') !== 'hi c') throw new TypeError('wrong');
    response.end('fine');
  });
  await new Promise((resolve) => server.listen(0, resolve));
  t.after(() => server.close());
  const answer = await fetch(\`http://localhost:\${server.address().port}\`);
  t.assert.equal(await answer.text(), 'fine');
});
`,
  'test/ids.test.js': `const assert = require('node:assert');
const { describe, it, test, before, after, beforeEach, mock } = require('node:test');
const ids = require('../lib/ids.js');
const seen = [];
before(() => seen.push('before'));
beforeEach(() => seen.push('each'));
test('counts from one', () => assert.equal(ids.id(), 1));
test('calls back', (t, done) => ids.later(1, done));
test('calls back with an error', (t, done) => ids.later(0, (error) => done(error ? undefined : new Error('no error'))));
describe('waiting', { concurrency: true }, () => {
  let made = 0;
  before(() => { made = 1; });
  after(() => { made = 0; });
  it('waits as long as it is told', async (t) => {
    t.plan(2);
    const clock = t.mock.fn((resolve) => resolve());
    await ids.wait(5, clock);
    t.assert.equal(clock.mock.calls[0].arguments[1], 5);
    t.assert.equal(made, 1);
  });
  it.skip('is skipped', () => assert.fail());
  it.todo('is to be done', () => assert.fail());
});
test('holds tests', async (t) => {
  let each = 0;
  t.beforeEach(() => { each++; });
  await t.test('one', () => {});
  await t.test('two', () => assert.equal(each, 2));
  t.diagnostic(seen.join());
});
`,
};

describe('assay mutate on node:test', () => {
  after(removeWorkspaces);

  it('judges each mutant', async () => {
    const { statuses, said } = await judge(copyFixture('node-test'));
    assert.match(said, /4 tests on node:test, judged by Assay hot/);
    assert.deepEqual(count(noticed(statuses)), { Killed: 22, Survived: 2 });
  });

  it('judges by the tests that a program imports, without node --test', async () => {
    const directory = copyFixture('node-test');
    write(directory, 'package.json', '{ "name": "a", "type": "module", "scripts": { "test": "node --conditions development all.js" } }');
    write(directory, 'all.js', "import './test/queue.test.js';\n");
    const { statuses, said } = await judge(directory);
    assert.match(said, /4 tests on node:test, judged by Assay hot/);
    assert.deepEqual(count(noticed(statuses)), { Killed: 22, Survived: 2 });
  });

  it('knows hooks, callbacks, plans, mocks, tests inside of tests and what is skipped', async () => {
    const { statuses } = await judge(copyFixture('node-test', HOSTILE), 'lib/ids.js');
    assert.deepEqual(
      Object.entries(statuses)
        .filter(([, status]) => status !== 'Killed')
        .map(([mutant, status]) => `${status}: ${mutant}`)
        .sort(),
      [
        'NoCoverage: lib/ids.js:6:24-6:31 StringLiteral ""',
        'Survived: lib/ids.js:4:77-4:83 StringLiteral ""',
        'Survived: lib/ids.js:6:18-6:31 ArrowFunction () => undefined',
      ],
    );
  });

  it('says what it cannot do', async () => {
    const directory = copyFixture('node-test');
    write(directory, 'package.json', '{ "name": "a", "type": "module", "scripts": { "test": "node --test --test-only" } }');
    const said = await assay(directory, ['mutate', 'src']);
    assert.deepEqual([said.status, /"--test-only" changes which tests run/.test(said.err + said.out)], [2, true], said.err);
    write(directory, 'package.json', '{ "name": "a", "type": "module", "scripts": { "test": "node --test" } }');
    write(directory, 'test/more.test.js', "import { test } from 'node:test';\ntest('fails', () => { throw new Error('broken'); });\n");
    const failing = await assay(directory, ['mutate', 'src']);
    assert.deepEqual(
      [failing.status, /1 of 5 tests fail before anything was changed: "fails"/.test(failing.err + failing.out)],
      [2, true],
      failing.err,
    );
    const reference = await assay(directory, ['mutate', 'src', '--reference']);
    assert.deepEqual([reference.status, /StrykerJS does not run tests of node:test/.test(reference.err + reference.out)], [2, true], reference.err);
  });
});

function count(statuses: Record<string, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const status of Object.values(statuses)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
