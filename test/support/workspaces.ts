import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const made: string[] = [];

/** A temporary copy of a fixture; its installed dependencies are linked. Removed by {@link removeWorkspaces}. */
export function copyFixture(name: string, files: Record<string, string> = {}): string {
  const directory = emptyWorkspace(files, path.basename(name));
  const from = path.join(FIXTURES, name);
  cpSync(from, directory, { recursive: true, force: false, filter: (source) => !/node_modules|\.assay/.test(path.relative(from, source)) });
  const dependencies = path.join(from, 'node_modules');
  if (existsSync(dependencies)) symlinkSync(dependencies, path.join(directory, 'node_modules'), 'junction');
  return directory;
}

/** The Vitest fixture with tests that take their time: a run that is over before anyone can look at it or end it proves nothing. */
export function copySlowFixture(): string {
  const directory = copyFixture('vitest');
  appendFileSync(
    path.join(directory, 'test', 'price.test.ts'),
    "\nimport { beforeEach } from 'vitest';\nbeforeEach(() => new Promise((resolve) => setTimeout(resolve, 120)));\n",
  );
  return directory;
}

/** A temporary folder with the given files. */
export function emptyWorkspace(files: Record<string, string> = {}, name = 'workspace'): string {
  const directory = mkdtempSync(path.join(realpathSync(os.tmpdir()), `test-${name}-`));
  made.push(directory);
  for (const [file, text] of Object.entries(files)) write(directory, file, text);
  return directory;
}

/** Writes a file of a workspace, with the folders above it. */
export function write(directory: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
  writeFileSync(path.join(directory, file), text);
}

/** Removes all that was made. */
export function removeWorkspaces(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
