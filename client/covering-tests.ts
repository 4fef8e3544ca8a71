import * as vscode from 'vscode';
import { commands, type MutantArguments } from '../server/protocol.ts';
import type { Connection } from './connection.ts';

/** Registers the command that lists the tests that run a mutant and opens the one that is picked. */
export function registerCoveringTests(context: vscode.ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.showCoveringTests, async ({ uri, mutantId }: MutantArguments) => {
      const detail = await connection.ask('fileDetail', { uri });
      const mutant = detail?.mutants.find(({ id }) => id === mutantId);
      if (!detail || !mutant) return void vscode.window.showInformationMessage('This mutant is not known any more: its code has changed.');
      if (mutant.coveredBy.length === 0)
        return void vscode.window.showInformationMessage('No single test is known to run this code: it runs when its module loads.');
      const items = mutant.coveredBy
        .map((index) => detail.tests[index])
        .filter((test) => test !== undefined)
        .map((test) => ({
          label: test.name,
          description: `${Math.round(test.durationMs)} ms`,
          detail: test.uri
            ? `${vscode.workspace.asRelativePath(vscode.Uri.parse(test.uri))}:${(test.position?.line ?? 0) + 1}`
            : 'the test framework does not tell its file',
          test,
        }));
      const picked = await vscode.window.showQuickPick(items, {
        title: mutant.sentence,
        placeHolder: 'Tests that run this code',
        matchOnDetail: true,
      });
      if (!picked?.test.uri) return;
      const at = new vscode.Position(picked.test.position?.line ?? 0, picked.test.position?.column ?? 0);
      await vscode.window.showTextDocument(vscode.Uri.parse(picked.test.uri), { selection: new vscode.Range(at, at) });
    }),
  );
}
