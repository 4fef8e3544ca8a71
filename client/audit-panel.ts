import * as vscode from 'vscode';
import { type AuditedPackage, commands, type FromAuditView, type ToAuditView } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import { openPlace, registerPanel } from './webview-panel.ts';

const KIND = { viewType: 'assay.audit', page: 'audit', title: 'Test Audit' };
/** How long after a change the tests are read again, milliseconds: changes come in crowds. */
const PAUSE_MS = 1000;

/** Registers the test audit: one panel, opened by command, brought back by VS Code when the window opens again. */
export function registerAuditPanel(context: vscode.ExtensionContext, connection: Connection): void {
  const open = registerPanel(context, KIND, (panel) => new AuditPanel(panel, connection));
  context.subscriptions.push(vscode.commands.registerCommand(commands.openTestAudit, (uri?: string) => open().show(uri)));
}

class AuditPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #connection: Connection;
  readonly #listening: vscode.Disposable[];
  #packages: AuditedPackage[] | undefined;
  #fileToShow: string | undefined;
  #ready = false;
  /** What is under way. */
  #reading: { run: number; cancel: vscode.CancellationTokenSource } | undefined;
  #last = 0;
  /** Why the tests are to be read once more, if they are. */
  #due: 'asked' | 'changed' | undefined;
  #pause: NodeJS.Timeout | undefined;

  constructor(panel: vscode.WebviewPanel, connection: Connection) {
    this.#panel = panel;
    this.#connection = connection;
    this.#listening = [
      panel.webview.onDidReceiveMessage((message: FromAuditView) => void this.#take(message)),
      connection.onAuditChanged(() => this.#changed()),
      connection.onAuditProgress(({ run, done, planned }) => {
        if (run === this.#reading?.run) this.#send({ kind: 'progress', done, planned });
      }),
      panel.onDidChangeViewState(() => {
        if (panel.visible && this.#due) void this.#read(false);
      }),
    ];
    panel.onDidDispose(() => {
      clearTimeout(this.#pause);
      this.#reading?.cancel.cancel();
      for (const one of this.#listening) one.dispose();
    });
  }

  /** Brings the panel to the front, with the tests of a file when one is given, and reads all tests. */
  async show(uri?: string): Promise<void> {
    this.#panel.reveal();
    this.#fileToShow = uri;
    if (uri !== undefined && this.#packages) this.#sendResults();
    await this.#read(true);
  }

  async #take(message: FromAuditView): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        if (this.#packages) this.#sendResults();
        if (!this.#reading && (!this.#packages || this.#due)) await this.#read(false);
        return;
      case 'refresh':
        return this.#read(true);
      case 'cancel':
        return this.#reading?.cancel.cancel();
      case 'prove':
        await vscode.commands.executeCommand(commands.proveTests);
        return;
      case 'open':
        return openPlace(message.uri, message.position);
      case 'export':
        await vscode.commands.executeCommand('assay.exportTestAudit', message.format, message.uri);
    }
  }

  #changed(): void {
    this.#due ??= 'changed';
    if (!this.#panel.visible) return;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#read(false), PAUSE_MS);
  }

  /** Reads the tests, unless they are being read: then what changed meanwhile is read when that is done. */
  async #read(asked: boolean): Promise<void> {
    if (this.#reading) {
      this.#due = asked ? 'asked' : (this.#due ?? 'changed');
      return;
    }
    const isAsked = asked || this.#due === 'asked';
    this.#due = undefined;
    const reading = { run: ++this.#last, cancel: new vscode.CancellationTokenSource() };
    this.#reading = reading;
    this.#send({ kind: 'progress', done: 0, planned: 0 });
    const result = await this.#connection.ask('testAudit', { run: reading.run, asked: isAsked }, reading.cancel.token).catch(() => undefined);
    this.#reading = undefined;
    reading.cancel.dispose();
    if (result?.status !== 'done') return this.#send({ kind: 'ended' });
    this.#packages = result.packages;
    this.#sendResults();
    if (this.#due && this.#panel.visible) await this.#read(false);
  }

  #sendResults(): void {
    if (!this.#ready || !this.#packages) return;
    const showFile = this.#fileToShow;
    this.#fileToShow = undefined;
    this.#send({ kind: 'results', packages: this.#packages, canProve: true, ...(showFile && { showFile }) });
  }

  #send(message: ToAuditView): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}
