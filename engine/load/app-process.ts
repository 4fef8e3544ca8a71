import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Command, familyOf, type Relative, type Socket, type SupervisedExit, seesFamilies, socketsOf, supervise } from '../process/index.ts';

/** An app that runs. */
export interface AppProcess {
  /** Its processes now. */
  family(): Promise<Relative[]>;
  /** Their sockets now. */
  sockets(): Promise<Socket[]>;
  /** How it ended, when it has. */
  ended: Promise<SupervisedExit>;
  /** Ends it with all that it started. */
  stop(): Promise<SupervisedExit>;
}

/** Starts an app; aborting the signal ends it. What it says goes to `onLine`. */
export function startApp(command: Command, memory: number, signal: AbortSignal, onLine: (line: string) => void): AppProcess {
  const mark = randomUUID();
  const over = new AbortController();
  const ended = supervise(
    command,
    { time: 2 ** 31 - 1, memory },
    { signal: AbortSignal.any([signal, over.signal]), onStdout: onLine, onStderr: onLine },
    mark,
  );
  return {
    family: () => familyOf(mark),
    sockets: async () => socketsOf((await familyOf(mark)).map(({ pid }) => pid)),
    ended,
    stop() {
      over.abort();
      return ended;
    },
  };
}

/** How often is looked whether an app listens, milliseconds. */
const LOOK_MS = 100;
/** How long the port that it was asked to listen on is waited for when it listens on another one first (metrics, a debugger), milliseconds. */
const HINTED_MS = 2000;

/**
 * Waits until an app listens, and tells on which ports, in the order of their numbers; empty where it ended or did not listen in time.
 *
 * @param hinted a port that it was asked to listen on: where the system does not tell what it listens on, this one is tried
 */
export async function waitForPorts(app: AppProcess, hinted: number, timeMs: number, signal: AbortSignal): Promise<number[]> {
  const until = performance.now() + timeMs;
  let over = false;
  let first: number | undefined;
  void app.ended.then(() => {
    over = true;
  });
  while (!over && !signal.aborted && performance.now() < until) {
    const ports = seesFamilies() ? await listening(app) : (await answers(hinted)) ? [hinted] : [];
    if (ports.length > 0) first ??= performance.now();
    if (first !== undefined && (hinted === 0 || ports.includes(hinted) || performance.now() - first > HINTED_MS)) return ports;
    await delay(LOOK_MS);
  }
  return [];
}

async function listening(app: AppProcess): Promise<number[]> {
  const ports = (await app.sockets()).filter(({ state }) => state === 'listening').map(({ localPort }) => localPort);
  return [...new Set(ports)].sort((a, b) => a - b);
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual', signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false;
  }
}
