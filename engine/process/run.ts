import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { guarded, killGroup } from './guard.ts';

/** How long to wait for the last words of a command that has ended, milliseconds: a process that left its group may hold the pipes open for ever. */
const STRAGGLER_MS = 2000;

/** A command to run. */
export interface Command {
  program: string;
  args: readonly string[];
  /** Absolute path of the working directory. */
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** How a command ended. */
export interface Exit {
  /** The exit status; null when a signal ended it or it could not start. */
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Set when the program could not be started at all. */
  startError?: Error;
  durationMs: number;
}

/** What to do with what a command says, line by line, without line ends. */
export interface Listeners {
  signal: AbortSignal;
  onStdout?(line: string): void;
  onStderr?(line: string): void;
  /** Lines that the command writes to its file descriptor 4: our own channel, which no user code prints to. */
  onMessage?(line: string): void;
}

/**
 * Runs a command with everything it starts in one process group and resolves when it has ended and all it said was delivered.
 * Aborting the signal kills the group; so does the death of this process. Whatever the command left running is killed when it ends.
 * Never rejects: a program that cannot be started is an {@link Exit} with `startError`.
 */
export async function run(command: Command, listeners: Listeners): Promise<Exit> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  if (listeners.signal.aborted) return { code: null, signal: 'SIGKILL', durationMs: 0 };
  const { program, args } = guarded(command.program, command.args);
  const child = spawn(program, args, {
    cwd: command.cwd,
    env: command.env,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const kill = () => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  listeners.signal.addEventListener('abort', kill, { once: true });
  const spoken = [
    readLines(child.stdout, listeners.onStdout),
    readLines(child.stderr, listeners.onStderr),
    readLines(child.stdio[4] as Readable | null, listeners.onMessage),
  ];
  const end = await ended(child);
  kill();
  await Promise.race([Promise.all(spoken), delay(STRAGGLER_MS, undefined, { ref: false })]);
  for (const stream of child.stdio) stream?.destroy();
  listeners.signal.removeEventListener('abort', kill);
  return { ...end, durationMs: elapsed() };
}

function ended(child: ChildProcess): Promise<Omit<Exit, 'durationMs'>> {
  return new Promise((resolve) => {
    child.once('error', (startError) => resolve({ code: null, signal: null, startError }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function readLines(stream: Readable | null | undefined, onLine: ((line: string) => void) | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!stream) return resolve();
    stream.on('error', () => resolve());
    if (!onLine) {
      stream.resume();
      stream.once('close', () => resolve());
      return;
    }
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', onLine);
    lines.once('close', () => resolve());
  });
}
