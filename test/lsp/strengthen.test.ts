import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { StrengthenResult } from '../../server/protocol.ts';
import { copyFixture, removeWorkspaces, write } from '../support/workspaces.ts';
import { Session } from './session.ts';

const FILE = 'src/price.ts';
const TEST = 'test/price.test.ts';
/** A file with a function that nothing calls. */
const DEAD = 'src/dead.ts';
/** One that no test loads. */
const ALONE = 'src/alone.ts';
const DEAD_FILES = {
  [ALONE]: 'export const double = (n: number): number => n * 2;\n',
  [DEAD]: `function never(n: number): number {
  return n + 1;
}
export const kept = (n: number): number => (n > 9 ? n : n * 2);
`,
  'test/dead.test.ts': `import { expect, it } from 'vitest';
import { kept } from '../src/dead.ts';

it('is kept', () => {
  expect(kept(3)).toBe(6);
});
`,
};

describe('tests that kill mutants, through the language server', () => {
  let directory: string;
  let session: Session;
  const open = () => session.diagnostics.get(session.uri(FILE)) ?? [];
  const survivors = () => open().filter(({ code }) => code !== 'NoCoverage');
  const mutantOf = (mutator: string, line: number): string => {
    const diagnostic = survivors().find(({ code, range }) => code === mutator && range.start.line === line);
    assert.ok(diagnostic, mutator);
    return (diagnostic.data as { mutantId: string }).mutantId;
  };
  /** The texts that test files have once an edit is made, by their names. */
  const edited = (edit: StrengthenResult['edit']): Map<string, string> =>
    new Map(
      ((edit?.documentChanges ?? []) as TextDocumentEdit[]).map(({ textDocument, edits }) => {
        const name = path.relative(directory, fileURLToPath(textDocument.uri));
        const document = TextDocument.create(textDocument.uri, 'typescript', 0, readFileSync(path.join(directory, name), 'utf8'));
        return [name, TextDocument.applyEdits(document, edits as TextEdit[])];
      }),
    );

  before(async () => {
    directory = copyFixture('vitest', DEAD_FILES);
    session = await Session.start([directory], { settings: { show: 'all' } });
    await session.open(FILE);
    await session.mutate(FILE);
    await session.until('all survivors', () => survivors().length === 5);
  });
  after(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('is the first fix that is offered', async () => {
    const diagnostic = survivors().find(({ code, range }) => code === 'EqualityOperator' && range.start.line === 19);
    assert.ok(diagnostic);
    const [one, ...others] = await session.actions(FILE, diagnostic);
    assert.equal(one?.title, 'Add a test that kills this mutant');
    assert.equal(one?.command?.command, 'assay.addTests');
    assert.ok(
      others.some(({ title }) => title === 'Add tests for all 2 survivors in discount'),
      others.map(({ title }) => title).join(', '),
    );
  });

  it('answers an edit that says what it is, and that was proved', async () => {
    const result = await session.ask('strengthen', { run: 7, uri: session.uri(FILE), mutantIds: [mutantOf('EqualityOperator', 19)] });
    assert.deepEqual([result.status, result.asked, result.killed, result.tests], ['done', 1, 1, 1], JSON.stringify(result));
    assert.deepEqual(
      Object.values(result.edit?.changeAnnotations ?? {}).map(({ label, needsConfirmation }) => [label, needsConfirmation]),
      [['Records current behaviour: review it', true]],
    );
    assert.match(
      edited(result.edit).get(TEST) ?? '',
      /\n {2}it\('returns 15 for 100 and true', \(\) => \{\n {4}expect\(discount\(100, true\)\)\.toBe\(15\);\n {2}\}\);\n/,
    );
    assert.ok(session.progress.some(({ run, text }) => run === 7 && text === '1 of 1 tests run'));
    assert.equal(readFileSync(path.join(directory, TEST), 'utf8'), result.before[0]?.text, 'nothing is written');
  });

  it('finds them for a test file as it stands in the editor, unsaved', async () => {
    const saved = readFileSync(path.join(directory, TEST), 'utf8');
    const unsaved = `// Not saved yet.\n\n${saved}`;
    await session.open(TEST, unsaved);
    const result = await session.ask('strengthen', { run: 11, uri: session.uri(FILE), mutantIds: [mutantOf('EqualityOperator', 19)] });
    assert.deepEqual([result.killed, result.before], [1, [{ uri: session.uri(TEST), text: unsaved }]], JSON.stringify(result));
    const [edit] = (result.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.equal(typeof edit?.textDocument.version, 'number', 'an editor refuses it for any other version');
    const document = TextDocument.create(session.uri(TEST), 'typescript', 0, unsaved);
    const text = TextDocument.applyEdits(document, (edit?.edits ?? []) as TextEdit[]);
    assert.match(text, /^\/\/ Not saved yet\.\n\n/);
    assert.match(text, /\n {2}it\('returns 15 for 100 and true', \(\) => \{\n {4}expect\(discount\(100, true\)\)\.toBe\(15\);\n {2}\}\);\n/);
    assert.equal(readFileSync(path.join(directory, TEST), 'utf8'), saved);
    await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: session.uri(TEST) } });
  });

  it('has a weak test say more, where it lets mutants through that it runs', async () => {
    await session.open(TEST);
    const line = readFileSync(path.join(directory, TEST), 'utf8')
      .split('\n')
      .findIndex((one) => one.includes('takes the discount off'));
    const title = /^Have this test notice (\d+) mutants of price\.ts that it lets through$/;
    const lenses = await session.lenses(TEST);
    assert.ok(
      lenses.some((one) => title.test(one.replace(`${line}: `, ''))),
      lenses.join('\n'),
    );
    assert.match((await session.hover(TEST, line, 3)) ?? '', /\*\*It lets \d+ mutants through\*\* that no test notices: \d+ of `price\.ts`\./);
    const at = { line, character: 4 };
    const actions = await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: session.uri(TEST) },
      range: { start: at, end: at },
      context: { diagnostics: [] },
    });
    const [action] = actions.filter((one) => title.test(one.title));
    assert.equal(action?.command?.command, 'assay.addTests');
    const [uri, mutantIds, within] = action.command.arguments as [string, string[], { uri: string; names: string[] }];
    assert.deepEqual([uri, within], [session.uri(FILE), { uri: session.uri(TEST), names: ['total > takes the discount off'] }]);
    const result = await session.ask('strengthen', { run: 12, uri, mutantIds, within });
    assert.deepEqual([result.status, result.tests, result.stronger], ['done', 0, 1], JSON.stringify(result.failures));
    assert.match(edited(result.edit).get(TEST) ?? '', /toBe\(180\)/);
    assert.equal(result.killed + result.left.length, result.asked);
    // What another test would notice is not looked for.
    const other = await session.ask('strengthen', {
      run: 13,
      uri,
      mutantIds,
      within: { uri: within.uri, names: ['subtotal > is nothing for no lines'] },
    });
    assert.deepEqual([other.status, other.edit], ['done', null]);
    assert.match(other.left[0]?.sentence ?? '', /No test was found: no value that the tests look at is another one with it\.$/);
    await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: session.uri(TEST) } });
  });

  it('finds tests for a whole file; once they are there, what they are for is no survivor any more', async () => {
    const result = await session.ask('strengthen', { run: 8, uri: session.uri(FILE) });
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    assert.equal(result.killed, result.asked - result.left.length);
    assert.ok(result.killed >= 5, JSON.stringify(result.left));
    const texts = edited(result.edit);
    assert.deepEqual([...texts.keys()].sort(), ['test/cart.test.ts', TEST]);
    for (const [name, text] of texts) await session.open(name, text);
    for (const range of result.again) await session.mutate(FILE, range);
    await session.until('no survivors but those that are not worth a test', () =>
      survivors().every(({ message }) => String(message).includes('(Suppressed: ')),
    );
  });

  it('says why where none can be found', async () => {
    await session.open(DEAD);
    await session.mutate(DEAD);
    const detail = await session.ask('fileDetail', { uri: session.uri(DEAD) });
    const uncovered = detail?.mutants.find((one) => one.function === 'never' && one.replacement === 'n - 1');
    assert.equal(uncovered?.status, 'NoCoverage');
    const result = await session.ask('strengthen', { run: 9, uri: session.uri(DEAD), mutantIds: [uncovered.id] });
    assert.deepEqual([result.status, result.edit, result.left.map(({ kind }) => kind)], ['done', null, ['not-reached']], JSON.stringify(result));
    assert.match(result.left[0]?.sentence ?? '', /^No test runs .* No test was found: none of \d+ calls like those of the tests runs its code\.$/);
  });

  it('makes a file where no test loads the code', async () => {
    await session.open(ALONE);
    await session.mutate(ALONE);
    const result = await session.ask('strengthen', { run: 10, uri: session.uri(ALONE) });
    assert.ok(result.killed > 0, JSON.stringify(result.left));
    const uri = session.uri('test/alone.test.ts');
    assert.deepEqual(result.before, [{ uri, text: null }]);
    const [create, edit] = result.edit?.documentChanges ?? [];
    assert.deepEqual(create, { kind: 'create', uri, annotationId: 'assay.records' });
    const [whole, ...others] = (edit as TextDocumentEdit).edits as TextEdit[];
    assert.match(
      whole?.newText ?? '',
      /^import \{ expect, test \} from 'vitest';\nimport \{ double \} from '\.\.\/src\/alone\.ts';\n\ntest\('returns /,
    );
    assert.deepEqual([whole?.range.end, others], [{ line: 0, character: 0 }, []]);
    write(directory, 'test/alone.test.ts', whole?.newText ?? '');
    await session.mutate(ALONE);
    const detail = await session.ask('fileDetail', { uri: session.uri(ALONE) });
    assert.deepEqual([...new Set(detail?.mutants.map(({ status }) => status))], ['Killed'], 'the warm processes run the file that is new');
  });

  it('does nothing in a workspace that is not trusted', async () => {
    const other = await Session.start([directory], { trusted: false });
    const result = await other.ask('strengthen', { run: 1, uri: other.uri(FILE) });
    await other.stop();
    assert.deepEqual([result.status, result.failures.map(({ code }) => code)], ['failed', ['untrusted']]);
  });
});
