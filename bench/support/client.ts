import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationToken, type CodeLens, type ProtocolConnection } from 'vscode-languageserver-protocol/node';
import { notifications, type ProgressParams, type RequestTypes, requests } from '../../server/protocol.ts';
import { initialize, type LanguageServer, startServer, stopServer } from '../../test/support/language-server.ts';
import { ROOT } from './temporary.ts';

/** A language client over stdio that keeps the time. */
export class Client {
  readonly server: ChildProcess;
  readonly connection: ProtocolConnection;
  /** Milliseconds from the start of the process until it was initialized. */
  readonly startMs: number;
  readonly #opened: LanguageServer;
  readonly #folder: string;
  #version = 0;

  private constructor(opened: LanguageServer, folder: string, startMs: number) {
    this.#opened = opened;
    this.server = opened.process;
    this.connection = opened.connection;
    this.startMs = startMs;
    this.#folder = folder;
  }

  /** Starts a server on a folder; by default the one in `dist`. */
  static async start(folder: string, concurrency = 2, installation = ROOT): Promise<Client> {
    const started = performance.now();
    const opened = startServer(installation);
    await initialize(opened, { folders: [folder], options: { trusted: true, settings: { nodePath: process.execPath, concurrency } } });
    return new Client(opened, folder, performance.now() - started);
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

  stop(): Promise<void> {
    return stopServer(this.#opened);
  }
}
