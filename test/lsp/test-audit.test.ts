import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import type { AuditedPackage } from '../../server/protocol.ts';
import { manyTests } from '../support/many-tests.ts';
import { emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';
import { Session } from './session.ts';

const CART = 'shop/test/cart.test.js';
const HEAD = "import { expect, it } from 'vitest';\nimport { add } from '../src/add.js';\n";
const WEAK = `${HEAD}it('adds', () => {\n  expect(add(1, 2)).toBeDefined();\n});\nit.skip('adds nothing', () => {\n  expect(add(0, 0)).toBe(0);\n});\n`;
const STRONG = `${HEAD}it('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\n`;

/** All tests of the open folders at once. */
describe('the test audit of a workspace', () => {
  let directory: string;
  let session: Session;
  const audit = async (asked = true): Promise<AuditedPackage[]> => (await session.ask('testAudit', { run: 1, asked })).packages;
  const shop = async (asked?: boolean): Promise<AuditedPackage> => (await audit(asked)).find(({ name }) => name === '@acme/shop') as AuditedPackage;
  const isStored = (name: string) => existsSync(path.join(directory, name, '.assay/assay.db'));

  beforeEach(async () => {
    directory = emptyWorkspace({
      'shop/package.json': '{ "name": "@acme/shop" }',
      [CART]: WEAK,
      'shop/test/list.test.js': STRONG,
      'shop/test/helper.js': 'export const one = 1;\n',
      'worker/go.mod': 'module worker\n',
      'worker/queue_test.go': 'package worker\n\nimport "testing"\n\nfunc TestQueue(t *testing.T) {\n\tNewQueue()\n}\n',
    });
    // Nothing of it is run, so that an untrusted workspace has it, too.
    session = await Session.start([directory], { trusted: false });
  });
  afterEach(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('reads all tests, package by package', async () => {
    const [first, second, ...others] = await audit();
    assert.deepEqual([first?.name, second?.name, others.length], ['@acme/shop', 'worker', 0]);
    assert.deepEqual(
      first?.files.map((file) => [file.uri, file.path]),
      [
        [session.uri(CART), 'test/cart.test.js'],
        [session.uri('shop/test/list.test.js'), 'test/list.test.js'],
      ],
    );
    assert.deepEqual(first?.files[0]?.tests, [
      {
        title: ['adds'],
        range: { start: { line: 2, column: 0 }, end: { line: 4, column: 2 } },
        state: 'run',
        strength: 24,
        band: 'weak',
        assertions: 1,
        rules: [],
      },
      {
        title: ['adds nothing'],
        range: { start: { line: 5, column: 0 }, end: { line: 7, column: 2 } },
        state: 'skipped',
        strength: 0,
        band: 'execution only',
        assertions: 1,
        rules: ['skipped-test'],
      },
    ]);
    assert.deepEqual(
      first?.files[0]?.findings.map(({ rule, range }) => `${range.start.line}: ${rule}`),
      ['5: skipped-test'],
    );
    const { tests, skipped, bands, findings } = first?.summary ?? assert.fail();
    assert.deepEqual({ tests, skipped, findings }, { tests: 3, skipped: 1, findings: { 'skipped-test': 1 } });
    assert.deepEqual(bands, { 'execution only': 0, weak: 1, behaviour: 1, comprehensive: 0 });
    assert.deepEqual([first?.falsePositives, first?.gaps], [null, []], 'no test was run, and there is no source');
    assert.deepEqual([second?.summary.findings, second?.summary.hints], [{}, 1], 'what may be meant is only hinted at');
    assert.deepEqual(
      [second?.files[0]?.tests[0]?.rules, second?.files[0]?.findings.map(({ rule, severity }) => `${severity} ${rule}`)],
      [[], ['hint no-assertion']],
    );
  });

  it('takes texts that are not saved', async () => {
    await session.open(CART, STRONG);
    assert.deepEqual((await shop()).summary.bands, { 'execution only': 0, weak: 0, behaviour: 2, comprehensive: 0 });
    await session.change(CART, WEAK);
    assert.equal((await shop()).summary.bands.weak, 1);
  });

  it('takes helpers that are not saved', async () => {
    write(directory, 'shop/test/sums.js', '');
    write(directory, CART, "import { it } from 'vitest';\nimport { sums } from './sums.js';\nit('adds', () => {\n  sums(1, 2, 3);\n});\n");
    assert.equal((await shop()).summary.findings['no-assertion'], 1);
    await session.open('shop/test/sums.js', "import { expect } from 'vitest';\nexport const sums = (a, b, sum) => expect(a + b).toBe(sum);\n");
    assert.equal((await shop()).summary.findings['no-assertion'], undefined);
  });

  it('takes tests for those of the package that runs them: that is where results lie, and its numbers', async () => {
    write(directory, 'package.json', '{ "name": "root", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "*" } }');
    write(directory, 'vitest.config.js', 'export default {};\n');
    write(directory, 'node_modules/vitest/package.json', '{ "name": "vitest", "version": "3.2.4" }');
    const packages = await audit();
    assert.deepEqual(
      packages.map(({ name, uri, files, trend }) => [name, uri, files.map((file) => file.path), trend.length]),
      [
        ['root', session.uri('.').replace(/\/$/, ''), ['shop/test/cart.test.js', 'shop/test/list.test.js'], 1],
        ['worker', session.uri('worker'), ['queue_test.go'], 1],
      ],
    );
    assert.deepEqual(['.', 'shop', 'worker'].map(isStored), [true, false, true]);
  });

  it('records its numbers once, again when they are others, and keeps them over a restart', async () => {
    assert.deepEqual((await shop()).trend.length, 1);
    const [first] = (await shop()).trend;
    const { at = 0, ...numbers } = first ?? {};
    assert.ok(Math.abs(Date.now() - at) < 60_000);
    assert.deepEqual(numbers, {
      tests: 3,
      strength: 47,
      bands: { 'execution only': 0, weak: 1, behaviour: 1, comprehensive: 0 },
      findings: 1,
      falsePositives: null,
    });
    await session.open(CART, STRONG);
    assert.equal((await shop()).trend.length, 2);
    await session.stop();
    session = await Session.start([directory]);
    assert.deepEqual(
      (await shop()).trend.map(({ findings }) => findings),
      [1, 0, 1],
    );
  });

  it('stores nothing where nothing is stored, unless a person asked', async () => {
    assert.deepEqual((await shop(false)).trend, []);
    assert.equal(isStored('shop'), false);
    await audit();
    assert.ok(isStored('shop') && isStored('worker'));
    await session.open(CART, STRONG);
    assert.equal((await shop(false)).trend.length, 2);
  });

  it('keeps its numbers in memory where they cannot be stored, and says so once', async () => {
    write(directory, 'shop/.assay', 'a file where the folder should be');
    await audit();
    await session.open(CART, STRONG);
    assert.equal((await shop()).trend.length, 2);
    const notices = await session.until('a notice', () => session.notices.length > 0 && session.notices);
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['store-unwritable'],
    );
  });

  it('says that tests may be others now when one is saved', async () => {
    let changes = 0;
    session.connection.onNotification('assay/auditChanged', () => void changes++);
    await session.open(CART);
    await session.save(CART, STRONG);
    await session.until('the notification', () => changes > 0);
  });

  it('writes the audit of a package', async () => {
    const uri = session.uri('shop');
    await session.open(CART, STRONG);
    const json = JSON.parse(await session.ask('exportAudit', { format: 'json', uri })) as { files: { path: string }[] };
    assert.deepEqual(
      json.files.map((file) => file.path),
      ['test/cart.test.js', 'test/list.test.js'],
    );
    assert.match(await session.ask('exportAudit', { format: 'markdown', uri }), /^# Test audit\n\n2 tests in 2 files\. Mean strength 70\.0 of 100\./);
    assert.match(await session.ask('exportAudit', { format: 'sarif', uri }), /"version": "2\.1\.0"/);
  });

  it('tells how far it is, and stops when it is cancelled', async () => {
    for (const [file, text] of Object.entries(manyTests(400, 40))) write(directory, file, text);
    const cancel = new CancellationTokenSource();
    const result = session.ask('testAudit', { run: 7, asked: true }, cancel.token);
    const [progress] = await session.until('progress', () => session.auditProgress.length > 0 && session.auditProgress);
    assert.deepEqual([progress?.run, progress?.planned], [7, 404]);
    cancel.cancel();
    assert.deepEqual(await result, { status: 'cancelled', packages: [] });
    assert.equal(isStored('shop'), false);
  });

  it('forgets what was deleted', async () => {
    await audit();
    rmSync(path.join(directory, 'worker'), { recursive: true });
    assert.deepEqual(
      (await audit()).map(({ name }) => name),
      ['@acme/shop'],
    );
  });
});
