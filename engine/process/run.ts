import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { guarded, killGroup } from './guard.ts';
import { LineCutter } from './lines.ts';

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

/** What to do with what a command says, line by line, without line ends. What a listener throws is told as a warning, and the lines after it are heard. */
export interface Listeners {
  signal: AbortSignal;
  /** How many characters of a line of the command's output are delivered; a megabyte where it is not set. */
  longestLine?: number;
  onStdout?(line: string): void;
  onStderr?(line: string): void;
  /** Lines that the command writes to its file descriptor 4: our own channel, which no user code prints to. */
  onMessage?(line: string): void;
}

/** A command that runs. */
export interface Running {
  /** Writes a line to its file descriptor 5, on which it may take orders. Lines to a command that has ended are lost. */
  send(line: string): void;
  /** Closes its file descriptor 5: no more orders come. */
  sendEnd(): void;
  /** How it ended, when it has and all it said was delivered. Never rejects: a program that cannot be started is an {@link Exit} with `startError`. */
  ended: Promise<Exit>;
}

/** Runs a command to its end: {@link start} for those who have nothing to say to it. */
export function run(command: Command, listeners: Listeners): Promise<Exit> {
  return start(command, listeners).ended;
}

/**
 * Starts a command with everything that it starts in one process group. Aborting the signal kills the group; so does the death of this process.
 * Whatever the command left running is killed when it ends.
 */
export function start(command: Command, listeners: Listeners): Running {
  const started = performance.now();
  if (listeners.signal.aborted)
    return { send: () => {}, sendEnd: () => {}, ended: Promise.resolve({ code: null, signal: 'SIGKILL', durationMs: 0 }) };
  let child: ReturnType<typeof spawned>;
  try {
    child = spawned(command);
  } catch (error) {
    return notStarted(Promise.resolve(error as Error), started);
  }
  // The system refused it: too long arguments, a working directory that is none.
  if (child.pid === undefined)
    return notStarted(
      child.then(({ cause, originalMessage }) => (cause as Error) ?? new Error(originalMessage)),
      started,
    );
  const kill = () => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  listeners.signal.addEventListener('abort', kill, { once: true });
  const spoken = [
    readLines(child.stdout, listeners.onStdout, listeners.longestLine),
    readLines(child.stderr, listeners.onStderr, listeners.longestLine),
    readLines(child.stdio[4] as Readable, listeners.onMessage, Number.POSITIVE_INFINITY),
  ];
  // The types know no more than five.
  const orders = (child.stdio as unknown as unknown[])[5] as Writable | undefined;
  orders?.on('error', () => {});
  const end = async (): Promise<Exit> => {
    const exit = await ended(child);
    // On Windows the number of a process that has ended may be another's already, and leads to nothing that it started.
    if (process.platform !== 'win32') kill();
    await Promise.race([Promise.all(spoken), delay(STRAGGLER_MS, undefined, { ref: false })]);
    for (const stream of child.stdio) (stream as { destroy?(): void } | undefined)?.destroy?.();
    listeners.signal.removeEventListener('abort', kill);
    return { ...exit, durationMs: performance.now() - started };
  };
  return {
    send: (line) => orders?.writable && orders.write(`${line}\n`),
    sendEnd: () => orders?.end(),
    ended: end(),
  };
}

/** Throws where there can be no such command: one with a zero byte in it. */
function spawned(command: Command) {
  const { program, args, ...quoting } = guarded(command.program, command.args);
  return execa(program, args, {
    ...quoting,
    cwd: command.cwd,
    env: command.env,
    extendEnv: false,
    detached: process.platform !== 'win32',
    cleanup: process.platform === 'win32',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    buffer: false,
    reject: false,
  });
}

function notStarted(why: Promise<Error>, started: number): Running {
  const ended = why.then((startError) => ({ code: null, signal: null, startError, durationMs: performance.now() - started }));
  return { send: () => {}, sendEnd: () => {}, ended };
}

function ended(child: { once(event: string, listener: (...args: never[]) => void): unknown }): Promise<Omit<Exit, 'durationMs'>> {
  return new Promise((resolve) => {
    child.once('error', (startError: Error) => resolve({ code: null, signal: null, startError }));
    child.once('exit', (code: number | null, signal: NodeJS.Signals | null) => resolve({ code, signal }));
  });
}

async function readLines(stream: Readable, onLine: ((line: string) => void) | undefined, longest: number | undefined): Promise<void> {
  const cutter = new LineCutter(longest);
  let warned = false;
  const deliver = (lines: readonly string[]) => {
    for (const line of lines) {
      try {
        onLine?.(line);
      } catch (error) {
        if (!warned) process.emitWarning(error instanceof Error ? error : String(error));
        warned = true;
      }
    }
  };
  try {
    for await (const bytes of stream) deliver(cutter.cut(bytes as Uint8Array));
    deliver(cutter.end());
  } catch {
    // The command's end is told by its exit; a pipe that broke with it says nothing more.
  }
}
