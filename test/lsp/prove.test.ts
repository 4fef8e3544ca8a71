import assert from 'node:assert/strict';
import { CancellationTokenSource, type Diagnostic } from 'vscode-languageserver-protocol/node';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

const FILE = 'test/plain.test.ts';
const TEST = `import { expect, test } from 'vitest';
import { discount, subtotal } from '../src/price.ts';

test('gives a discount', () => {
  discount(7);
});
test('adds', () => {
  for (const line of []) expect(line).toBe(1);
  expect(subtotal([])).toBe(0);
});
`;

/** What tests were seen to do when they ran, in an editor. */
describe('proving tests', () => {
  let directory: string;
  let session: Session;
  const pulled = async (): Promise<string[]> => {
    const report: { items: Diagnostic[] } = await session.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: session.uri(FILE) },
    });
    return report.items.map(
      ({ code, range, message }) => `${range.start.line}: ${code} ${/each of \d+|: (?!it passed).*/.exec(String(message))?.[0] ?? ''}`,
    );
  };
  const prove = () => session.ask('prove', { run: 3, uris: [session.uri(FILE)] });
  const begin = async (trusted = true) => {
    session = await Session.start([directory], { trusted });
    await session.open(FILE);
  };

  beforeEach(async () => {
    directory = copyFixture('vitest', { [FILE]: TEST });
    await begin();
  });
  afterEach(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('tells what was seen in Problems, lenses and hovers, and tells how far it is', async () => {
    assert.ok((await session.lenses(FILE)).includes('0: Prove the tests'));
    const result = await prove();
    assert.deepEqual(result, {
      status: 'done',
      failures: [],
      tests: 2,
      falsePositives: 1,
      neverMade: 1,
      undecided: 0,
      failing: 0,
      missedDefects: [],
      untriedDefects: [],
    });
    assert.deepEqual(
      (await pulled()).map((one) => one.replace(/\d+$/, 'N')),
      ['3: no-assertion : it fails only if something throws.', '3: false-positive each of N', '7: never-made-assertion : there was nothing in `[]`.'],
    );
    const lenses = await session.lenses(FILE);
    assert.ok(lenses.includes('0: Prove the tests again'));
    assert.ok(lenses.includes('3: strength 10 · execution only: no assertion · passes whatever the code does'), lenses.join('\n'));
    assert.match(
      (await session.hover(FILE, 3, 2)) ?? '',
      /\*\*When it ran\*\* \(.*\), it passed with each of \d+ changes to what it runs\. It runs `discount`\./,
    );
    assert.match((await session.hover(FILE, 6, 2)) ?? '', /it failed when something of what it runs was broken\. 1 assertion in it was not made\./);
    assert.ok(session.progress.some(({ run, text }) => run === 3 && text === '1 of 1 test files run'));
    assert.equal(session.progress.findLast(({ run }) => run === 3)?.phase, 'ended');
  });

  it('says of an error that any would do for which one it was', async () => {
    const text = `import { expect, test } from 'vitest';
const cents = (euro) => { if (euro < 0) throw new RangeError('there is no price below 0'); return euro * 100; };
test('refuses', () => {
  expect(() => cents(-1)).toThrow();
});
test('refuses later', async () => {
  await expect(Promise.reject(new Error('closed'))).rejects.toThrow();
});
test('refuses by its time', () => {
  expect(() => { throw new Error(\`closed at \${Date.now()}\`); }).toThrow();
});
`;
    await session.change(FILE, text);
    await prove();
    const report: { items: Diagnostic[] } = await session.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: session.uri(FILE) },
    });
    const broad = report.items.filter(({ code }) => code === 'broad-throws');
    const offered = await Promise.all(broad.map((one) => session.actions(FILE, one)));
    assert.deepEqual(
      offered.map(([first]) => first?.title),
      ["Say which error: 'there is no price below 0'", "Say which error: 'closed'", 'Say which error: its message'],
    );
    assert.deepEqual(offered[0]?.[0]?.edit?.changes?.[session.uri(FILE)], [
      { range: { start: { line: 3, character: 33 }, end: { line: 3, character: 35 } }, newText: "('there is no price below 0')" },
    ]);
  });

  it('holds as long as the test and what it ran are as they were, also after a restart', async () => {
    await prove();
    const isThere = async () => (await pulled()).some((one) => one.includes('false-positive'));
    await session.change(FILE, `\n${TEST}`);
    assert.ok(await isThere(), 'it moved');
    await session.change(FILE, TEST.replace('discount(7)', 'discount(8)'));
    assert.ok(!(await isThere()), 'it is another test');
    await session.stop();
    await begin();
    assert.ok(await isThere(), 'restarted');
    await session.open('src/price.ts');
    assert.ok(await isThere(), 'the code is open');
    await session.change('src/price.ts', 'export const discount = () => 1;\nexport const subtotal = () => 0;\n');
    await session.change(FILE, `\n\n${TEST}`);
    assert.ok(!(await isThere()), 'the code is other code');
  });

  it('tells over the functions of the source which tests ran them', async () => {
    await session.open('src/price.ts');
    const told = async () => (await session.lenses('src/price.ts')).filter((one) => one.includes('run by'));
    assert.deepEqual(await told(), []);
    await prove();
    assert.deepEqual(await told(), ['8: run by 1 test · mean strength 82', '18: run by 1 test · mean strength 10 · it cannot fail']);
    await session.change('src/price.ts', 'export const discount = () => 1;\n');
    assert.deepEqual(await told(), []);
  });

  it('shows in the audit of all tests, beside critical paths', async () => {
    const before = await session.ask('testAudit', { run: 1, asked: true });
    assert.deepEqual(
      [before.packages[0]?.falsePositives, before.packages[0]?.gaps?.map(({ name }) => name).sort()],
      [null, ['src/cart.ts', 'src/price.ts']],
    );
    await prove();
    const after = await session.ask('testAudit', { run: 2, asked: true });
    const found = after.packages[0]?.falsePositives?.map(({ path, title, functions, priority }) => ({ path, title, functions, priority }));
    assert.deepEqual(found, [{ path: FILE, title: ['gives a discount'], functions: ['discount'], priority: 'critical' }]);
    assert.deepEqual(
      after.packages[0]?.trend.map(({ falsePositives }) => falsePositives),
      [null, 1],
    );
  });

  it('stops when it is cancelled, and knows nothing then', async () => {
    const cancel = new CancellationTokenSource();
    const result = session.ask('prove', { run: 3, uris: [session.uri('.')] }, cancel.token);
    await session.until('progress', () => session.progress.length > 0);
    cancel.cancel();
    assert.equal((await result).status, 'cancelled');
    assert.ok(!(await pulled()).some((one) => one.includes('false-positive')));
  });

  it('does not run tests of a workspace that is not trusted', async () => {
    await session.stop();
    await begin(false);
    const { status, failures } = await prove();
    assert.deepEqual([status, failures.map(({ code }) => code)], ['failed', ['untrusted']]);
  });
});
