import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { descendants, isAlive } from '../../support/processes.ts';

/** How much of what a server says is kept, characters. */
const KEPT = 1_000_000;

/** What a server is started with. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Its working directory, which is removed where this process ends before the server was stopped. */
  readonly tempDir: string;
}

/** A VS Code server in a process group of its own. It ends with this process at the latest, unless that is killed with SIGKILL. */
export class ServerProcess {
  readonly #child: ChildProcess;
  #output = '';

  constructor({ program, args, env, tempDir }: ServerCommand) {
    const child = spawn(program, args, { cwd: tempDir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    guardAgainstExit(child, tempDir);
    const take = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-KEPT);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** What it wrote so far. */
  get output(): string {
    return this.#output;
  }

  /** Waits until it answers; resolves with its port. */
  async ready(timeoutMs: number): Promise<number> {
    const child = this.#child;
    const until = performance.now() + timeoutMs;
    let failure: Error | undefined;
    child.once('error', (error) => {
      failure = error;
    });
    while (performance.now() < until) {
      if (failure) throw failure;
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`VS Code's server ended at once (${child.exitCode ?? child.signalCode}):\n${this.#output}`);
      const port = Number(/Extension host agent listening on (\d+)/.exec(this.#output)?.[1]);
      if (port > 0) {
        const answer = await fetch(`http://127.0.0.1:${port}/version`).catch(() => undefined);
        if (answer?.ok) return port;
      }
      await delay(25);
    }
    throw new Error(`VS Code's server was not ready after ${timeoutMs / 1000} s:\n${this.#output}`);
  }

  /** Ends it and everything that it started. */
  async stop(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined) return;
    // What runs in a terminal, or was spawned detached by an extension, is in a group of its own.
    const others = descendants(pid);
    signalGroup(pid, 'SIGTERM');
    if (!(await groupGone(pid, 3000))) {
      signalGroup(pid, 'SIGKILL');
      if (!(await groupGone(pid, 5000))) throw new Error(`VS Code's process group ${pid} is still alive.`);
    }
    for (const other of others) {
      try {
        if (isAlive(other)) process.kill(other, 'SIGKILL');
      } catch {
        /* it ended by itself */
      }
    }
    liveServers.delete(this.#child);
  }
}

/** What the extension hosts of all windows wrote below a folder of logs. */
export function extensionHostLogs(dir: string): string {
  let files: string[];
  try {
    files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((file) => /exthost.*\.log$/i.test(file))
      .sort();
  } catch {
    return '';
  }
  return files.map((file) => `--- ${file}\n${readFileSync(join(dir, file), 'utf8')}`).join('');
}

async function groupGone(pid: number, withinMs: number): Promise<boolean> {
  const gone = (): boolean => !signalGroup(pid, 0);
  for (const until = performance.now() + withinMs; !gone() && performance.now() < until; ) await delay(25);
  return gone();
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

const liveServers = new Map<ChildProcess, string>();
let exitHooksSet = false;

/** A test process that ends in a hurry takes its servers with it. */
function guardAgainstExit(server: ChildProcess, tempDir: string): void {
  liveServers.set(server, tempDir);
  if (exitHooksSet) return;
  exitHooksSet = true;
  const killAll = (): void => {
    for (const [{ pid }, dir] of liveServers) {
      if (pid !== undefined) signalGroup(pid, 'SIGKILL');
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
    }
    liveServers.clear();
  };
  process.once('exit', killAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      killAll();
      process.kill(process.pid, signal);
    });
  }
}
