import * as vscode from 'vscode';
import { commands, type StrengthenResult } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import type { Failures } from './failures.ts';
import { ensureTrust } from './trust.ts';

/** Registers the command that finds tests for mutants which no test notices, shows them as a preview, and has them judged once they are taken. */
export function registerStrengthening(context: vscode.ExtensionContext, connection: Connection, failures: Failures): void {
  let runs = 0;

  /** Does something under a notification that can be cancelled; undefined where it was, or the server stopped. */
  const underway = <T>(title: string, work: (run: number, token: vscode.CancellationToken) => Promise<T>): Promise<T | undefined> => {
    const id = --runs;
    return Promise.resolve(
      vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
        const listening = connection.onProgress(({ run, text }) => run === id && progress.report({ message: text }));
        try {
          return await work(id, token);
        } catch (error) {
          if (!token.isCancellationRequested) void failures.show(stopped(error), 'error');
          return undefined;
        } finally {
          listening.dispose();
        }
      }),
    );
  };

  const addTests = async (uri: string, mutantIds?: string[]): Promise<void> => {
    if (!(await ensureTrust('Finding tests'))) return;
    const result = await underway('Finding tests', (run, token) =>
      connection.ask('strengthen', { run, uri, ...(mutantIds && { mutantIds }) }, token),
    );
    if (!result || result.status === 'cancelled') return;
    for (const failure of result.failures) void failures.show(failure, 'error');
    if (result.status === 'failed') return;
    if (!result.edit) return void vscode.window.showInformationMessage(nothingFound(result));
    if (!(await fits(result))) {
      const again = 'Find Again';
      const pressed = await vscode.window.showWarningMessage(
        'The test file was changed meanwhile, so that the tests that were found may not fit.',
        again,
      );
      return pressed === again ? addTests(uri, mutantIds) : undefined;
    }
    if (!(await connection.apply(result.edit))) return;
    // Undone or not taken in the preview: then nothing is to be judged.
    if (await fits(result)) return;
    await saveAll(result);
    await underway('Running the new tests', (run, token) =>
      connection.ask('mutate', { run, targets: result.again.map((range) => ({ uri, range })) }, token),
    );
    void vscode.window.showInformationMessage(added(result));
  };

  context.subscriptions.push(
    vscode.commands.registerCommand(commands.addTests, (target?: vscode.Uri | string, mutantIds?: unknown) => {
      const uri = target?.toString() ?? vscode.window.activeTextEditor?.document.uri.toString();
      if (!uri) return void vscode.window.showInformationMessage('Open a source file to find tests for the mutants in it.');
      return addTests(uri, Array.isArray(mutantIds) && mutantIds.every((id) => typeof id === 'string') ? mutantIds : undefined);
    }),
  );
}

/** Whether the documents still have the texts that the edit is for. */
async function fits({ before }: StrengthenResult): Promise<boolean> {
  const documents = await Promise.all(before.map(({ uri }) => vscode.workspace.openTextDocument(vscode.Uri.parse(uri))));
  return documents.every((document, i) => document.getText() === before[i]?.text);
}

async function saveAll({ before }: StrengthenResult): Promise<void> {
  for (const { uri } of before) await (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).save();
}

function nothingFound({ asked, left }: StrengthenResult): string {
  if (asked === 0) return 'There is no survivor here that a test could be found for. Run mutation testing first.';
  const [only] = left;
  if (left.length === 1 && only) return only.kind === 'equivalent' ? `${only.sentence} It probably changes nothing.` : only.sentence;
  const equivalent = left.filter(({ kind }) => kind === 'equivalent').length;
  return `No test was found for any of ${asked} mutants${equivalent > 0 ? `; ${equivalent} of them probably change nothing` : ''}.`;
}

function added({ tests, killed, asked }: StrengthenResult): string {
  const mutants = `${killed} of ${asked} ${asked === 1 ? 'mutant' : 'mutants'}`;
  return `Added ${tests} ${tests === 1 ? 'test' : 'tests'} for ${asked === 1 ? 'the mutant' : mutants}. What ${tests === 1 ? 'it asserts' : 'they assert'} is what the code does today: review ${tests === 1 ? 'it' : 'them'}.`;
}

function stopped(error: unknown) {
  return {
    code: 'executor-crashed',
    message: 'The Assay server stopped while it looked for tests. Nothing was changed.',
    action: 'Try again; if it happens again, see the log.',
    detail: String(error),
  } as const;
}
