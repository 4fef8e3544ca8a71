import { randomUUID } from 'node:crypto';
import { endFamily, FAMILY_MARK, familyOf } from './family.ts';
import { dividedMemory } from './proc-family.ts';
import { repeatedly } from './repeatedly.ts';
import { type Command, type Exit, type Listeners, run } from './run.ts';

/** How much a command may take. */
export interface Allowance {
  /** Milliseconds. */
  time: number;
  /** Memory of all its processes together, bytes; pages that they share are counted once. */
  memory: number;
}

/** How a supervised command ended, and what it took. */
export interface SupervisedExit extends Exit {
  /** Why it was ended from outside; missing where it ended by itself. */
  stopped?: 'cancelled' | 'time' | 'memory';
  /** The most memory that was seen, bytes, with shared pages once for each process where that is within the allowance; 0 where the system does not tell or it was over before a look. */
  peakMemory: number;
}

/** How often the memory of a command is looked at, milliseconds: a look at 300 processes takes 5. */
const LOOK_MS = 500;

/**
 * Runs a command within an allowance. Nothing that it started is left when this resolves: neither in its process group nor, on Linux, outside of it.
 *
 * @param mark by which {@link familyOf} finds its processes meanwhile
 */
export async function supervise(command: Command, allowance: Allowance, listeners: Listeners, mark: string = randomUUID()): Promise<SupervisedExit> {
  const stop = new AbortController();
  let stopped: SupervisedExit['stopped'];
  let peakMemory = 0;
  const end = (why: NonNullable<SupervisedExit['stopped']>) => {
    stopped ??= why;
    stop.abort();
    // What left the group may hold the pipes that the end is waited for by.
    void endFamily(mark);
  };
  const cancel = () => end('cancelled');
  if (listeners.signal.aborted) cancel();
  listeners.signal.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(() => end('time'), allowance.time);
  const look = async () => {
    const family = await familyOf(mark);
    const resident = family.reduce((sum, one) => sum + one.memory, 0);
    // To divide what is shared takes a hundred times as long.
    const memory = resident > allowance.memory ? await dividedMemory(family) : resident;
    peakMemory = Math.max(peakMemory, memory);
    if (memory > allowance.memory) end('memory');
  };
  // To divide memory may take longer than the time between two looks.
  const stopLooking = repeatedly(look, LOOK_MS);
  try {
    const exit = await run({ ...command, env: { ...command.env, [FAMILY_MARK]: mark } }, { ...listeners, signal: stop.signal });
    await endFamily(mark);
    return { ...exit, ...(stopped && { stopped }), peakMemory };
  } finally {
    clearTimeout(timer);
    stopLooking();
    listeners.signal.removeEventListener('abort', cancel);
  }
}
