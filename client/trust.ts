import * as vscode from 'vscode';

/**
 * Whether the workspace is trusted; a person is asked where it is not.
 *
 * @param what what runs its code, at the beginning of a sentence
 */
export async function ensureTrust(what: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  const pressed = await vscode.window.showWarningMessage(`${what} runs the code of this workspace, which is not trusted. Trust it first.`, manage);
  if (pressed === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return false;
}
