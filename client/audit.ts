import * as vscode from 'vscode';
import { commands, type ReachingTest } from '../server/protocol.ts';

/** Registers what the lenses over tests do: they lead to the test and to why it is as strong as it is. */
export function registerAudit(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.explainTest, async (uri: string, at: { line: number; character: number }) => {
      const position = new vscode.Position(at.line, at.character);
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(position, position) });
      await vscode.commands.executeCommand('editor.action.showHover');
    }),
    vscode.commands.registerCommand(commands.showReachingTests, async (name: string, tests: readonly ReachingTest[]) => {
      const items = tests.map((test) => ({
        label: test.title.join(' › '),
        description: `strength ${test.strength}${test.canFail ? '' : ' · passes whatever the code does'}`,
        detail: `${vscode.workspace.asRelativePath(vscode.Uri.parse(test.uri))}:${test.line + 1}`,
        test,
      }));
      const picked = await vscode.window.showQuickPick(items, { title: `Tests that run ${name}`, matchOnDetail: true });
      if (!picked) return;
      const at = new vscode.Position(picked.test.line, 0);
      await vscode.window.showTextDocument(vscode.Uri.parse(picked.test.uri), { selection: new vscode.Range(at, at) });
    }),
  );
}
