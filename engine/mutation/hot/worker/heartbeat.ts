import { openSync, writeSync } from 'node:fs';
import { now } from './clock.ts';

/** How often, at most, a beat is written, milliseconds: the host looks ten times less often. */
const BEAT_MS = 10;

/**
 * Leaves a trace in a file that the host can read when this process hangs or dies: which mutant it was at, and that it still moves, or compiles.
 * Written synchronously, because a loop that does not end lets nothing else through.
 */
export class Heartbeat {
  readonly file: string;
  readonly #descriptor: number;
  readonly #line = Buffer.alloc(BEAT_BYTES, ' ');
  // A test may replace the functions of `fs`.
  readonly #write = writeSync;
  #count = 0;
  #last = 0;
  #mutant = '';
  #compiles = false;

  constructor(file: string) {
    this.file = file;
    this.#descriptor = openSync(file, 'w');
  }

  /** Says where the worker is. A mutant is always written; a mere sign of life only when the last is some time ago. */
  beat(mutant: string, force: boolean): void {
    const time = now();
    if (!force && time - this.#last < BEAT_MS) return;
    this.#last = time;
    this.#mutant = mutant;
    this.#say();
  }

  /** Says that compiling begins or ends, for which the mutant it is at is not to blame. */
  compiling(begins: boolean): void {
    this.#compiles = begins;
    this.#say();
  }

  #say(): void {
    this.#line.fill(' ');
    this.#line.write(`${++this.#count} ${this.#mutant}${this.#compiles ? COMPILES : ''}`);
    this.#write(this.#descriptor, this.#line, 0, BEAT_BYTES, 0);
  }
}

/** Length of what is in the file, bytes. */
const BEAT_BYTES = 64;
const COMPILES = ' compiles';

/** What the host reads in the trace. */
export interface Beat {
  count: number;
  mutant: string;
  compiles: boolean;
}

/** Reads what a {@link Heartbeat} wrote. */
export function readBeat(text: string): Beat {
  const line = text.trimEnd();
  const compiles = line.endsWith(COMPILES);
  const [count = '0', mutant = ''] = line.slice(0, compiles ? -COMPILES.length : undefined).split(' ');
  return { count: Number(count), mutant, compiles };
}
