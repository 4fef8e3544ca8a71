import * as vscode from 'vscode';
import { commands, type MutateResult, type StrengthenParams, type StrengthenResult } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import type { Failures } from './failures.ts';
import { ensureTrust } from './trust.ts';
import type { Underway } from './underway.ts';

const STOPPED = {
  message: 'The Assay server stopped while it looked for tests. Nothing was changed.',
  action: 'Try again; if it happens again, see the log.',
};

/** Registers the command that finds tests for mutants which no test notices, shows them as a preview, and has them judged once they are taken. */
export function registerStrengthening(context: vscode.ExtensionContext, connection: Connection, underway: Underway, failures: Failures): void {
  const addTests = async (uri: string, mutantIds?: string[], within?: StrengthenParams['within']): Promise<void> => {
    if (!(await ensureTrust('Finding tests'))) return;
    const result = await underway.run('Finding tests', STOPPED, (run, token) =>
      connection.ask('strengthen', { run, uri, ...(mutantIds && { mutantIds }), ...(within && { within }) }, token),
    );
    if (!result || result.status === 'cancelled') return;
    for (const failure of result.failures) void failures.show(failure, 'error');
    if (result.status === 'failed') return;
    if (!result.edit) {
      const others = within ? ['Search for New Tests'] : [];
      const pressed = await vscode.window.showInformationMessage(nothingFound(result), ...others);
      return pressed ? addTests(uri, mutantIds) : undefined;
    }
    if (!(await fits(result))) {
      const again = 'Find Again';
      const pressed = await vscode.window.showWarningMessage(
        'The test file was changed meanwhile, so that the tests that were found may not fit.',
        again,
      );
      return pressed === again ? addTests(uri, mutantIds, within) : undefined;
    }
    void vscode.window.showInformationMessage(found(result));
    if (!(await connection.apply(result.edit))) return;
    // Undone or not taken in the preview: then nothing is to be judged.
    if (await fits(result)) return;
    const unsaved = await saveAll(result);
    if (unsaved.length > 0) {
      const names = unsaved.map((uri) => vscode.workspace.asRelativePath(uri)).join(', ');
      void vscode.window.showWarningMessage(`${names} could not be saved. The new tests stand in the editor only: make it writable, then save it.`);
    }
    const judged = await underway.run('Running the new tests', STOPPED, (run, token) =>
      connection.ask('mutate', { run, targets: result.again.map((range) => ({ uri, range })) }, token),
    );
    if (judged?.status === 'done') void vscode.window.showInformationMessage(added(judged));
  };

  context.subscriptions.push(
    vscode.commands.registerCommand(commands.addTests, (target?: vscode.Uri | string, mutantIds?: unknown, within?: StrengthenParams['within']) => {
      const uri = target?.toString() ?? vscode.window.activeTextEditor?.document.uri.toString();
      if (!uri) return void vscode.window.showInformationMessage('Open a source file to find tests for the mutants in it.');
      const areIds = Array.isArray(mutantIds) && mutantIds.every((id) => typeof id === 'string');
      return areIds ? addTests(uri, mutantIds, within) : addTests(uri);
    }),
  );
}

/** Whether the documents still have the texts that the edit is for. */
async function fits({ before }: StrengthenResult): Promise<boolean> {
  const texts = await Promise.all(before.map(({ uri }) => textOf(vscode.Uri.parse(uri))));
  return texts.every((text, i) => text === before[i]?.text);
}

/** The text of a document; `null` where there is no such file. */
async function textOf(uri: vscode.Uri): Promise<string | null> {
  const isThere = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  return isThere ? (await vscode.workspace.openTextDocument(uri)).getText() : null;
}

/** Saves what was changed of the test files. Answers those that could not be: a document of a read-only file says of itself that it is as it was saved. */
async function saveAll({ before }: StrengthenResult): Promise<vscode.Uri[]> {
  const unsaved: vscode.Uri[] = [];
  for (const { uri, text } of before.map((one) => ({ uri: vscode.Uri.parse(one.uri), text: one.text }))) {
    if ((await textOf(uri)) === text) continue; // Not ticked in the preview.
    await (await vscode.workspace.openTextDocument(uri)).save();
    const saved = await vscode.workspace.fs.readFile(uri).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => null,
    );
    if (saved === text) unsaved.push(uri);
  }
  return unsaved;
}

function nothingFound({ asked, left }: StrengthenResult): string {
  if (asked === 0) return 'There is no survivor here that a test could be found for. Run mutation testing first.';
  const [only] = left;
  if (left.length === 1 && only) return only.kind === 'equivalent' ? `${only.sentence} It probably changes nothing.` : only.sentence;
  const equivalent = left.filter(({ kind }) => kind === 'equivalent').length;
  return `No test was found for any of ${asked} mutants${equivalent > 0 ? `; ${equivalent} of them probably change nothing` : ''}.`;
}

function found({ tests, stronger, remarks }: StrengthenResult): string {
  const one = tests === 1 && stronger === 0;
  const news = tests === 1 ? 'a test' : `${tests} tests`;
  const better = `stronger assertions for ${stronger === 1 ? 'a test' : `${stronger} tests`}`;
  const what = [...(tests > 0 ? [news] : []), ...(stronger > 0 ? [better] : [])].join(' and ');
  const records = stronger > 0 ? '. They record' : one ? ' that records' : ' that record';
  return [
    `Found ${what}${records} what the code does today.`,
    ...remarks,
    `Review ${one ? 'it' : 'them'}, tick what you want, and press Apply.`,
  ].join(' ');
}

function added({ counts }: MutateResult): string {
  const left = counts.Survived + counts.NoCoverage;
  return left === 0
    ? 'The tests are there, and no mutant survives in what they are for.'
    : `The tests are there. ${left === 1 ? '1 mutant is' : `${left} mutants are`} left that no test notices in what they are for.`;
}
