import * as vscode from 'vscode';

const MESSAGE =
  'Assay runs the tests of your project, which needs Node: it does not work in a window that lives in the browser alone. Open the folder in VS Code on a desktop, or over SSH, WSL, a container or a codespace.';

/** What runs in windows without a Node behind them: every command says why it cannot work there. */
export function activate(context: vscode.ExtensionContext): void {
  const declared = (context.extension.packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands;
  for (const { command } of declared) {
    context.subscriptions.push(vscode.commands.registerCommand(command, () => void vscode.window.showInformationMessage(MESSAGE)));
  }
}
