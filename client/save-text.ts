import * as vscode from 'vscode';

/** What is saved, and what a person is asked. */
export interface SavedText {
  title: string;
  /** Where it is saved unless a person says otherwise. */
  proposed: vscode.Uri;
  /** The name of the format. */
  label: string;
  extension: string;
  text(): Promise<string>;
}

/** Asks where to save a text, makes and writes it, and offers to open it. */
export async function saveText({ title, proposed, label, extension, text }: SavedText): Promise<void> {
  const target = await vscode.window.showSaveDialog({ defaultUri: proposed, filters: { [label]: [extension] }, title });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(await text()));
  const open = 'Open';
  if ((await vscode.window.showInformationMessage(`Wrote ${vscode.workspace.asRelativePath(target)}.`, open)) !== open) return;
  if (extension === 'html') await vscode.env.openExternal(target);
  else await vscode.window.showTextDocument(target);
}
