import * as vscode from 'vscode';
import type { Connection } from './connection.ts';
import type { Failures } from './failures.ts';

/** Registers the command that tells how a file would be tested and how Assay knows. */
export function registerDetection(context: vscode.ExtensionContext, connection: Connection, failures: Failures): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('assay.explainDetection', async (target?: vscode.Uri) => {
      const uri = target ?? vscode.window.activeTextEditor?.document.uri;
      if (!uri) return void vscode.window.showInformationMessage('Open a source file to see how it is tested.');
      const { failure, framework, packageName, evidence } = await connection.ask('detect', { uri: uri.toString() });
      if (failure) return failures.show(failure);
      const items = evidence.map(({ says, file, line }) => ({
        label: says,
        ...(file && { description: `${vscode.workspace.asRelativePath(file)}${line ? `:${line}` : ''}`, place: { file, line: line ?? 1 } }),
      }));
      const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { place?: { file: string; line: number } }>(items, {
        title: `${packageName}: ${framework}`,
        placeHolder: 'Why? Each answer with its evidence',
      });
      if (!picked?.place) return;
      const at = new vscode.Position(picked.place.line - 1, 0);
      await vscode.window.showTextDocument(vscode.Uri.file(picked.place.file), { selection: new vscode.Range(at, at) });
    }),
  );
}
