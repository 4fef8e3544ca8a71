import * as vscode from 'vscode';
import { commands, type MutantArguments } from '../server/protocol.ts';
import type { Connection } from './connection.ts';

/** Registers what people decide on survivors: that one is not useful, and whether all are shown. */
export function registerSurvivors(context: vscode.ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.notUseful, async (of: MutantArguments) => {
      const edit = await connection.ask('notUseful', of);
      if (!edit) {
        const why = 'This mutant is not known any more, or assay.config.json is not valid JSON.';
        return void vscode.window.showInformationMessage(why);
      }
      if (await connection.apply(edit))
        await saveAll(edit.documentChanges?.flatMap((change) => ('textDocument' in change ? [change.textDocument.uri] : [])));
    }),
    vscode.commands.registerCommand(commands.save, (uri: string) => saveAll([uri])),
    vscode.commands.registerCommand('assay.toggleShown', async () => {
      const settings = vscode.workspace.getConfiguration('assay');
      const next = settings.get('mutation.show') === 'all' ? 'best' : 'all';
      // Which ones a person looks at is no matter of the project, unless it says so itself.
      const isOfWorkspace = settings.inspect('mutation.show')?.workspaceValue !== undefined;
      await settings.update('mutation.show', next, isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
    }),
  );
}

/** An edit leaves documents that are not saved: the command line, and whoever shares the project, would not see it. */
async function saveAll(uris: readonly string[] = []): Promise<void> {
  for (const uri of uris) await (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).save();
}
