import * as vscode from 'vscode';

/** How long no process of a command may be debugged before it counts as ended, ms: one may start another. */
const PAUSE_MS = 1000;

/** Debugs all Node processes of a command in a terminal. The terminal stays, with what was written in it; VS Code's session of it would too, so it is ended with the last process. */
export async function debugInTerminal(name: string, cwd: string, command: string): Promise<void> {
  let terminal: vscode.DebugSession | undefined;
  let pause: NodeJS.Timeout | undefined;
  const processes = new Set<string>();
  const listening = [
    vscode.debug.onDidStartDebugSession((session) => {
      if (session.parentSession && session.parentSession.id === terminal?.id) {
        clearTimeout(pause);
        processes.add(session.id);
      } else if (!terminal && session.name === name && session.type === 'node-terminal') terminal = session;
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (session.id === terminal?.id) stop();
      else if (processes.delete(session.id) && processes.size === 0) pause = setTimeout(() => void vscode.debug.stopDebugging(terminal), PAUSE_MS);
    }),
  ];
  const stop = () => {
    clearTimeout(pause);
    for (const one of listening) one.dispose();
  };
  const started = await vscode.debug.startDebugging(undefined, { type: 'node-terminal', request: 'launch', name, cwd, command });
  if (!started) stop();
}
