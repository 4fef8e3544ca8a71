// Installs what a headless, real VS Code needs: two Debian packages, a Node 24 runtime and code-server's VS Code.
// Run it (`node install.ts [cache folder]`) or call install(). What is there already is left alone.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const packagesDir = join(here, 'packages');
const debianPackages = ['chromium', 'libkrb5-dev'] as const;

export interface Installation {
  /** The Node 24 executable that VS Code's server runs under. */
  readonly node: string;
  /** The folder of that executable; first on PATH for `vsce` and other things that need a recent Node. */
  readonly nodeBin: string;
  /** VS Code's own folder (package.json, product.json, out/). */
  readonly vscode: string;
  /** VS Code's server entry. */
  readonly serverMain: string;
  readonly chromium: string;
}

/** The nearest folder above this file that holds a `.git`; without one, this file's own folder. */
function repositoryRoot(): string {
  for (let dir = here; ; dir = dirname(dir)) {
    if (existsSync(join(dir, '.git'))) return dir;
    if (dirname(dir) === dir) return here;
  }
}

export function defaultCacheDir(): string {
  return process.env['VSCODE_HOST_CACHE'] ?? join(repositoryRoot(), '.cache', 'vscode-host');
}

/** Where things are, or will be, in a cache folder. Installs nothing. */
export function locate(cacheDir: string = defaultCacheDir()): Installation {
  const cache = resolve(cacheDir);
  const nodeBin = join(cache, 'node', 'node_modules', `node-linux-${process.arch}`, 'bin');
  const vscode = join(cache, 'server', 'node_modules', 'code-server', 'lib', 'vscode');
  return {
    node: join(nodeBin, 'node'),
    nodeBin,
    vscode,
    serverMain: join(vscode, 'out', 'server-main.js'),
    chromium: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  };
}

export function install(cacheDir: string = defaultCacheDir(), log: (line: string) => void = console.error): Installation {
  if (process.platform !== 'linux' || (process.arch !== 'x64' && process.arch !== 'arm64')) {
    throw new Error(`The headless VS Code host runs on Linux x64 and arm64 only (this is ${process.platform} ${process.arch}).`);
  }
  const cache = resolve(cacheDir);
  const installation = locate(cache);
  installDebianPackages(installation.chromium, log);
  if (!existsSync(installation.chromium)) throw new Error(`There is no Chromium at ${installation.chromium}; set CHROMIUM to where it is.`);
  const nodeStamp = installNpmFolder('node', cache, '', {}, log);
  if (!existsSync(installation.node)) throw new Error(`npm installed no Node runtime at ${installation.node}.`);
  installNpmFolder(
    'server',
    cache,
    nodeStamp,
    {
      // code-server's install script checks the Node version and compiles native modules against these headers.
      PATH: `${installation.nodeBin}${delimiter}${process.env['PATH'] ?? ''}`,
      npm_config_nodedir: dirname(installation.nodeBin),
    },
    log,
  );
  if (!existsSync(installation.serverMain)) throw new Error(`code-server was installed without ${installation.serverMain}.`);
  return installation;
}

function installDebianPackages(chromium: string, log: (line: string) => void): void {
  const missing = debianPackages.filter((name) => (name === 'chromium' && existsSync(chromium) ? false : !isDebianPackageInstalled(name)));
  if (missing.length === 0) return;
  const toInstall = `Install the packages ${missing.join(' and ')} (Debian and Ubuntu: apt-get install ${missing.join(' ')})`;
  if (!commandExists('apt-get')) {
    throw new Error(
      `The headless VS Code host needs Chromium at ${chromium} and the Kerberos headers, and this machine has no apt-get. ${toInstall} with this system's package manager, or set CHROMIUM to a Chromium executable.`,
    );
  }
  const root = process.getuid?.() === 0;
  if (!root && !commandExists('sudo')) throw new Error(`${toInstall} as root: this user is not root and there is no sudo.`);
  const apt = (...args: string[]): void => {
    const line = root ? ['apt-get', ...args] : ['sudo', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    run(line, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  timed(`apt-get install ${missing.join(' ')}`, log, () => {
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', ...missing);
  });
}

function isDebianPackageInstalled(name: string): boolean {
  // Without dpkg there is no telling; the header itself answers for libkrb5-dev.
  if (name === 'libkrb5-dev' && existsSync('/usr/include/gssapi/gssapi.h')) return true;
  const answer = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.includes('install ok installed');
}

function commandExists(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((dir) => dir !== '' && existsSync(join(dir, name)));
}

/** `npm ci` of packages/<name> in <cache>/<name>, unless that was done before from the same files. Returns the stamp. */
function installNpmFolder(name: string, cache: string, basis: string, extraEnv: NodeJS.ProcessEnv, log: (line: string) => void): string {
  const source = join(packagesDir, name);
  const target = join(cache, name);
  const files = ['.npmrc', 'package.json', 'package-lock.json'];
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${basis}\n`);
  for (const file of files) hash.update(readFileSync(join(source, file)));
  const stamp = hash.digest('hex');
  const stampFile = join(target, '.installed');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return stamp;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const file of files) copyFileSync(join(source, file), join(target, file));
  timed(`npm ci (${name})`, log, () => run(['npm', 'ci', '--loglevel=error'], { cwd: target, env: { ...npmFreeEnvironment(), ...extraEnv } }));
  writeFileSync(stampFile, stamp);
  return stamp;
}

/** The environment without what an outer `npm run` adds to it, some of which (ignore-scripts, omit, prefix) would change this install. */
function npmFreeEnvironment(): NodeJS.ProcessEnv {
  const kept = /^npm_config_(registry|cache|userconfig|globalconfig|.*proxy|cafile|ca|strict_ssl|offline|prefer_offline)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key) || kept.test(key)));
}

function run(line: readonly string[], options: { cwd?: string; env: NodeJS.ProcessEnv }): void {
  const [command, ...args] = line as [string, ...string[]];
  const result = spawnSync(command, args, { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(`“${line.join(' ')}” ended with ${result.status ?? result.signal}:\n${(result.stdout + result.stderr).slice(-6000)}`);
  }
}

function timed(what: string, log: (line: string) => void, action: () => void): void {
  log(`vscode-host: ${what} …`);
  const start = performance.now();
  action();
  log(`vscode-host: ${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

if (import.meta.main) {
  try {
    console.log(JSON.stringify(install(process.argv[2]), null, 2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
