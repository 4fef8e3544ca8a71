import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much may have come to the heap before it is cleared, MiB: a process that is busy otherwise keeps many times what it needs. */
const ENOUGH = 16;

/** Clears the heap of this thread when much has come to it. */
export class Garbage {
  #before = getHeapStatistics().used_heap_size;
  readonly #enough: number;
  readonly #collect = collector();

  /** @param enough how much may have come to the heap before it is cleared, MiB */
  constructor(enough = ENOUGH) {
    this.#enough = enough * 2 ** 20;
  }

  /** Looks whether it is time; that takes some microseconds, and tens of milliseconds when it is. */
  look(): void {
    if (getHeapStatistics().used_heap_size < this.#before + this.#enough) return;
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
