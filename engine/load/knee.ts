/** A level of load that was tried. */
export interface Tried<M> {
  connections: number;
  measured: M;
  healthy: boolean;
}

/** How the search for the knee ended. */
export interface KneeSearch<M> {
  /** All that was tried, in that order. */
  tried: readonly Tried<M>[];
  /** The highest level that is healthy and was held; undefined where even one user is too many, or none could be held. */
  held: Tried<M> | undefined;
  /** The lowest level that was seen to break; undefined where the highest that may be tried is healthy. */
  broken: Tried<M> | undefined;
}

export interface KneeOptions<M> {
  /** Measures a level; `hold` asks for the longer look that confirms it. */
  measure(connections: number, hold: boolean): Promise<M>;
  isHealthy(measured: M): boolean;
  /** Whether it makes no sense to go on: cancelled, the app ended, or the generator is at its end. */
  isOver(measured: M): boolean;
  /** The highest level that is tried. */
  most: number;
}

/** The bracket around the knee is narrow enough when it is this share of its lower end. */
const NARROW = 0.05;
/** How often a level that cannot be held is lowered before the search gives up. */
const LOWERINGS = 4;

/**
 * Finds the highest level of load that is healthy: doubles until one breaks, bisects between the last healthy and the first broken one, and holds what it found.
 * A level counts as broken only when it breaks twice in a row, for a machine has bad moments.
 */
export async function findKnee<M>({ measure, isHealthy, isOver, most }: KneeOptions<M>): Promise<KneeSearch<M>> {
  const tried: Tried<M>[] = [];
  let over = false;
  const look = async (connections: number, hold: boolean): Promise<Tried<M>> => {
    const measured = await measure(connections, hold);
    over ||= isOver(measured);
    const one = { connections, measured, healthy: isHealthy(measured) };
    tried.push(one);
    return one;
  };
  const judge = async (connections: number, hold: boolean): Promise<Tried<M>> => {
    const first = await look(connections, hold);
    return first.healthy || over ? first : look(connections, hold);
  };
  let good: Tried<M> | undefined;
  let bad: Tried<M> | undefined;
  for (let level = 1; !bad && !over; level = Math.min(most, level * 2)) {
    const one = await judge(level, false);
    if (one.healthy) good = one;
    else bad = one;
    if (level === most) break;
  }
  while (!over && good && bad && bad.connections - good.connections > Math.max(1, Math.ceil(good.connections * NARROW))) {
    const middle = await judge(Math.floor((good.connections + bad.connections) / 2), false);
    if (middle.healthy) good = middle;
    else bad = middle;
  }
  let level = good?.connections ?? 0;
  for (let lowering = 0; level > 0 && lowering <= LOWERINGS && !over; lowering++) {
    const one = await judge(level, true);
    if (one.healthy) return { tried, held: one, broken: bad };
    bad = one;
    level = Math.min(level - 1, Math.floor(level * (1 - NARROW)));
  }
  return { tried, held: undefined, broken: bad };
}
