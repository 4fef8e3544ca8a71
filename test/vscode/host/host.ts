// Starts a real VS Code server on a free port of this machine, in its own process group and temporary folders.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { commandLine, descendants } from '../../support/processes.ts';
import { type Installation, install } from './install.ts';
import { extensionHostLogs, ServerProcess } from './server-process.ts';

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

  let server: ServerProcess | undefined;
  const stop = async (): Promise<void> => {
    await server?.stop();
    rmSync(tempDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  try {
    if (options.vsixFile !== undefined) installVsix(installation, resolve(options.vsixFile), common, env);
    if (options.extensionDir !== undefined && !options.insideTests) linkExtension(resolve(options.extensionDir), extensionsDir);
    const started = new ServerProcess({
      program: installation.node,
      args: [
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
      env,
      tempDir,
    });
    server = started;
    const port = await started.ready(options.readyTimeoutMs ?? 60_000);
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
    const serverPid = started.pid;
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
      output: () => started.output,
      extensionHostLog: () => extensionHostLogs(join(serverDataDir, 'data', 'logs')) + extensionHostLogs(join(userDataDir, 'logs')),
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
