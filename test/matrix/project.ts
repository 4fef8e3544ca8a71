import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NPM_ENVIRONMENT } from '../../scripts/fixtures.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A copy of a fixture with other packages, kept between runs because installing takes longer than the test. */
export function project(fixture: string, packages: readonly string[]): string {
  const directory = path.join(root, '.cache', 'matrix', packages.join('_').replaceAll('@', '-').replaceAll('/', '-'));
  const from = path.join(root, 'fixtures', fixture);
  mkdirSync(directory, { recursive: true });
  cpSync(from, directory, { recursive: true, filter: (source) => !/node_modules|\.assay|package(-lock)?\.json/.test(path.relative(from, source)) });
  rmSync(path.join(directory, '.assay'), { recursive: true, force: true });
  if (!existsSync(path.join(directory, 'node_modules', '.installed'))) {
    const manifest = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8')) as { devDependencies: unknown };
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ ...manifest, devDependencies: {} }));
    execFileSync('npm', ['install', '--save-dev', '--no-package-lock', '--loglevel=error', ...packages], {
      cwd: directory,
      stdio: 'ignore',
      env: NPM_ENVIRONMENT,
      shell: process.platform === 'win32',
    });
    writeFileSync(path.join(directory, 'node_modules', '.installed'), '');
  }
  return directory;
}
