import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FIXTURES, installFixtures } from './fixtures.ts';

/** Runs mutation testing on the Vitest fixture, prints the report, and says where its HTML lies. */
const root = fileURLToPath(new URL('..', import.meta.url));
const report = path.join(root, '.cache', 'demo', 'mutation-report.html');

installFixtures(['vitest']);
mkdirSync(path.dirname(report), { recursive: true });
const { status } = spawnSync(process.execPath, [path.join(root, 'dist', 'cli.js'), 'mutate', 'src', '--html', report], {
  cwd: path.join(FIXTURES, 'vitest'),
  stdio: 'inherit',
});
if (status === 0) process.stdout.write(`\nThe report as a page: ${pathToFileURL(report).href}\n`);
process.exitCode = status ?? 1;
