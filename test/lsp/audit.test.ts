import assert from 'node:assert/strict';
import path from 'node:path';
import { type CodeAction, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-protocol/node';
import { emptyWorkspace, removeWorkspaces, write } from '../support/workspaces.ts';
import { Session } from './session.ts';

const FILE = 'test/add.test.js';
const HEAD = "import { expect, it } from 'vitest';\nimport { add } from '../src/add.js';\nimport { sums } from './sums.js';\n";
const TEST = `${HEAD}
it('adds', () => {
  expect(add(1, 2)).toBe(3);
});
it('adds some time', () => {
  expect(add.later(1, 2)).resolves.toBe(3);
});
it.only('finds', () => {
  expect(add(1, 2)).toBeTruthy();
});
it('checks by a helper', () => {
  sums(1, 2, 3);
});
`;

/** What the tests of an open file check: from its text alone, as it is typed. */
describe('the test audit', () => {
  let directory: string;
  let session: Session;
  const pulled = async (): Promise<string[]> => (await pull()).map(({ code, range }) => `${range.start.line}: ${code}`);
  const pull = async (): Promise<Diagnostic[]> => {
    const report: { items: Diagnostic[] } = await session.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri: session.uri(FILE) },
    });
    return report.items;
  };

  before(async () => {
    directory = emptyWorkspace({ [FILE]: TEST, 'test/sums.js': '', 'src/add.js': 'export const add = (a, b) => a + b;\n' });
    // Nothing of it is run, so that an untrusted workspace has it, too.
    session = await Session.start([directory], { trusted: false });
    await session.open(FILE);
  });
  after(async () => {
    await session.stop();
    removeWorkspaces();
  });

  it('has a lens over the file and one over each test', async () => {
    assert.deepEqual(await session.lenses(FILE), [
      '0: 4 tests · mean strength 29 · 3 weak',
      '0: Prove the tests',
      '0: Open the test audit',
      '4: strength 70 · behaviour',
      '7: strength 10 · execution only: no assertion that counts',
      '10: strength 25 · weak: only truthiness',
      '13: strength 10 · execution only: no assertion',
    ]);
  });

  it('says what is wrong, with a page for each rule', async () => {
    assert.deepEqual(await pulled(), ['8: unawaited-assertion', '10: focused-test', '13: no-assertion']);
    const [first] = await pull();
    assert.match(first?.codeDescription?.href ?? '', /docs\/audit\/unawaited-assertion\.md$/);
  });

  it('explains a strength line by line', async () => {
    const text = await session.hover(FILE, 10, 5);
    assert.match(text ?? '', /\*\*Strength 25 of 100\*\* · weak: only truthiness/);
    assert.match(text ?? '', /\| 12 \| `expect\(add\(1, 2\)\)\.toBeTruthy\(\)` \| 25 \| only truthiness; misses the value itself \|/);
    assert.match(text ?? '', /Assert the value itself/);
  });

  it('offers what sets it right', async () => {
    const [unawaited, focused] = await pull();
    const [awaited] = await session.actions(FILE, unawaited as Diagnostic);
    assert.equal(awaited?.title, 'Await it, and make the test async');
    assert.deepEqual(
      awaited.edit?.changes?.[session.uri(FILE)]?.map(({ range, newText }) => [range.start.line, range.start.character, newText]),
      [
        [7, 21, 'async '],
        [8, 2, 'await '],
      ],
    );
    const [unfocused] = await session.actions(FILE, focused as Diagnostic);
    assert.deepEqual(unfocused?.edit?.changes?.[session.uri(FILE)], [
      { range: { start: { line: 10, character: 2 }, end: { line: 10, character: 7 } }, newText: '' },
    ]);
  });

  it('offers to have assertions say more: on what is wrong, and where it is none', async () => {
    const text = `${HEAD}it('adds', () => {\n  expect(add).toThrow();\n  expect(add(1)).toEqual({});\n  for (const one of add()) expect(one).toBe(1);\n});\n`;
    await session.change(FILE, text);
    const offered = async (at: { line: number; character: number }, diagnostics: Diagnostic[]) =>
      (
        await session.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri: session.uri(FILE) },
          range: { start: at, end: at },
          context: { diagnostics },
        })
      ).map(({ title, kind }) => `${kind}: ${title}`);
    const [broad] = await pull();
    assert.equal(broad?.code, 'broad-throws');
    const [named] = await session.actions(FILE, broad);
    assert.equal(named?.title, 'Say which error: its message');
    assert.deepEqual(named.edit?.documentChanges, [
      {
        textDocument: { uri: session.uri(FILE), version: 2 },
        edits: [
          {
            range: { start: { line: 4, character: 21 }, end: { line: 4, character: 23 } },
            snippet: { kind: 'snippet', value: "('${1:message}')" },
          },
        ],
      },
    ]);
    assert.deepEqual(await offered({ line: 5, character: 20 }, []), ['refactor.rewrite: Compare strictly: toStrictEqual']);
    assert.deepEqual(await offered({ line: 4, character: 10 }, []), []);
    await session.change(FILE, TEST);
  });

  it('only hints at what may well be meant, and goes on telling of the rest', async () => {
    const loop = "it('lists', () => {\n  expect(add(0, 0)).toBe(0);\n  for (const one of add.all()) expect(one).toBe(1);\n});\n";
    await session.change(FILE, `${TEST}${loop}`);
    const found = await pull();
    assert.deepEqual(
      found.map(({ code, severity }) => [code, severity]),
      [
        ['unawaited-assertion', DiagnosticSeverity.Error],
        ['focused-test', DiagnosticSeverity.Warning],
        ['no-assertion', DiagnosticSeverity.Warning],
        ['conditional-assertion', DiagnosticSeverity.Hint],
      ],
    );
    assert.match((await session.hover(FILE, 16, 5)) ?? '', /in a loop that may have nothing to go through/);
    await session.change(FILE, TEST);
  });

  it('follows the text as it is typed, and helpers of other files', async () => {
    await session.change(FILE, TEST.replace('it.only', 'it').replace('toBeTruthy()', 'toBe(4)'));
    assert.deepEqual(await pulled(), ['8: unawaited-assertion', '13: no-assertion']);
    write(directory, 'test/sums.js', "import { expect } from 'vitest';\nexport const sums = (a, b, sum) => expect(a + b).toBe(sum);\n");
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: session.uri(path.join('test', 'sums.js')), type: 2 }],
    });
    assert.deepEqual(await pulled(), ['8: unawaited-assertion']);
  });

  it("tells what a project's own rules find, as severe as it takes them, and what is wrong with them where that stands", async () => {
    const CONFIG = 'assay.config.json';
    const rule = {
      id: 'no-later',
      message: 'Not later.',
      languages: ['javascript'],
      query: '((property_identifier) @finding (#eq? @finding "later"))',
    };
    const config = (query: string) =>
      JSON.stringify({
        audit: { rules: [{ ...rule, query, page: 'https://example.com/later' }], severities: { 'no-assertion': 'off', 'focused-test': 'error' } },
      });
    await session.change(FILE, TEST);
    await session.open(CONFIG, config(rule.query));
    const found = await pull();
    assert.deepEqual(
      found.map(({ code, severity, range, codeDescription }) => [code, severity, range.start.line, codeDescription?.href.replace(/.*(?=docs)/, '')]),
      [
        ['unawaited-assertion', 1, 8, 'docs/audit/unawaited-assertion.md'],
        ['no-later', 2, 8, 'https://example.com/later'],
        ['focused-test', 1, 10, 'docs/audit/focused-test.md'],
      ],
    );
    const wrong = async (): Promise<Diagnostic[]> => {
      const report: { items: Diagnostic[] } = await session.connection.sendRequest('textDocument/diagnostic', {
        textDocument: { uri: session.uri(CONFIG) },
      });
      return report.items;
    };
    assert.deepEqual(await wrong(), []);
    const text = config('(no_such_node) @finding');
    await session.change(CONFIG, text);
    const [problem] = await wrong();
    assert.match(String(problem?.message), /This is no query for javascript: Bad node name 'no_such_node'/);
    assert.deepEqual([problem?.code, problem?.range.start.character], ['invalid-config', text.indexOf('"(no_such_node')]);
    assert.deepEqual(
      (await pull()).map(({ code }) => code),
      ['unawaited-assertion', 'focused-test'],
    );
    await session.connection.sendNotification('textDocument/didClose', { textDocument: { uri: session.uri(CONFIG) } });
  });

  it('says nothing of broken syntax but what it can read', async () => {
    await session.change(FILE, `${HEAD}it('adds', () => {\n  expect(add(1, 2)).toBe(3);\n});\nit('breaks', () => {\n  expect(`);
    assert.match((await session.lenses(FILE)).join('\n'), /3: strength 70 · behaviour/);
  });

  it('says nothing where it is switched off', async () => {
    await session.change(FILE, TEST);
    await session.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { assay: { auditCodeLens: false, auditDiagnostics: false } },
    });
    assert.deepEqual(await pulled(), []);
    assert.deepEqual(await session.lenses(FILE), []);
  });
});
