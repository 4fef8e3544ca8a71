import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FIXTURES, installFixtures } from './fixtures.ts';

/** Opens VS Code with the extension on the Vitest fixture: the desktop one where `code` is on the PATH, else the one that the tests use, in the browser. */
const root = fileURLToPath(new URL('..', import.meta.url));
const workspace = path.join(FIXTURES, 'vitest');

installFixtures(['vitest']);
const windows = process.platform === 'win32';
if (spawnSync('code', ['--version'], { stdio: 'ignore', shell: windows }).status === 0) {
  spawn('code', ['--new-window', `--extensionDevelopmentPath=${root}`, workspace], { stdio: 'inherit', shell: windows });
} else {
  const { startHost } = await import('../test/vscode/host/host.ts');
  const host = await startHost({ extensionDir: root, workspace, trustDisabled: true, insideTests: false });
  process.stdout.write(`\nVS Code with Assay: ${host.url}\nEnd it with Ctrl+C.\n`);
  process.on('SIGINT', () => void host.stop().then(() => process.exit(0)));
  await new Promise(() => {});
}
