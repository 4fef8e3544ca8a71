import { spawn } from 'node:child_process';

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

/** The program and arguments that run `command` guarded; on Windows the command itself, which must watch its own input. */
export function guarded(command: string, args: readonly string[]): { program: string; args: string[] } {
  if (process.platform === 'win32') return { program: command, args: [...args] };
  return { program: '/bin/sh', args: ['-c', GUARD, 'assay-guard', command, ...args] };
}

/** Ends the whole group (on Windows: the tree) that a guarded command leads. Never throws: a group that is gone is what was asked for. */
export function killGroup(pid: number): void {
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nothing of the group is left.
  }
}
