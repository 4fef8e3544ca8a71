import * as vscode from 'vscode';
import { webviewOptions, webviewPage } from './webview-page.ts';

/** What a panel shows. */
export interface PanelKind {
  /** What VS Code knows it by. */
  viewType: string;
  /** The folder of its page below `media/`. */
  page: string;
  title: string;
}

/** Registers a panel of which there is at most one, brought back by VS Code when the window opens again. Answers what opens it, or gives the one that is open. */
export function registerPanel<View>(
  context: vscode.ExtensionContext,
  { viewType, page, title }: PanelKind,
  make: (panel: vscode.WebviewPanel) => View,
): () => View {
  let view: View | undefined;
  const open = (existing?: vscode.WebviewPanel): View => {
    if (view) return view;
    const options = webviewOptions(context);
    const panel = existing ?? vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, { ...options, enableFindWidget: true });
    panel.webview.html = webviewPage(panel.webview, context, page, title);
    panel.onDidDispose(() => {
      view = undefined;
    });
    view = make(panel);
    return view;
  };
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(existing) {
        existing.webview.options = webviewOptions(context);
        open(existing);
      },
    }),
  );
  return () => open();
}

/** Opens a place of a document beside a panel. */
export async function openPlace(uri: string, { line, column }: { line: number; column: number }): Promise<void> {
  const at = new vscode.Position(line, column);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(at, at), viewColumn: vscode.ViewColumn.One });
}
