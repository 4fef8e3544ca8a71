import { spawn } from 'node:child_process';
import path from 'node:path';

/**
 * Runs a command in a process group of its own and ends that group when the file descriptor 3 closes, which happens
 * when this process ends in any way, a SIGKILL included. A shell does it because it starts in a millisecond and cannot
 * be kept busy by the command. The command stands in the foreground, for a shell lets those behind it ignore SIGINT, which
 * programs inherit. It gets neither the liveness pipe nor the watcher's streams; 5 is for orders to it.
 */
const GUARD = `
( exec 1>/dev/null 2>&1 4>&- 5<&-; read -r _ <&3; kill -KILL 0 ) &
"$@" 3<&-
exit "$?"
`;

/** What is really started to run a command. */
export interface Guarded {
  program: string;
  args: string[];
  /** On Windows, that the arguments are in the words of the command interpreter already, and are not to be quoted for a C program. */
  windowsVerbatimArguments?: boolean;
}

/** The program and arguments that run `command` guarded; on Windows the command itself, which must watch its own input. */
export function guarded(command: string, args: readonly string[], platform: NodeJS.Platform = process.platform): Guarded {
  if (platform === 'win32') return forWindows(command, args);
  return { program: '/bin/sh', args: ['-c', GUARD, 'assay-guard', command, ...args] };
}

/** `cmd /s /c` takes the first and the last quote away and reads what is between them as it was typed: a C program's `\"` would be no quote to it. */
function forWindows(program: string, args: readonly string[]): Guarded {
  const line = args.at(-1) ?? '';
  const isShell = /^(.*[\\/])?cmd(\.exe)?$/i.test(program) && /^\/c$/i.test(args.at(-2) ?? '');
  return isShell ? { program, args: [...args.slice(0, -1), `"${line}"`], windowsVerbatimArguments: true } : { program, args: [...args] };
}

/** Ends the whole group (on Windows: the tree) that a guarded command leads. Never throws: a group that is gone is what was asked for. */
export function killGroup(pid: number): void {
  if (process.platform === 'win32') {
    const { program, args } = treeKiller(pid, process.env['SystemRoot']);
    // There is nobody to tell that it could not be started.
    spawn(program, args, { stdio: 'ignore', windowsHide: true }).on('error', () => {});
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nothing of the group is left.
  }
}

/** What ends a process of Windows with all that it started; by its full path, for a project may have something of this name in its folder. */
export function treeKiller(pid: number, systemRoot = 'C:\\Windows'): { program: string; args: string[] } {
  return { program: path.win32.join(systemRoot, 'System32', 'taskkill.exe'), args: ['/PID', String(pid), '/T', '/F'] };
}
