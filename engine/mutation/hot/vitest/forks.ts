import childProcess, { type ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

const running = new Set<ChildProcess>();
let watched = false;

/**
 * Knows from now on of the processes that Vitest's pool forks. Messages to those that are gone fall silently: a worker that hangs is killed from here, which
 * the pool does not expect; it goes on writing to it, and each message that fails makes it write another one.
 */
export function watchForks(): void {
  if (watched) return;
  watched = true;
  const { fork } = childProcess;
  childProcess.fork = ((...args: Parameters<typeof fork>) => {
    const child = fork(...args);
    running.add(child);
    child.once('exit', () => running.delete(child));
    const send = child.send.bind(child) as (...args: unknown[]) => boolean;
    child.send = ((...message: unknown[]) => child.connected && send(...message)) as typeof child.send;
    return child;
  }) as typeof fork;
  syncBuiltinESMExports();
}

/** Ends those that are left, such as one that had just begun when Vitest's pool was closed, which forgets it. */
export function endForks(): void {
  for (const child of running) child.kill('SIGKILL');
}
