import * as vscode from 'vscode';
import type { LanguageClient, LanguageClientOptions, WorkspaceEdit } from 'vscode-languageclient/node';
import type { Failure } from '../engine/model/index.ts';
import {
  type AuditProgressParams,
  clientNotifications,
  commands,
  type InitializationOptions,
  notifications,
  type ProgressParams,
  type RequestTypes,
  requests,
  type Settings,
  type VerifyProgressParams,
} from '../server/protocol.ts';

const LANGUAGES = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'go', 'rust'];

/** The connection to the language server: started at once, ready later; whatever is asked of it before waits for it. */
export class Connection implements vscode.Disposable {
  readonly #ready: Promise<LanguageClient>;
  readonly #progress = new vscode.EventEmitter<ProgressParams>();
  readonly #results = new vscode.EventEmitter<void>();
  readonly #auditProgress = new vscode.EventEmitter<AuditProgressParams>();
  readonly #auditChanged = new vscode.EventEmitter<void>();
  readonly #verifyProgress = new vscode.EventEmitter<VerifyProgressParams>();
  readonly #ladders = new vscode.EventEmitter<void>();
  readonly #notice = new vscode.EventEmitter<Failure>();
  /** A run moved on. */
  readonly onProgress = this.#progress.event;
  /** Some results are others now. */
  readonly onResults = this.#results.event;
  /** An audit of all tests moved on. */
  readonly onAuditProgress = this.#auditProgress.event;
  /** What is known of the tests may be another now. */
  readonly onAuditChanged = this.#auditChanged.event;
  /** A verification moved on. */
  readonly onVerifyProgress = this.#verifyProgress.event;
  /** What is known of the rungs of projects may be another now. */
  readonly onLadders = this.#ladders.event;
  /** Something a person should know that belongs to no request. */
  readonly onNotice = this.#notice.event;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    this.#ready = this.#start(context.asAbsolutePath('dist/server.js'), log);
    context.subscriptions.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('assay')) this.#notify('workspace/didChangeConfiguration', { settings: { assay: readSettings() } });
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#notify(clientNotifications.trusted)),
    );
  }

  /** Asks the server; rejects when it has stopped for good or stops before it answers. */
  async ask<Name extends keyof RequestTypes>(
    name: Name,
    params: RequestTypes[Name]['params'],
    token?: vscode.CancellationToken,
  ): Promise<RequestTypes[Name]['result']> {
    const client = await this.#ready;
    return client.sendRequest(requests[name], params, token) as Promise<RequestTypes[Name]['result']>;
  }

  /** Applies an edit that the server answered; answers whether that was possible. */
  async apply(edit: WorkspaceEdit): Promise<boolean> {
    const client = await this.#ready;
    return vscode.workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit));
  }

  /** Stops the server and starts it again; stored results stand. */
  async restart(): Promise<void> {
    await (await this.#ready).restart();
    this.#results.fire();
    this.#ladders.fire();
  }

  async dispose(): Promise<void> {
    const client = await this.#ready.catch(() => undefined);
    await client?.dispose();
  }

  async #start(module: string, outputChannel: vscode.LogOutputChannel): Promise<LanguageClient> {
    // The greater part of the code: loaded after the activation has returned.
    const { LanguageClient, State, TransportKind } = await import('vscode-languageclient/node');
    const options: LanguageClientOptions = {
      documentSelector: [...LANGUAGES.map((language) => ({ scheme: 'file', language })), { scheme: 'file', pattern: '**/assay.config.json' }],
      // A server that is started again asks anew: trust and settings may have changed since.
      initializationOptions: (): InitializationOptions => ({ settings: readSettings(), trusted: vscode.workspace.isTrusted, commandLinks: true }),
      markdown: { isTrusted: { enabledCommands: [commands.notUseful] } },
      outputChannel,
      synchronize: {
        fileEvents: [
          vscode.workspace.createFileSystemWatcher('**/.assay/assay.db*'),
          vscode.workspace.createFileSystemWatcher('**/assay.config.json'),
          vscode.workspace.createFileSystemWatcher('**/*.{js,jsx,ts,tsx,mjs,cjs,mts,cts,py,go,rs}', true, false, false),
        ],
      },
    };
    const client = new LanguageClient('assay', 'Assay', { module, transport: TransportKind.ipc }, options);
    const underway = new Map<number, ProgressParams>();
    client.onNotification(notifications.progress, (progress: ProgressParams) => {
      if (progress.phase === 'ended') underway.delete(progress.run);
      else underway.set(progress.run, progress);
      this.#progress.fire(progress);
    });
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) return;
      // A server that is gone ends its runs without a word.
      for (const progress of underway.values()) this.#progress.fire({ ...progress, phase: 'ended' });
      underway.clear();
    });
    client.onNotification(notifications.resultsChanged, () => this.#results.fire());
    client.onNotification(notifications.auditProgress, (progress: AuditProgressParams) => this.#auditProgress.fire(progress));
    client.onNotification(notifications.auditChanged, () => this.#auditChanged.fire());
    client.onNotification(notifications.verifyProgress, (progress: VerifyProgressParams) => this.#verifyProgress.fire(progress));
    client.onNotification(notifications.laddersChanged, () => this.#ladders.fire());
    client.onNotification(notifications.notice, (notice: Failure) => this.#notice.fire(notice));
    await client.start();
    return client;
  }

  #notify(method: string, params?: unknown): void {
    void this.#ready.then((client) => client.sendNotification(method, params));
  }
}

function readSettings(): Settings {
  const settings = vscode.workspace.getConfiguration('assay');
  return {
    nodePath: settings.get('node.path', ''),
    concurrency: settings.get('mutation.concurrency', 0),
    dryRunMinutes: settings.get('mutation.dryRunMinutes', 5),
    memory: settings.get('mutation.memory', 1024),
    codeLens: settings.get('codeLens.mutation', true),
    auditCodeLens: settings.get('codeLens.audit', true),
    auditDiagnostics: settings.get('audit.diagnostics', true),
    severity: settings.get('mutation.severity', 'warning'),
    onSave: settings.get('mutation.onSave', 'changed functions'),
    show: settings.get('mutation.show', 'best'),
    verifyMinutes: settings.get('verify.timeLimit', 3),
    verifyMemory: settings.get('verify.memoryLimit', 4096),
    verifyEnvironment: settings.get('verify.environment', []),
    verifyOffline: settings.get('verify.offline', false),
    verifyInstall: settings.get('verify.install', 'ask'),
    verifyProblems: settings.get('verify.problems', true),
    loadP95: settings.get('load.p95', 500),
    loadMaxUsers: settings.get('load.maxUsers', 4096),
    loadHosts: settings.get('load.hosts', []),
    evidenceDays: settings.get('evidence.days', 30),
    evidenceSize: settings.get('evidence.size', 200),
  };
}
