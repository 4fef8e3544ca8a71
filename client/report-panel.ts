import * as vscode from 'vscode';
import { commands, type FromReportView, type ToReportView } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import { webviewOptions, webviewPage } from './webview-page.ts';

const VIEW_TYPE = 'assay.report';

/** Registers the mutation report: one panel, opened by command, brought back by VS Code when the window opens again. */
export function registerReport(context: vscode.ExtensionContext, connection: Connection): void {
  let panel: ReportPanel | undefined;
  const open = (existing?: vscode.WebviewPanel) => {
    if (!panel) {
      panel = new ReportPanel(existing ?? createPanel(context), context, connection);
      panel.onClosed(() => {
        panel = undefined;
      });
    }
    return panel;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('assay.openReport', () => open().show()),
    vscode.commands.registerCommand(commands.showFileReport, (uri?: string) =>
      open().show(uri ?? vscode.window.activeTextEditor?.document.uri.toString()),
    ),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      async deserializeWebviewPanel(existing) {
        existing.webview.options = webviewOptions(context);
        open(existing);
      },
    }),
  );
}

function createPanel(context: vscode.ExtensionContext): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(VIEW_TYPE, 'Mutation Report', vscode.ViewColumn.Active, {
    ...webviewOptions(context),
    enableFindWidget: true,
  });
}

class ReportPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #connection: Connection;
  readonly #listening: vscode.Disposable[];
  #fileToOpen: string | undefined;
  #ready = false;

  constructor(panel: vscode.WebviewPanel, context: vscode.ExtensionContext, connection: Connection) {
    this.#panel = panel;
    this.#connection = connection;
    panel.webview.html = webviewPage(panel.webview, context, 'report', 'Mutation Report');
    this.#listening = [
      panel.webview.onDidReceiveMessage((message: FromReportView) => void this.#take(message)),
      connection.onResults(() => void this.#sendResults()),
      connection.onProgress((progress) => this.#send({ kind: 'progress', progress })),
    ];
    panel.onDidDispose(() => this.#listening.forEach((one) => one.dispose()));
  }

  onClosed(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  /** Brings the panel to the front, with a file when one is given. */
  show(uri?: string): void {
    this.#panel.reveal();
    this.#fileToOpen = uri;
    void this.#sendResults();
  }

  async #take(message: FromReportView): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        return this.#sendResults();
      case 'loadFile':
        return this.#sendFile(message.uri);
      case 'open': {
        const at = new vscode.Position(message.position.line, message.position.column);
        await vscode.window.showTextDocument(vscode.Uri.parse(message.uri), {
          selection: new vscode.Range(at, at),
          viewColumn: vscode.ViewColumn.One,
        });
        return;
      }
      case 'mutate':
        await vscode.commands.executeCommand(commands.mutateFile, message.uri);
        return;
      case 'export':
        await vscode.commands.executeCommand('assay.export', message.format, message.directory);
    }
  }

  async #sendResults(): Promise<void> {
    if (!this.#ready) return;
    const packages = await this.#connection.ask('results', {});
    const openFile = this.#fileToOpen;
    this.#fileToOpen = undefined;
    this.#send({ kind: 'results', packages, ...(openFile && { openFile }) });
  }

  async #sendFile(uri: string): Promise<void> {
    const detail = await this.#connection.ask('fileDetail', { uri });
    if (detail) this.#send({ kind: 'file', detail });
  }

  #send(message: ToReportView): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}
