import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Command } from '../process/index.ts';

/** The command in a place without a network, where that was asked for and bubblewrap is there; else the command as it is, with a sentence that says so. */
export function confined(command: Command, options: { offline: boolean }): { command: Command; note?: string } {
  if (!options.offline) return { command };
  const bubblewrap = onPath('bwrap', command.env['PATH']);
  if (!bubblewrap) return { command, note: 'It ran with the network: bubblewrap (bwrap), which keeps it away, is not on the PATH.' };
  const args = ['--dev-bind', '/', '/', '--unshare-net', '--die-with-parent', '--', command.program, ...command.args];
  return { command: { ...command, program: bubblewrap, args } };
}

/** The absolute path of a program, as a shell would find it. */
export function onPath(program: string, folders: string | undefined): string | undefined {
  return (folders ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
