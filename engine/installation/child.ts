import { type ChildProcess, spawn } from 'node:child_process';

/** A Node process of ours inside a run. */
export interface NodeChild {
  /** Writes one line to its standard input. */
  say(line: string): void;
  /** Ends it at once. */
  kill(): void;
  /** Resolves when it has ended; rejects when it could not start. */
  ended: Promise<void>;
}

/**
 * Starts another Node process like this one, in this one's process group: it ends with the run. What it prints is printed here.
 *
 * @param script absolute path
 */
export function startNode(script: string, args: { nodeArgs: readonly string[]; cwd: string; env: NodeJS.ProcessEnv }): NodeChild {
  const child = spawn(process.execPath, [...args.nodeArgs, script], {
    cwd: args.cwd,
    env: args.env,
    stdio: ['pipe', 'inherit', 'inherit'],
    windowsHide: true,
  });
  // It may be gone before it has read.
  child.stdin.on('error', () => {});
  return {
    say: (line) => child.stdin.write(`${line}\n`),
    kill: () => child.kill('SIGKILL'),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => resolve());
    }),
  };
}

/** A Node process of ours that messages go to and come from. */
export type Forked = ChildProcess;

/**
 * Starts another Node process like this one, with the same arguments, that takes and gives messages of whatever structured clones can hold.
 *
 * @param script absolute path
 */
export function forkNode(script: string): Forked {
  return spawn(process.execPath, [...process.execArgv, script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
  });
}
