import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createProtocolConnection, type ProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A language server over stdio. */
export interface LanguageServer {
  process: ChildProcess;
  connection: ProtocolConnection;
}

/** What a client says of itself when it opens folders. */
export interface Introduction {
  folders: readonly string[];
  /** What it can do beside showing diagnostics and lenses that it asks for again when it is told to. */
  capabilities?: { workspace?: object; diagnostics?: object };
  /** The options that the server's own client sends. */
  options: object;
}

/** Starts a server, by default the one in `dist`. Nothing is said or heard before {@link initialize}. */
export function startServer(installation = ROOT, env: NodeJS.ProcessEnv = {}): LanguageServer {
  const program = path.join(installation, 'dist', 'server.js');
  const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const reader = new StreamMessageReader(server.stdout as never);
  // Its timer would keep this process alive where a server ends in the middle of a message.
  reader.partialMessageTimeout = 0;
  return { process: server, connection: createProtocolConnection(reader, new StreamMessageWriter(server.stdin as never)) };
}

/** Opens folders as an editor does; resolves when the server has answered. */
export async function initialize({ connection }: LanguageServer, { folders, capabilities = {}, options }: Introduction): Promise<void> {
  connection.onRequest('workspace/codeLens/refresh', () => null);
  connection.onRequest('client/registerCapability', () => null);
  connection.onError(() => {});
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: path.basename(folder) })),
    capabilities: {
      workspace: { workspaceFolders: true, codeLens: { refreshSupport: true }, ...capabilities.workspace },
      textDocument: { publishDiagnostics: { ...capabilities.diagnostics } },
    },
    initializationOptions: options,
  } as never);
  await connection.sendNotification('initialized', {});
}

/** Ends a server as an editor does that closes; nothing where it has ended already. */
export async function stopServer({ process: server, connection }: LanguageServer): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await exited;
  connection.dispose();
}
