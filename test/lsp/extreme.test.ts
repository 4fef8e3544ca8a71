import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { copyFixture, copySlowFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

const CART = 'src/cart.ts';
const PRICE = 'src/price.ts';
/** Tests run `format`, and would not miss `log`, which is all that it calls; `trim` has no body to remove. */
const TEXT = `const lines: string[] = [];
export function log(text: string): void {
  lines.push(text);
}
export function format(price: number): string {
  log('formatted');
  return price.toFixed(2);
}
export const trim = () => {};
`;
const TESTS = `import { expect, test } from 'vitest';
import { format } from '../src/format.ts';
test('two digits', () => {
  expect(format(1)).toBe('1.00');
});
`;
const FILE = 'src/format.ts';

describe('a quick scan through the language server', () => {
  let session: Session;
  const ours = (file: string) => session.diagnostics.get(session.uri(file)) ?? [];
  const scan = (...files: string[]) => session.ask('mutate', { run: 7, extreme: true, targets: files.map((file) => ({ uri: session.uri(file) })) });

  before(async () => {
    session = await Session.start([copyFixture('vitest', { [FILE]: TEXT, 'test/format.test.ts': TESTS })]);
    await session.open(FILE);
    await session.open(PRICE);
  });
  after(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('judges each function of a folder once, and tells no score', async () => {
    const result = await scan('src');
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    assert.deepEqual([result.functions, result.score], [{ pseudoTested: 2, notRun: 1, judged: 10 }, null]);
    assert.match(session.progress.at(-1)?.text ?? '', /^10 of 10 functions · 2 would not be missed$/);
  });

  it('says on the name of a function that no test would miss it, with the tests that run it', async () => {
    const [one] = await session.until(
      'the survivor',
      () => ours(FILE).length === 1 && !/confirmed/.test(String(ours(FILE)[0]?.message)) && ours(FILE),
    );
    assert.equal(one?.message, 'No test would miss `log`: its body can be removed and 1 test that runs it still passes.');
    assert.deepEqual(one?.range, { start: { line: 1, character: 16 }, end: { line: 1, character: 19 } });
    assert.equal(one?.severity, 2);
    const [test] = one?.relatedInformation ?? [];
    assert.deepEqual(
      [test?.message, test?.location.uri, test?.location.range.start.line],
      ['runs this: two digits', session.uri('test/format.test.ts'), 2],
    );
    assert.match((await session.hover(FILE, 1, 17)) ?? '', /No test would miss `log`[\s\S]*```diff\n- export function log/);
    assert.equal(await session.hover(FILE, 4, 17), undefined, 'of a function that tests would miss there is nothing to say');
    const titles = (await session.actions(FILE, one)).map(({ title }) => title);
    assert.deepEqual(titles.slice(0, 3), ['Add a test that kills this mutant', 'Run mutation testing on log again', 'Show covering tests (1)']);
  });

  it('lists the functions that no test would miss', async () => {
    const found = await session.ask('pseudoTested', {});
    assert.deepEqual(
      found.map(({ uri, title, at, tests }) => [uri, title, at.start.line, tests]),
      [
        [session.uri(FILE), 'log', 1, 1],
        [session.uri(CART), '(line) => … in Cart.add', 11, 1],
      ],
    );
  });

  it('makes no score of what only it has judged', async () => {
    assert.deepEqual(await session.lenses(FILE), [
      '0: Run mutation testing on this file',
      '0: quick scan: no test would miss 1 of 2',
      '1: quick scan: no test would miss it',
      '4: quick scan: tests would miss it',
    ]);
    assert.equal((await session.lenses(PRICE)).at(-1), '30: quick scan: no test runs it');
    const [pkg] = await session.ask('results', {});
    assert.deepEqual([pkg?.score, pkg?.coveredScore, pkg?.files.map(({ score }) => score)], [null, null, [null, null, null]]);
  });

  it('gives way to mutation testing, and leaves its results as they are', async () => {
    await session.mutate(PRICE);
    const before = await session.ask('fileDetail', { uri: session.uri(PRICE) });
    assert.equal((await session.lenses(PRICE))[2], '8: 77 % · 2 survived of 9');
    const result = await scan(PRICE);
    assert.deepEqual(result.functions, { pseudoTested: 0, notRun: 1, judged: 4 });
    const after = await session.ask('fileDetail', { uri: session.uri(PRICE) });
    const statuses = (of: typeof before) => of?.mutants.map(({ id, status }) => `${id} ${status}`);
    assert.deepEqual(statuses(after), statuses(before));
    assert.deepEqual(after?.summary, before?.summary);
    const [pkg] = await session.ask('results', {});
    assert.deepEqual(
      [pkg?.score, pkg?.files.find(({ path }) => path === PRICE)?.score],
      [pkg?.files.find(({ path }) => path === PRICE)?.score, before?.summary.score],
    );
  });

  it('judges what is in the editor', async () => {
    await session.change(FILE, TEXT.replace("log('formatted');", "log('formatted');\n  trim();").replace('() => {}', '() => { lines.pop(); }'));
    assert.ok((await session.lenses(FILE)).includes('4: stale: was judged by a quick scan'));
    const result = await scan(FILE);
    assert.deepEqual(result.functions, { pseudoTested: 2, notRun: 0, judged: 3 });
  });

  it('judges nothing again when a file is saved that it has looked over', async () => {
    const runs = session.progress.length;
    await session.save(FILE, TEXT);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(session.progress.length, runs);
  });
});

describe('a quick scan that is cancelled', () => {
  after(removeWorkspaces);

  it('ends at once, and keeps what came', async () => {
    const session = await Session.start([copySlowFixture()]);
    const source = new CancellationTokenSource();
    const running = session.ask('mutate', { run: 1, extreme: true, targets: [{ uri: session.uri('src') }] }, source.token);
    await session.until('the tests to run', () => session.progress.some(({ phase }) => phase === 'dry-run'));
    source.cancel();
    const result = await running;
    assert.equal(result.status, 'cancelled');
    await session.stop();
  });
});
