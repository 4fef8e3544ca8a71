import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CancellationToken,
  type CodeAction,
  type CodeLens,
  type Diagnostic,
  type Hover,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import type { Failure } from '../../engine/model/index.ts';
import {
  type AuditProgressParams,
  notifications,
  type ProgressParams,
  type RequestTypes,
  requests,
  type Settings,
  type VerifyProgressParams,
} from '../../server/protocol.ts';
import { initialize, type LanguageServer, startServer, stopServer } from '../support/language-server.ts';

/** What a test's client is like. */
export interface SessionOptions {
  trusted?: boolean;
  settings?: Partial<Settings>;
  env?: NodeJS.ProcessEnv;
  snippets?: boolean;
  commandLinks?: boolean;
}

/** A language client over stdio, as an editor would be one. */
export class Session {
  readonly diagnostics = new Map<string, Diagnostic[]>();
  readonly published: { uri: string; diagnostics: Diagnostic[] }[] = [];
  readonly progress: ProgressParams[] = [];
  readonly notices: Failure[] = [];
  readonly auditProgress: AuditProgressParams[] = [];
  readonly verifyProgress: VerifyProgressParams[] = [];
  laddersChanged = 0;
  readonly server: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly #opened: LanguageServer;
  readonly #folders: string[];
  #version = 0;

  private constructor(opened: LanguageServer, folders: string[]) {
    this.#opened = opened;
    this.server = opened.process;
    this.connection = opened.connection;
    this.#folders = folders;
  }

  /** Starts a server on the folders and waits until it is initialized. */
  static async start(folders: string[], options: SessionOptions = {}): Promise<Session> {
    const opened = startServer(undefined, options.env);
    const session = new Session(opened, folders);
    session.#hear();
    await initialize(opened, {
      folders,
      capabilities: {
        workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: options.snippets ?? true, resourceOperations: ['create'] } },
        diagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
      },
      options: {
        trusted: options.trusted ?? true,
        commandLinks: options.commandLinks ?? false,
        settings: { nodePath: process.execPath, ...options.settings },
      },
    });
    return session;
  }

  uri(file: string, folder = 0): string {
    return pathToFileURL(path.join(this.#folders[folder] as string, file)).href;
  }

  async open(file: string, text = readFileSync(path.join(this.#folders[0] as string, file), 'utf8')): Promise<void> {
    const languageId = file.endsWith('.ts') ? 'typescript' : 'javascript';
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uri(file), languageId, version: ++this.#version, text },
    });
  }

  async change(file: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri(file), version: ++this.#version },
      contentChanges: [{ text }],
    });
  }

  /** Writes a text to the disk and says that it was saved, as an editor does. */
  async save(file: string, text: string): Promise<void> {
    await this.change(file, text);
    writeFileSync(path.join(this.#folders[0] as string, file), text);
    await this.connection.sendNotification('textDocument/didSave', { textDocument: { uri: this.uri(file) } });
  }

  ask<Name extends keyof RequestTypes>(
    name: Name,
    params: RequestTypes[Name]['params'],
    token = CancellationToken.None,
  ): Promise<RequestTypes[Name]['result']> {
    return this.connection.sendRequest(requests[name], params, token);
  }

  mutate(
    file: string,
    range?: { start: { line: number; column: number }; end: { line: number; column: number } },
  ): Promise<RequestTypes['mutate']['result']> {
    return this.ask('mutate', { run: 1, targets: [{ uri: this.uri(file), ...(range && { range }) }] });
  }

  /** The resolved lenses of a file, each as `line: title`. */
  async lenses(file: string): Promise<string[]> {
    const found: CodeLens[] = await this.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: this.uri(file) } });
    const resolved: CodeLens[] = await Promise.all(found.map((lens) => this.connection.sendRequest<CodeLens>('codeLens/resolve', lens)));
    return resolved.map(({ range, command }) => `${range.start.line}: ${command?.title}`);
  }

  async hover(file: string, line: number, character: number): Promise<string | undefined> {
    const found: Hover | null = await this.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: this.uri(file) },
      position: { line, character },
    });
    return found ? (found.contents as { value: string }).value : undefined;
  }

  actions(file: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: this.uri(file) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
  }

  /** Waits until something is so; fails after twenty seconds with what it waited for. */
  async until<T>(what: string, check: () => T | undefined | false, limitMs = 20_000): Promise<T> {
    for (const end = Date.now() + limitMs; ; ) {
      const found = check();
      if (found !== undefined && found !== false) return found as T;
      if (Date.now() > end) throw new Error(`waited ${limitMs} ms for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends the session as an editor does that closes. */
  stop(): Promise<void> {
    return stopServer(this.#opened);
  }

  #hear(): void {
    this.connection.onNotification('textDocument/publishDiagnostics', (params: { uri: string; diagnostics: Diagnostic[] }) => {
      this.diagnostics.set(params.uri, params.diagnostics);
      this.published.push(params);
    });
    this.connection.onNotification(notifications.progress, (progress: ProgressParams) => void this.progress.push(progress));
    this.connection.onNotification(notifications.auditProgress, (progress: AuditProgressParams) => void this.auditProgress.push(progress));
    this.connection.onNotification(notifications.verifyProgress, (progress: VerifyProgressParams) => void this.verifyProgress.push(progress));
    this.connection.onNotification(notifications.laddersChanged, () => void this.laddersChanged++);
    this.connection.onNotification(notifications.notice, (notice: Failure) => void this.notices.push(notice));
  }
}
