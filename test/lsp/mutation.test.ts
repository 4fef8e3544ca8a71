import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyFixture, removeWorkspaces } from '../support/workspaces.ts';
import { Session } from './session.ts';

const FILE = 'src/price.ts';

describe('mutation testing through the language server', () => {
  let directory: string;
  let session: Session;
  const original = () => readFileSync(path.join(directory, FILE), 'utf8');
  const survivors = () => (session.diagnostics.get(session.uri(FILE)) ?? []).filter(({ code }) => code !== 'NoCoverage');

  before(async () => {
    directory = copyFixture('vitest');
    session = await Session.start([directory], { settings: { show: 'all' } });
    await session.open(FILE);
  });
  after(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('offers to run the file before anything is known of it', async () => {
    assert.deepEqual(await session.lenses(FILE), ['0: Run mutation testing on this file']);
    assert.deepEqual(await session.lenses('test/price.test.ts'), []);
  });

  it('tells how the file is tested, with evidence', async () => {
    const detected = await session.ask('detect', { uri: session.uri(FILE) });
    assert.match(detected.framework ?? '', /^vitest 5\./);
    assert.equal(detected.packageName, 'fixture-vitest');
    assert.ok(
      detected.evidence.some(({ file, line, says }) => file?.endsWith('package.json') && line === 5 && says.includes('"test" runs vitest')),
      JSON.stringify(detected.evidence),
    );
  });

  it('judges the file, with progress in words and survivors as they come', async () => {
    const result = await session.mutate(FILE);
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    assert.deepEqual(
      { survived: result.counts.Survived, killed: result.counts.Killed, uncovered: result.counts.NoCoverage },
      { survived: 5, killed: 14, uncovered: 4 },
    );
    const texts = session.progress.map(({ text }) => text);
    for (const expected of ['instrumenting', 'running the tests once', '10 tests pass'])
      assert.ok(texts.includes(expected), `${expected} in ${texts.join(' | ')}`);
    assert.match(texts.at(-1) ?? '', /^23 of 23 mutants · 5 survived$/);
    await session.until(
      'all survivors, confirmed',
      () => survivors().length === 5 && survivors().every(({ message }) => !String(message).includes('Not confirmed')),
    );
  });

  it('says in words what survived, with the page of the mutator and the tests that ran it', () => {
    const found = survivors().find(({ code, range }) => code === 'EqualityOperator' && range.start.line === 19);
    assert.equal(found?.message, 'No test notices when `>=` becomes `>`.');
    assert.equal(found?.severity, 2);
    const page = found?.codeDescription?.href ?? '';
    assert.match(page, /docs\/mutators\/EqualityOperator\.md$/);
    const related = found?.relatedInformation?.find(({ message }) => message.endsWith('total > takes the discount off'));
    assert.equal(related?.location.uri, session.uri('test/price.test.ts'));
    assert.equal(related?.location.range.start.line, 31);
  });

  it('shows code that no test runs as one hint on the function', () => {
    const hints = (session.diagnostics.get(session.uri(FILE)) ?? []).filter(({ code }) => code === 'NoCoverage');
    assert.deepEqual(hints.map(({ message, severity, range }) => [message, severity, range.start.line]).sort(), [
      ['No test runs format.', 4, 30],
      ['No test runs this code.', 4, 18],
    ]);
  });

  it('puts the numbers of each function over it', async () => {
    assert.deepEqual(await session.lenses(FILE), [
      '0: Run mutation testing on this file',
      '0: 60 % · 5 survived of 23 · 4 not covered',
      '8: 77 % · 2 survived of 9',
      '18: 66 % · 1 survived of 6 · 1 not covered',
      '24: 60 % · 2 survived of 5',
      '30: 0 % · 3 not covered of 3',
    ]);
  });

  it('shows the change, its status and the times of its tests on hover', async () => {
    const text = (await session.hover(FILE, 19, 14)) ?? '';
    assert.match(text, /```diff\n- if \(price >= 100\) return member \? 15 : 10;\n\+ if \(price > 100\) return member \? 15 : 10;\n```/);
    assert.match(text, /\*\*Survived\.\*\*/);
    assert.match(text, /In all tests that reach it, the code comes to the same with it as without: to notice it, a test needs other inputs\./);
    assert.match(text, /\[total \\> takes the discount off\]\(file:\S*price\.test\.ts#L32\) (<1|\d+) ms|6 covering tests/);
    assert.equal(await session.hover(FILE, 6, 0), undefined);
  });

  it('offers to ignore, to run again and to show the tests', async () => {
    const diagnostic = survivors().find(({ code, range }) => code === 'EqualityOperator' && range.start.line === 19);
    assert.ok(diagnostic);
    const actions = await session.actions(FILE, diagnostic);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Add a test that kills this mutant',
        'Add tests for all 2 survivors in discount',
        'Run mutation testing on discount again',
        'Show covering tests (6)',
        'Ignore this mutant (EqualityOperator)',
        'Not useful: do not show this mutant again',
      ],
    );
    const [edit] = (actions[4]?.edit?.documentChanges ?? []) as { edits: { range: { start: { line: number } }; snippet: { value: string } }[] }[];
    assert.equal(edit?.edits[0]?.range.start.line, 19);
    assert.equal(edit?.edits[0]?.snippet.value, '  // Stryker disable next-line EqualityOperator: ${1:why no test is needed}\n');
  });

  it('judges a function alone, and leaves the others as they are', async () => {
    const before = await session.ask('fileDetail', { uri: session.uri(FILE) });
    const result = await session.mutate(FILE, { start: { line: 20, column: 3 }, end: { line: 20, column: 3 } });
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    assert.equal(
      Object.values(result.counts).reduce((a, b) => a + b),
      6,
    );
    const after = await session.ask('fileDetail', { uri: session.uri(FILE) });
    assert.deepEqual(after?.summary.counts, before?.summary.counts);
    assert.deepEqual(after?.mutants.map(({ id }) => id).sort(), before?.mutants.map(({ id }) => id).sort());
  });

  it('keeps results at their code through edits above it', async () => {
    const before = survivors().map(({ range }) => range.start.line);
    await session.change(FILE, `// one\n// two\n${original()}`);
    await session.until(
      'diagnostics two lines below',
      () => survivors().length === 5 && survivors().every(({ range }, i) => range.start.line === (before[i] ?? 0) + 2),
    );
    assert.ok((await session.lenses(FILE)).includes('20: 66 % · 1 survived of 6 · 1 not covered'));
  });

  it('shows the results of a changed function as stale and no survivors in it', async () => {
    await session.change(FILE, original().replace('price >= 100', 'price >= 1000'));
    await session.until('no survivor in discount', () => survivors().length === 4);
    assert.ok((await session.lenses(FILE)).includes('18: stale: was 66 % · 1 survived of 6 · 1 not covered'));
  });

  it('mutates what is in the editor, not what is on the disk', async () => {
    await session.change(FILE, original().replace('price >= 100', 'price >= 120'));
    const result = await session.mutate(FILE, { start: { line: 19, column: 3 }, end: { line: 19, column: 3 } });
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    const detail = await session.ask('fileDetail', { uri: session.uri(FILE) });
    assert.ok(detail?.mutants.some(({ original: text, stale }) => text === 'price >= 120' && !stale));
    assert.match(original(), /price >= 100/);
    await session.change(FILE, original());
  });

  it('keeps results through a restart of the editor', async () => {
    await session.mutate(FILE);
    await session.stop();
    session = await Session.start([directory], { settings: { show: 'all' } });
    await session.until('stored survivors of a file that is not open', () => survivors().length === 5);
    const [summary] = await session.ask('results', {});
    assert.equal(summary?.name, 'fixture-vitest');
    assert.equal(summary?.lastRun?.testsRun, 10);
    assert.deepEqual(
      summary?.files.map(({ path: file, score }) => [file, Math.floor(score ?? 0)]),
      [['src/price.ts', 60]],
    );
    assert.ok((summary?.weakestTests.length ?? 0) > 0);
  });

  it('keeps results at their code when the file changes on the disk', async () => {
    const text = original();
    writeFileSync(path.join(directory, FILE), `\n\n\n${text}`);
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: session.uri(FILE), type: 2 }] });
    await session.until('diagnostics three lines below', () =>
      survivors().some(({ code, range }) => code === 'EqualityOperator' && range.start.line === 22),
    );
    writeFileSync(path.join(directory, FILE), text);
  });

  it('exports each format', async () => {
    const export_ = (format: 'json' | 'html' | 'sarif' | 'markdown') => session.ask('export', { format, directory });
    const report = JSON.parse(await export_('json')) as { schemaVersion: string; files: Record<string, { mutants: unknown[] }> };
    assert.equal(report.schemaVersion, '2.0');
    assert.equal(report.files['src/price.ts']?.mutants.length, 23);
    assert.match(await export_('html'), /<mutation-test-report-app/);
    assert.equal((JSON.parse(await export_('sarif')) as { version: string }).version, '2.1.0');
    assert.match(await export_('markdown'), /# Mutation score of fixture-vitest: 60\.9 %/);
  });

  it('forgets results when asked to', async () => {
    await session.ask('clear', {});
    await session.until('no diagnostics', () => session.diagnostics.get(session.uri(FILE))?.length === 0);
    assert.deepEqual(await session.ask('results', {}), []);
  });
});
