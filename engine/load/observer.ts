import { readFile } from 'node:fs/promises';
import type { AppProcess } from './app-process.ts';
import type { AppState } from './model.ts';

/** How often is looked at an app under load, milliseconds. */
const LOOK_MS = 250;
/** Clock ticks a second in `/proc/PID/stat`: `USER_HZ` is 100 on all systems that Node runs on. */
const TICKS = 100;

/** What the part of us in a Node process writes, a line each: since when it was last written, how much of the time its loop was occupied, and how late it was at most. */
interface LoopLine {
  pid: number;
  at: number;
  busy: number;
  lag: number;
}

/** Looks at an app's processes while load is on them. */
export class Observer {
  readonly #app: AppProcess;
  readonly #loopFile: string;

  /** @param loopFile where Node processes tell of their event loops (`loop-watch.ts`) */
  constructor(app: AppProcess, loopFile: string) {
    this.#app = app;
    this.#loopFile = loopFile;
  }

  /** What it was like while `work` was done. */
  async during<T>(work: () => Promise<T>): Promise<{ result: T; app: AppState }> {
    const before = new Map((await this.#app.family()).map(({ pid, ticks }) => [pid, ticks]));
    const began = Date.now();
    let memory = 0;
    const outbound = new Map<string, number>();
    let looking = Promise.resolve();
    const timer = setInterval(() => {
      looking = looking.then(async () => {
        memory = Math.max(memory, sum((await this.#app.family()).map((one) => one.memory)));
        for (const [place, count] of await this.#outboundNow()) outbound.set(place, Math.max(outbound.get(place) ?? 0, count));
      });
    }, LOOK_MS);
    try {
      const result = await work();
      const seconds = (Date.now() - began) / 1000;
      const family = await this.#app.family();
      const used = new Map(family.map(({ pid, ticks }) => [pid, (ticks - (before.get(pid) ?? 0)) / TICKS / seconds]));
      const [busiest] = [...used].sort(([, a], [, b]) => b - a);
      memory = Math.max(memory, sum(family.map((one) => one.memory)));
      return {
        result,
        app: {
          cores: sum([...used.values()]),
          busiest: busiest?.[1] ?? 0,
          memory,
          ...(await this.#loopSince(began, new Set(used.keys()))),
          outbound: Object.fromEntries(outbound),
        },
      };
    } finally {
      clearInterval(timer);
      await looking;
    }
  }

  /** How many connections it has open to each other place. Those to itself are none, and those on a port that it listens on are its users'. */
  async #outboundNow(): Promise<Map<string, number>> {
    const sockets = await this.#app.sockets();
    const own = new Set(sockets.filter(({ state }) => state === 'listening').map(({ localPort }) => localPort));
    const found = new Map<string, number>();
    for (const { state, localPort, remote, remotePort } of sockets) {
      if (state !== 'connected' || own.has(localPort) || own.has(remotePort)) continue;
      found.set(remote, (found.get(remote) ?? 0) + 1);
    }
    return found;
  }

  /** The event loop that was occupied most of those that told something; the first line after the beginning speaks of the time before it, too. */
  async #loopSince(began: number, pids: ReadonlySet<number>): Promise<Pick<AppState, 'loopBusy' | 'lag'>> {
    const lines = (await readFile(this.#loopFile, 'utf8').catch(() => '')).trim().split('\n').filter(Boolean);
    const told = lines.flatMap((line) => {
      try {
        return [JSON.parse(line) as LoopLine];
      } catch {
        return [];
      }
    });
    const byProcess = Map.groupBy(
      told.filter(({ pid, at }) => at > began + LOOK_MS && pids.has(pid)),
      ({ pid }) => pid,
    );
    const means = [...byProcess.values()].map((of) => ({
      loopBusy: sum(of.map(({ busy }) => busy)) / of.length,
      lag: Math.max(...of.map(({ lag }) => lag)),
    }));
    return means.sort((a, b) => b.loopBusy - a.loopBusy)[0] ?? {};
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
