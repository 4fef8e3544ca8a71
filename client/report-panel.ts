import * as vscode from 'vscode';
import { commands, type FromReportView, type ToReportView } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import { openPlace, registerPanel } from './webview-panel.ts';

const KIND = { viewType: 'assay.report', page: 'report', title: 'Mutation Report' };

/** Registers the mutation report: one panel, opened by command, brought back by VS Code when the window opens again. */
export function registerReport(context: vscode.ExtensionContext, connection: Connection): void {
  const open = registerPanel(context, KIND, (panel) => new ReportPanel(panel, connection));
  context.subscriptions.push(
    vscode.commands.registerCommand('assay.openReport', () => open().show()),
    vscode.commands.registerCommand(commands.showFileReport, (uri?: string) =>
      open().show(uri ?? vscode.window.activeTextEditor?.document.uri.toString()),
    ),
  );
}

class ReportPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #connection: Connection;
  readonly #listening: vscode.Disposable[];
  #fileToOpen: string | undefined;
  #ready = false;

  constructor(panel: vscode.WebviewPanel, connection: Connection) {
    this.#panel = panel;
    this.#connection = connection;
    this.#listening = [
      panel.webview.onDidReceiveMessage((message: FromReportView) => void this.#take(message)),
      connection.onResults(() => void this.#sendResults()),
      connection.onProgress((progress) => this.#send({ kind: 'progress', progress })),
    ];
    panel.onDidDispose(() => this.#listening.forEach((one) => one.dispose()));
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
      case 'open':
        return openPlace(message.uri, message.position);
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
