import { nursery } from '../../../memory/index.ts';

/** What Node is started with in each worker: what is new on its heap is cleared every 4 MiB. */
export const SMALL_NURSERY = nursery(4);

/** Those of `host/confinement.ts`. */
const CONFINEMENT = /^--(?:permission$|allow-(?:fs-read|fs-write|addons|net)(?:=|$))/;

/**
 * Has this process show the arguments of Node's that it was given, but for ours: programs hand on what they were started with, and tests see it.
 *
 * @param others arguments that are ours as well
 */
export function hideFlags(...others: readonly string[]): void {
  const ours = [SMALL_NURSERY, ...others];
  process.execArgv = process.execArgv.filter((argument) => !ours.includes(argument) && !CONFINEMENT.test(argument));
}
