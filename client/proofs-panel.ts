import * as vscode from 'vscode';
import { commands, type FromProofsView, type Rung, type ToProofsView } from '../server/protocol.ts';
import type { Connection } from './connection.ts';
import { pickCommand, type Verifying, verifyLevel } from './verifying.ts';
import { webviewOptions, webviewPage } from './webview-page.ts';

const VIEW_TYPE = 'assay.proofs';

/** Registers the view of the proofs: one panel, opened by command, brought back by VS Code when the window opens again. */
export function registerProofsPanel(context: vscode.ExtensionContext, connection: Connection, verifying: Verifying): void {
  let panel: ProofsPanel | undefined;
  const open = (existing?: vscode.WebviewPanel) => {
    if (!panel) {
      panel = new ProofsPanel(existing ?? createPanel(context), context, connection, verifying);
      panel.onClosed(() => {
        panel = undefined;
      });
    }
    return panel;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand(commands.openProofs, (project?: string, rung?: Rung) =>
      open().show(project !== undefined && rung !== undefined ? { project, rung } : undefined),
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
  return vscode.window.createWebviewPanel(VIEW_TYPE, 'Proofs', vscode.ViewColumn.Active, { ...webviewOptions(context), enableFindWidget: true });
}

class ProofsPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #connection: Connection;
  readonly #verifying: Verifying;
  readonly #listening: vscode.Disposable[];
  #ready = false;
  #toShow: { project: string; rung: Rung } | undefined;
  #reading = false;
  #again = false;

  constructor(panel: vscode.WebviewPanel, context: vscode.ExtensionContext, connection: Connection, verifying: Verifying) {
    this.#panel = panel;
    this.#connection = connection;
    this.#verifying = verifying;
    panel.webview.html = webviewPage(panel.webview, context, 'proofs', 'Proofs');
    this.#listening = [
      panel.webview.onDidReceiveMessage((message: FromProofsView) => void this.#take(message)),
      connection.onLadders(() => void this.#read()),
      verifying.onProgress((progress) => this.#send({ kind: 'progress', progress })),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#read()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('assay.verify')) void this.#read();
      }),
      panel.onDidChangeViewState(() => {
        if (panel.visible) void this.#read();
      }),
    ];
    panel.onDidDispose(() => {
      for (const one of this.#listening) one.dispose();
    });
  }

  onClosed(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  /** Brings the panel to the front, with a rung opened when one is given. */
  async show(toShow?: { project: string; rung: Rung }): Promise<void> {
    this.#panel.reveal();
    this.#toShow = toShow;
    await this.#read();
  }

  async #take(message: FromProofsView): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        this.#send({ kind: 'progress', progress: this.#verifying.progress });
        return this.#read();
      case 'refresh':
        return this.#read();
      case 'cancel':
        return this.#verifying.cancel();
      case 'trust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        return;
      case 'loadProof':
        return this.#load(message.project, message.proof);
      case 'verify': {
        const { project, level, only } = message;
        await this.#verifying.run({ what: project === null ? 'all' : { projects: [project] }, level, only });
        return;
      }
      case 'choose':
        return this.#choose(message.project, message.rung);
      case 'openLog':
        await vscode.commands.executeCommand(commands.openEvidence, message.project, message.proof);
        return;
      case 'open': {
        const at = new vscode.Position(message.position.line, message.position.column);
        await vscode.window.showTextDocument(vscode.Uri.parse(message.uri), {
          selection: new vscode.Range(at, at),
          viewColumn: vscode.ViewColumn.One,
        });
      }
    }
  }

  async #load(project: string, proof: string): Promise<void> {
    const detail = await this.#connection.ask('proof', { project, proof }).catch(() => null);
    this.#send(detail ? { kind: 'detail', detail } : { kind: 'noDetail', proof });
  }

  async #choose(project: string, rung: Rung): Promise<void> {
    const ladder = (await this.#connection.ask('ladders', {})).find(({ id }) => id === project);
    for (const choice of ladder?.steps.find((step) => step.rung === rung)?.choices ?? []) {
      const line = await pickCommand(choice, ladder?.name ?? '');
      if (line !== undefined) await this.#connection.ask('choose', { project, purpose: choice.purpose, line });
    }
  }

  /** Reads what is known, unless it is being read: then once more when that is done. */
  async #read(): Promise<void> {
    this.#again = true;
    if (this.#reading || !this.#ready || !this.#panel.visible) return;
    this.#reading = true;
    try {
      while (this.#again) {
        this.#again = false;
        const ladders = await this.#connection.ask('ladders', {}).catch(() => undefined);
        if (!ladders) return;
        const show = this.#toShow;
        this.#toShow = undefined;
        this.#send({ kind: 'ladders', ladders, trusted: vscode.workspace.isTrusted, level: verifyLevel(), ...(show && { show }) });
      }
    } finally {
      this.#reading = false;
    }
  }

  #send(message: ToProofsView): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}
