import { type Command, findProgram } from '../process/index.ts';

/** The command in a place without a network, where that was asked for and bubblewrap is there; else the command as it is, with a sentence that says so. */
export function confined(command: Command, options: { offline: boolean }): { command: Command; note?: string } {
  if (!options.offline) return { command };
  const bubblewrap = findProgram('bwrap', command.env);
  if (!bubblewrap) return { command, note: 'It ran with the network: bubblewrap (bwrap), which keeps it away, is not on the PATH.' };
  const args = ['--dev-bind', '/', '/', '--unshare-net', '--die-with-parent', '--', command.program, ...command.args];
  return { command: { ...command, program: bubblewrap, args } };
}
