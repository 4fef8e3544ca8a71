import { fork } from 'node:child_process';

/**
 * Starts a worker of a framework whose own pool cannot take our code in: the one place of the host that does. It stays in the host's process
 * group, which the host's parent ends. Resolves when the worker has ended.
 *
 * @param nodeArgs arguments of Node itself beside those of the host
 * @param env variables beside those of the host
 */
export function forkWorker(script: string, args: string[], nodeArgs: string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(script, args, { execArgv: [...process.execArgv, ...nodeArgs], env: { ...process.env, ...env }, serialization: 'advanced' });
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}
