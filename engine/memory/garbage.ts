import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much may have come to the heap before it is cleared, MiB: a process that is busy otherwise keeps many times what it needs. */
const ENOUGH = 16;

/** When there is enough garbage. */
export interface Enough {
  /** How much may have come to the heap before it is cleared, MiB. */
  mebibytes?: number;
  /** The same as a share of what was left the last time, where that is more: all of it is looked through each time. */
  share?: number;
}

/** Clears the heap of this thread when much has come to it. */
export class Garbage {
  #before = getHeapStatistics().used_heap_size;
  readonly #enough: number;
  readonly #share: number;
  readonly #collect = collector();

  constructor({ mebibytes = ENOUGH, share = 0 }: Enough = {}) {
    this.#enough = mebibytes * 2 ** 20;
    this.#share = share;
  }

  /** Looks whether it is time; that takes some microseconds, and tens of milliseconds when it is. */
  look(): void {
    if (getHeapStatistics().used_heap_size < this.#before + Math.max(this.#enough, this.#before * this.#share)) return;
    this.#collect();
    this.#before = getHeapStatistics().used_heap_size;
  }
}

/** V8's own function, which a flag adds to the globals of contexts that are made while it is set: none but this one. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
}
