// Starts a real VS Code server on a free port of this machine, in its own process group and temporary folders.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Installation, install } from './install.ts';

export interface HostOptions {
  /** An unpacked extension: the extension under development with `insideTests`, otherwise an installed one. */
  readonly extensionDir?: string;
  /** A packaged extension to install before the start. */
  readonly vsixFile?: string;
  /** The folder to open, or a .code-workspace file. */
  readonly workspace: string;
  /** User settings on top of the quiet defaults. */
  readonly extraSettings?: Readonly<Record<string, unknown>>;
  /** false leaves Workspace Trust on: the folder starts in Restricted Mode. */
  readonly trustDisabled: boolean;
  /** Added to the environment of the server, from which the extension host has its own; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How long an extension host outlives its page. 0 ends it within seconds of the page. VS Code's own default is three hours. */
  readonly reconnectionGraceSeconds?: number;
  /**
   * Starts with `--enable-smoke-test-driver`, without which a built VS Code takes no extension under development, no `testsPath`
   * and no `extensionEnvironment` from the page's address. It has a price: the workbench shows no notification toasts.
   * So tests from the outside do without it; `extensionDir` is then an installed extension (a link to the folder).
   */
  readonly insideTests?: boolean;
  readonly cacheDir?: string;
  readonly readyTimeoutMs?: number;
}

export interface PageOptions {
  /** A module that exports `run()`, to run inside the extension host. */
  readonly testsPath?: string;
  /** More environment variables for this page's extension host only. */
  readonly extensionEnvironment?: Readonly<Record<string, string>>;
  /** A port for the Node inspector in this page's extension host. */
  readonly inspectPort?: number;
  /** Replaces the extension under development; needed with `testsPath` when the host runs a VSIX. */
  readonly extensionDir?: string;
  /** A file to open at the start. */
  readonly openFile?: string;
}

export interface Host {
  /** The address of the workbench with the workspace and the extension. */
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly serverPid: number;
  /** Everything the host writes is below this folder; stop() removes it. */
  readonly tempDir: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  readonly installation: Installation;
  /** Seconds from the call of startHost() until the workbench answered. */
  readonly startSeconds: number;
  pageUrl(options?: PageOptions): string;
  /** The ids of the extension host processes alive now: one per open page, plus those in their grace time. */
  extensionHostPids(): number[];
  /** What the server wrote so far. */
  output(): string;
  /** The newest "Extension Host" logs of all windows. */
  extensionHostLog(): string;
  stop(): Promise<void>;
}

/** Nothing that moves, asks or phones home. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'editor.cursorBlinking': 'solid',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.banner': 'always',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const liveServers = new Map<ChildProcess, string>();
let exitHooksSet = false;

export async function startHost(options: HostOptions): Promise<Host> {
  const installation = install(options.cacheDir);
  const begin = performance.now();
  const tempDir = mkdtempSync(join(realpathSync(tmpdir()), 'vscode-host-'));
  const userDataDir = join(tempDir, 'user-data');
  const serverDataDir = join(tempDir, 'server-data');
  const extensionsDir = join(tempDir, 'extensions');
  const runDir = join(tempDir, 'run');
  for (const dir of [join(userDataDir, 'User'), serverDataDir, extensionsDir, runDir]) mkdirSync(dir, { recursive: true });
  writeFileSync(join(userDataDir, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...options.extraSettings }, null, 2));
  const env = serverEnvironment(installation, { XDG_RUNTIME_DIR: runDir, ...options.env });
  const common = [
    '--server-data-dir',
    serverDataDir,
    '--user-data-dir',
    userDataDir,
    '--extensions-dir',
    extensionsDir,
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
  ];

  let server: ChildProcess | undefined;
  let output = '';
  const stop = async (): Promise<void> => {
    if (server) await stopGroup(server);
    rmSync(tempDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  try {
    if (options.vsixFile !== undefined) installVsix(installation, resolve(options.vsixFile), common, env);
    if (options.extensionDir !== undefined && !options.insideTests) linkExtension(resolve(options.extensionDir), extensionsDir);
    server = spawn(
      installation.node,
      [
        installation.serverMain,
        '--host',
        '127.0.0.1',
        '--port',
        '0',
        '--without-connection-token',
        ...(options.insideTests ? ['--enable-smoke-test-driver'] : []),
        // Otherwise the server asks a login shell for the extension host's environment: slow, and it replaces PATH.
        '--force-disable-user-env',
        '--reconnection-grace-time',
        String(options.reconnectionGraceSeconds ?? 10),
        ...(options.trustDisabled ? ['--disable-workspace-trust'] : []),
        ...common,
      ],
      { cwd: tempDir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    guardAgainstExit(server, tempDir);
    const take = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-1_000_000);
    };
    server.stdout!.on('data', take);
    server.stderr!.on('data', take);
    const port = await whenReady(server, () => output, options.readyTimeoutMs ?? 60_000);
    const origin = `http://127.0.0.1:${port}`;
    const startSeconds = (performance.now() - begin) / 1000;
    const pageUrl = (page: PageOptions = {}): string => {
      const authority = `vscode-remote://127.0.0.1:${port}`;
      const payload: [string, string][] = [];
      const developed = page.extensionDir ?? (options.insideTests ? options.extensionDir : undefined);
      if (
        !options.insideTests &&
        (developed !== undefined || page.testsPath !== undefined || page.extensionEnvironment || page.inspectPort !== undefined)
      ) {
        throw new Error(
          'This host was started without insideTests: VS Code would ignore the extension, tests, environment or inspector of the page.',
        );
      }
      if (developed !== undefined) payload.push(['extensionDevelopmentPath', authority + resolve(developed)]);
      if (page.testsPath !== undefined) payload.push(['extensionTestsPath', authority + resolve(page.testsPath)]);
      if (page.extensionEnvironment) payload.push(['extensionEnvironment', JSON.stringify(page.extensionEnvironment)]);
      if (page.inspectPort !== undefined) payload.push(['inspect-extensions', String(page.inspectPort)]);
      if (page.openFile !== undefined) payload.push(['openFile', authority + resolve(page.openFile)]);
      const workspace = resolve(options.workspace);
      const target = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
      return (
        `${origin}/?${target}=${encodeURIComponent(workspace)}` +
        (payload.length > 0 ? `&payload=${encodeURIComponent(JSON.stringify(payload))}` : '')
      );
    };
    const serverPid = server.pid!;
    return {
      url: pageUrl(),
      origin,
      port,
      serverPid,
      tempDir,
      userDataDir,
      extensionsDir,
      installation,
      startSeconds,
      pageUrl,
      stop,
      extensionHostPids: () => descendants(serverPid).filter((pid) => commandLine(pid).includes('--type=extensionHost')),
      output: () => output,
      extensionHostLog: () => readLogs(join(serverDataDir, 'data', 'logs')) + readLogs(join(userDataDir, 'logs')),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverEnvironment(installation: Installation, extra: HostOptions['env']): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [key, value] of Object.entries(process.env)) {
    // A test runner's own Node options, npm's variables and an outer VS Code's would all reach the extension host.
    if (!/^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST|NODE_V8_COVERAGE$|NODE_PATH$|MOCHA_|INIT_CWD$|FORCE_COLOR$)/i.test(key)) env[key] = value;
  }
  env['PATH'] = `${installation.nodeBin}${delimiter}${env['PATH'] ?? ''}`;
  Object.assign(env, extra);
  for (const key of Object.keys(env)) if (env[key] === undefined) delete env[key];
  return env;
}

/** VS Code reads an extensions folder without an extensions.json once, at its first start, and takes what it finds. */
function linkExtension(extensionDir: string, extensionsDir: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(join(extensionDir, 'package.json'), 'utf8')) as Record<string, string>;
  symlinkSync(extensionDir, join(extensionsDir, `${publisher}.${name}-${version}`.toLowerCase()), 'dir');
}

function installVsix(installation: Installation, vsix: string, common: readonly string[], env: NodeJS.ProcessEnv): void {
  const result = spawnSync(installation.node, [installation.serverMain, '--install-extension', vsix, '--force', ...common], {
    env,
    encoding: 'utf8',
    timeout: 120_000,
  });
  const text = `${result.stdout ?? ''}${result.stderr ?? ''}`;
  if (result.status !== 0 || !/successfully installed/i.test(text)) throw new Error(`VS Code did not install ${vsix}:\n${text}`);
}

async function whenReady(server: ChildProcess, output: () => string, timeoutMs: number): Promise<number> {
  const until = performance.now() + timeoutMs;
  let failure: Error | undefined;
  server.once('error', (error) => {
    failure = error;
  });
  while (performance.now() < until) {
    if (failure) throw failure;
    if (server.exitCode !== null || server.signalCode !== null)
      throw new Error(`VS Code's server ended at once (${server.exitCode ?? server.signalCode}):\n${output()}`);
    const port = Number(/Extension host agent listening on (\d+)/.exec(output())?.[1]);
    if (port > 0) {
      const answer = await fetch(`http://127.0.0.1:${port}/version`).catch(() => undefined);
      if (answer?.ok) return port;
    }
    await delay(25);
  }
  throw new Error(`VS Code's server was not ready after ${timeoutMs / 1000} s:\n${output()}`);
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

async function stopGroup(server: ChildProcess): Promise<void> {
  const pid = server.pid;
  if (pid === undefined) return;
  // What runs in a terminal, or was spawned detached by an extension, is in a group of its own.
  const others = descendants(pid);
  signalGroup(pid, 'SIGTERM');
  const gone = (): boolean => !signalGroup(pid, 0);
  const wait = async (ms: number): Promise<boolean> => {
    for (const until = performance.now() + ms; !gone() && performance.now() < until; ) await delay(25);
    return gone();
  };
  if (!(await wait(3000))) {
    signalGroup(pid, 'SIGKILL');
    if (!(await wait(5000))) throw new Error(`VS Code's process group ${pid} is still alive.`);
  }
  for (const other of others) {
    try {
      if (readStat(other)) process.kill(other, 'SIGKILL');
    } catch {
      /* it ended by itself */
    }
  }
  liveServers.delete(server);
}

function readStat(pid: number): { ppid: number; state: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : { state: fields[0]!, ppid: Number(fields[1]) };
  } catch {
    return undefined;
  }
}

/** All processes below one, from /proc. */
export function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? readStat(pid) : undefined;
    if (stat) children.set(stat.ppid, [...(children.get(stat.ppid) ?? []), pid]);
  }
  const found: number[] = [];
  for (const queue = [root]; queue.length > 0; ) {
    const next = children.get(queue.pop()!) ?? [];
    found.push(...next);
    queue.push(...next);
  }
  return found;
}

export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function readLogs(dir: string): string {
  let files: string[];
  try {
    files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((file) => /exthost.*\.log$/i.test(file))
      .sort();
  } catch {
    return '';
  }
  return files.map((file) => `--- ${file}\n${readFileSync(join(dir, file), 'utf8')}`).join('');
}

/** A test process that ends in a hurry takes its servers with it (but not when it is killed with SIGKILL). */
function guardAgainstExit(server: ChildProcess, tempDir: string): void {
  liveServers.set(server, tempDir);
  if (exitHooksSet) return;
  exitHooksSet = true;
  const killAll = (): void => {
    for (const [{ pid }, dir] of liveServers) {
      if (pid !== undefined) signalGroup(pid, 'SIGKILL');
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    }
    liveServers.clear();
  };
  process.once('exit', killAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      killAll();
      process.kill(process.pid, signal);
    });
  }
}
