import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** What a call of the command line said and how it ended. */
export interface Said {
  status: number | null;
  out: string;
  err: string;
}

/** Calls `assay` in a directory and waits for its end; `started` sees the process, for tests that disturb it. */
export async function assay(cwd: string, args: string[], env: NodeJS.ProcessEnv = {}, started?: (pid: number) => void): Promise<Said> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Said = { status: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  started?.(child.pid as number);
  [said.status] = (await once(child, 'close')) as [number | null];
  return said;
}
