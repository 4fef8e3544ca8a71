import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** How a command went. Times are milliseconds since its start. */
export interface Ran {
  status: number | null;
  output: string;
  wallMs: number;
  startedAt: number;
  /** When the first line came that the pattern matches. */
  firstMatchMs?: number;
}

/** Runs a program of Node and waits for its end. */
export function runNode(args: string[], cwd: string, env: NodeJS.ProcessEnv, pattern: RegExp): Promise<Ran> {
  return runProgram(process.execPath, args, cwd, env, pattern);
}

/** Runs a program, which finds this Node first, and waits for its end. */
export async function runProgram(program: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, pattern: RegExp): Promise<Ran> {
  const startedAt = Date.now();
  const started = performance.now();
  const found = [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter);
  const child = spawn(program, args, { cwd, env: { ...process.env, PATH: found, NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let firstMatchMs: number | undefined;
  const hear = (chunk: Buffer) => {
    output += chunk;
    if (firstMatchMs === undefined && pattern.test(output)) firstMatchMs = performance.now() - started;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output, wallMs: performance.now() - started, startedAt, ...(firstMatchMs !== undefined && { firstMatchMs }) };
}
