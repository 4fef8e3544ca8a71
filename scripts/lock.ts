import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NPM_ENVIRONMENT } from './fixtures.ts';

/** A package in a lock file, as far as it matters here. */
interface Locked {
  version?: string;
  resolved?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

/** Whether a directory has a lock file of npm's. */
function isLockedByNpm(directory: string): boolean {
  return existsSync(path.join(directory, 'package-lock.json'));
}

/**
 * Completes a lock file: download addresses are left out, and optional packages for other systems, which npm leaves out when the registry at hand does not
 * serve them, are entered, because `npm ci` refuses a lock file without them.
 */
export function completeLock(packages: Record<string, Locked>): Record<string, Locked> {
  const complete: Record<string, Locked> = {};
  for (const [place, { resolved: _, ...locked }] of Object.entries(packages)) complete[place] = locked;
  for (const [place, { optionalDependencies, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      if (reachable(name, place, packages) || !/^\d/.test(version)) continue;
      complete[`node_modules/${name}`] ??= { version, ...(dev && { dev }), optional: true, ...platform(name) };
    }
  }
  return Object.fromEntries(Object.entries(complete).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function reachable(name: string, from: string, packages: Record<string, Locked>): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (at === '') return false;
    if (!at.includes('/node_modules/')) return packages[`node_modules/${name}`] !== undefined;
  }
}

/** `@esbuild/linux-x64` and `@unrs/resolver-binding-win32-arm64-msvc` say in their names what they are for. */
function platform(name: string): Pick<Locked, 'os' | 'cpu'> {
  const words = name.split(/[/-]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word)) ?? (words.some((word) => word.startsWith('arm')) ? 'arm' : undefined);
  return { ...(cpu && { cpu: [cpu] }), os: [os ?? 'none'] };
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const places = ['fixtures', 'fixtures/ladder'].flatMap((folder) =>
    readdirSync(path.join(root, folder)).map((name) => path.join(root, folder, name)),
  );
  for (const directory of [root, ...places].filter(isLockedByNpm)) {
    const file = path.join(directory, 'package-lock.json');
    execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--loglevel=error'], {
      cwd: directory,
      stdio: 'inherit',
      env: directory === root ? process.env : NPM_ENVIRONMENT,
    });
    const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };
    writeFileSync(file, `${JSON.stringify({ ...lock, packages: completeLock(lock.packages) }, null, 2)}\n`);
  }
}
