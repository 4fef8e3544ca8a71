import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CancellationToken,
  type CodeLens,
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { notifications, type ProgressParams, type RequestTypes, requests } from '../../server/protocol.ts';
import { ROOT } from './temporary.ts';

/** A language client over stdio that keeps the time. */
export class Client {
  readonly server: ChildProcess;
  readonly connection: ProtocolConnection;
  /** Milliseconds from the start of the process until `initialize` was answered. */
  readonly startMs: number;
  readonly #folder: string;
  #version = 0;

  private constructor(server: ChildProcess, connection: ProtocolConnection, folder: string, startMs: number) {
    this.server = server;
    this.connection = connection;
    this.startMs = startMs;
    this.#folder = folder;
  }

  /** Starts a server on a folder; by default the one in `dist`. */
  static async start(folder: string, concurrency = 2, installation = ROOT): Promise<Client> {
    const started = performance.now();
    const server = spawn(process.execPath, [path.join(installation, 'dist', 'server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const reader = new StreamMessageReader(server.stdout as never);
    // A server that ends within a message would have the reader's timer keep this process alive for ever.
    reader.partialMessageTimeout = 0;
    const connection = createProtocolConnection(reader, new StreamMessageWriter(server.stdin as never));
    connection.onRequest('workspace/codeLens/refresh', () => null);
    connection.onRequest('client/registerCapability', () => null);
    connection.onError(() => {});
    connection.listen();
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: path.basename(folder) }],
      capabilities: { workspace: { workspaceFolders: true, codeLens: { refreshSupport: true } }, textDocument: { publishDiagnostics: {} } },
      initializationOptions: { trusted: true, settings: { nodePath: process.execPath, concurrency } },
    } as never);
    const startMs = performance.now() - started;
    await connection.sendNotification('initialized', {});
    return new Client(server, connection, folder, startMs);
  }

  uri(file: string): string {
    return pathToFileURL(path.join(this.#folder, file)).href;
  }

  async open(file: string, text = readFileSync(path.join(this.#folder, file), 'utf8')): Promise<void> {
    const languageId = file.endsWith('.ts') ? 'typescript' : 'javascript';
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(file), languageId, version: ++this.#version, text },
    });
  }

  /** Types a text at a place. */
  async type(file: string, line: number, character: number, text: string): Promise<void> {
    const at = { line, character };
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(file), version: ++this.#version },
      contentChanges: [{ range: { start: at, end: at }, text }],
    });
  }

  /** Puts a text in the place of the whole document. */
  async replace(file: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(file), version: ++this.#version },
      contentChanges: [{ text }],
    });
  }

  onProgress(hear: (progress: ProgressParams) => void): void {
    this.connection.onNotification(notifications.progress, hear);
  }

  mutate(file: string, token = CancellationToken.None): Promise<RequestTypes['mutate']['result']> {
    return this.connection.sendRequest(requests.mutate, { targets: [{ uri: this.uri(file) }] }, token);
  }

  lenses(file: string): Promise<CodeLens[]> {
    return this.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: this.uri(file) } });
  }

  async stop(): Promise<void> {
    const exited = once(this.server, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await exited;
    this.connection.dispose();
  }
}
