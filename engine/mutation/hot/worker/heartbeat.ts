import { openSync, writeSync } from 'node:fs';
import { now } from './clock.ts';

/** How often, at most, a beat is written, milliseconds: the host looks ten times less often. */
const BEAT_MS = 10;

/**
 * Leaves a trace in a file that the host can read when this process hangs or dies: which mutant it was at, and that it still moves.
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

  constructor(file: string) {
    this.file = file;
    this.#descriptor = openSync(file, 'w');
  }

  /** Says where the worker is. A mutant is always written; a mere sign of life only when the last is some time ago. */
  beat(mutant: string, force: boolean): void {
    const time = now();
    if (!force && time - this.#last < BEAT_MS) return;
    this.#last = time;
    this.#line.fill(' ');
    this.#line.write(`${++this.#count} ${mutant}`);
    this.#write(this.#descriptor, this.#line, 0, BEAT_BYTES, 0);
  }
}

/** Length of what is in the file, bytes. */
const BEAT_BYTES = 64;

/** Reads what a {@link Heartbeat} wrote. */
export function readBeat(text: string): { count: number; mutant: string } {
  const [count = '0', mutant = ''] = text.trim().split(' ');
  return { count: Number(count), mutant };
}
