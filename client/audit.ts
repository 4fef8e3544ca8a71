import * as vscode from 'vscode';
import { commands } from '../server/protocol.ts';

/** Registers what the lenses over tests do: they lead to the test and to why it is as strong as it is. */
export function registerAudit(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.explainTest, async (uri: string, at: { line: number; character: number }) => {
      const position = new vscode.Position(at.line, at.character);
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(position, position) });
      await vscode.commands.executeCommand('editor.action.showHover');
    }),
  );
}
