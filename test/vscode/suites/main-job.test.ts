import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { MutateResult } from '../../../server/protocol.ts';

/** What the main job finds on each fixture; the launcher says which one is open. */
const EXPECTED: Record<
  string,
  {
    file: string;
    counts: { Survived: number; Killed: number; NoCoverage: number };
    shown: number;
    lens: string;
    message: string;
    functions: { pseudoTested: number; notRun: number; judged: number };
    /** A function that tests run and none would miss: where its name stands, and what is said of it. */
    pseudoTested?: { file: string; line: number; column: number; message: string };
  }
> = {
  vitest: {
    file: 'src/price.ts',
    counts: { Survived: 5, Killed: 14, NoCoverage: 4 },
    shown: 4,
    lens: '77 % · 2 survived of 9',
    message: 'No test notices when `>=` becomes `>`.',
    functions: { pseudoTested: 1, notRun: 1, judged: 8 },
    pseudoTested: {
      ...{ file: 'src/cart.ts', line: 11, column: 35 },
      message: 'No test would miss `(line) => …` in `Cart.add`: its body can be removed and 1 test that reaches it still passes.',
    },
  },
  jest: {
    file: 'src/duration.js',
    counts: { Survived: 10, Killed: 35, NoCoverage: 1 },
    shown: 5,
    lens: '68 % · 6 survived of 19',
    message: 'No test notices when `<` becomes `<=`.',
    functions: { pseudoTested: 0, notRun: 0, judged: 3 },
  },
  mocha: {
    file: 'lib/range.js',
    counts: { Survived: 6, Killed: 22, NoCoverage: 1 },
    shown: 3,
    lens: '80 % · 2 survived of 10',
    message: 'No test notices when `n >= this.start` is always true.',
    functions: { pseudoTested: 0, notRun: 0, judged: 5 },
  },
};

const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const fixture = /test-(vitest|jest|mocha)-/.exec(folder)?.[1] ?? 'vitest';
const expected = EXPECTED[fixture] as (typeof EXPECTED)[string];
const uri = vscode.Uri.file(path.join(folder, expected.file));

describe(`the main job on ${fixture}`, function () {
  this.timeout(120_000);

  it('is active at once', async () => {
    const extension = vscode.extensions.getExtension('assay.assay');
    assert.ok(extension);
    await extension.activate();
    assert.ok(extension.isActive);
  });

  it('offers to run the file', async () => {
    await vscode.window.showTextDocument(uri);
    await until(async () => (await lensTitles()).includes('Run mutation testing on this file'));
  });

  it('runs, and ends with the counts of StrykerJS', async () => {
    const result = await vscode.commands.executeCommand<MutateResult>('assay.mutateFile', uri);
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    const { Survived, Killed, NoCoverage } = result.counts;
    assert.deepEqual({ Survived, Killed, NoCoverage }, expected.counts);
  });

  it('puts survivors into Problems, with their tests', async () => {
    await until(() => survivors().length === expected.shown && survivors().every(({ message }) => !message.includes('Not confirmed yet')));
    const one = survivors().find(({ message }) => message === expected.message);
    const messages = survivors().map(({ message }) => message);
    assert.ok(one, messages.join('\n'));
    assert.equal(one.source, 'Assay');
    const related = one.relatedInformation?.[0];
    assert.ok(
      related &&
        readFileSync(related.location.uri.fsPath, 'utf8')
          .split('\n')
          [related.location.range.start.line]?.match(/\b(it|test)(\.each)?\(/),
      'the link leads to a test',
    );
    assert.match(String((one.code as { target: vscode.Uri }).target), /docs\/mutators\/\w+\.md$/);
    assert.ok(readFileSync((one.code as { target: vscode.Uri }).target.fsPath, 'utf8').startsWith('# '), 'the page of the mutator is there');
  });

  it('shows all survivors when asked to, and the best again', async () => {
    await vscode.commands.executeCommand('assay.toggleShown');
    await until(() => survivors().length === expected.counts.Survived);
    await vscode.commands.executeCommand('assay.toggleShown');
    await until(() => survivors().length === expected.shown);
  });

  it('lets go of one that is called not useful, and saves that for the project', async () => {
    const one = survivors().find(({ message }) => message === expected.message);
    assert.ok(one);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, one.range);
    const action = actions.find(({ title }) => title.startsWith('Not useful'));
    assert.ok(action?.edit && action.command, actions.map(({ title }) => title).join('\n'));
    await vscode.workspace.applyEdit(action.edit);
    await until(() => !survivors().some(({ message, range }) => message === expected.message && range.isEqual(one.range)));
    await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    const config = vscode.Uri.file(path.join(folder, 'assay.config.json'));
    assert.match(readFileSync(config.fsPath, 'utf8'), /"notUseful": \[\n {6}\{\n {8}"mutator"/);
    await vscode.workspace.fs.delete(config);
    await until(() => survivors().some(({ message }) => message === expected.message));
  });

  it('puts numbers over functions', async () => {
    await until(
      async () => (await lensTitles()).includes(expected.lens),
      async () => (await lensTitles()).join('\n'),
    );
  });

  it('shows the change on hover', async () => {
    const one = survivors().find(({ message }) => message === expected.message);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, one?.range.start);
    const text = hovers.flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value)).join('\n');
    assert.match(text, /```diff\n- .*\n\+ /);
  });

  it('offers quick-fixes, and ignores a mutant with a comment that StrykerJS heeds', async () => {
    const one = survivors().find(({ message }) => message === expected.message);
    assert.ok(one);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', uri, one.range);
    const ignore = actions.find(({ title }) => title.startsWith('Ignore this mutant'));
    assert.ok(ignore?.edit, actions.map(({ title }) => title).join('\n'));
    assert.ok(actions.some(({ title }) => title.startsWith('Show covering tests')));
    await vscode.workspace.applyEdit(ignore.edit);
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /\/\/ Stryker disable next-line \w+: why no test is needed\n/);
    assert.ok(document.isDirty, 'the run below judges what is in the editor');
    const result = await vscode.commands.executeCommand<MutateResult>('assay.mutateFile', uri);
    assert.ok(result.counts.Ignored >= 1, JSON.stringify(result.counts));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('opens the report', async () => {
    await vscode.commands.executeCommand('assay.openReport');
    await until(() => vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Mutation Report')));
    await vscode.commands.executeCommand('assay.mutateFile', uri);
    await until(() => survivors().length === expected.shown);
  });

  it('looks over the folder for functions that no test would miss, and leaves its results as they are', async () => {
    const result = await vscode.commands.executeCommand<MutateResult>('assay.findPseudoTested', vscode.Uri.file(folder));
    assert.equal(result.status, 'done', JSON.stringify(result.failures));
    assert.deepEqual(result.functions, expected.functions);
    assert.equal(survivors().length, expected.shown);
    assert.ok((await lensTitles()).includes(expected.lens));
  });

  it('says so on the name of such a function, and opens it from the list', async function () {
    if (!expected.pseudoTested) this.skip();
    const { file, line, column, message } = expected.pseudoTested;
    const there = vscode.Uri.file(path.join(folder, file));
    await until(() => vscode.languages.getDiagnostics(there).some((one) => one.message === message));
    const one = vscode.languages.getDiagnostics(there).find((found) => found.message === message);
    assert.deepEqual([one?.range.start.line, one?.range.start.character], [line, column]);
    assert.ok((one?.relatedInformation?.length ?? 0) > 0);
    void vscode.commands.executeCommand('assay.showPseudoTested');
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.fsPath === there.fsPath && editor.selection.start.line === line;
    });
  });

  it('restarts its server and keeps the results', async () => {
    await vscode.commands.executeCommand('assay.restartServer');
    await until(
      () => survivors().length === expected.shown,
      () =>
        vscode.languages
          .getDiagnostics(uri)
          .map(({ source, message }) => `${source} ${message}`)
          .join('\n'),
    );
  });
});

function survivors(): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source, severity }) => source === 'Assay' && severity === vscode.DiagnosticSeverity.Warning);
}

async function lensTitles(): Promise<string[]> {
  const lenses = (await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', uri, 100)) ?? [];
  return lenses.map(({ command }) => command?.title ?? '');
}

async function until(check: () => boolean | Promise<boolean>, describe: () => unknown = () => '', limitMs = 30_000): Promise<void> {
  for (const end = Date.now() + limitMs; !(await check()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) assert.fail(`not within ${limitMs} ms: ${check} ${await describe()}`);
  }
}
