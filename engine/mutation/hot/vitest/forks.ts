import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Lets messages to processes that are gone fall silently. A worker that hangs is killed from here, which Vitest's pool does not expect: it goes on
 * writing to it, and each message that fails makes it write another one.
 */
export function forgiveKilledForks(): void {
  const { fork } = childProcess;
  childProcess.fork = ((...args: Parameters<typeof fork>) => {
    const child = fork(...args);
    const send = child.send.bind(child) as (...args: unknown[]) => boolean;
    child.send = ((...message: unknown[]) => child.connected && send(...message)) as typeof child.send;
    return child;
  }) as typeof fork;
  syncBuiltinESMExports();
}
