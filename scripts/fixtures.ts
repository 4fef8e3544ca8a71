import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the folder of fixtures. */
export const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** The environment for an npm of a fixture's own: what the repository's .npmrc sets reaches the scripts' children otherwise. */
export const NPM_ENVIRONMENT = { ...process.env, npm_config_legacy_peer_deps: 'false' };

/** Those that tests need installed. Of the workspaces in `ladder/` it is one: `bench/ladder-fixtures.ts` installs the others. */
const TESTED = ['vitest', 'jest', 'mocha', 'ladder/express-ts'];

/** Installs the dependencies of fixtures, unless they are there already. */
export function installFixtures(names: readonly string[] = TESTED): void {
  for (const name of names) {
    const directory = path.join(FIXTURES, name);
    const lock = path.join(directory, 'package-lock.json');
    const stamp = path.join(directory, 'node_modules', '.installed-lock.json');
    const wanted = readFileSync(lock, 'utf8');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    process.stderr.write(`installing the fixture ${name}\n`);
    const npm = spawnSync('npm', ['ci', '--loglevel=error'], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: NPM_ENVIRONMENT,
      shell: process.platform === 'win32',
    });
    if (npm.status !== 0) throw new Error(`npm ci in ${directory} ended with ${npm.status}`);
    writeFileSync(stamp, wanted);
  }
}

if (import.meta.main) installFixtures();
