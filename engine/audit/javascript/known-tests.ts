import type { Bare } from '../../syntax/index.ts';
import type { Span } from '../model.ts';
import type { Reading } from './body/index.ts';

/** What was read of the function of a test. */
export interface ReadTest extends Reading {
  /** What makes it the same as another one in the same place. */
  body: string;
  /** Whether it calls what could not be read and may check something. */
  mayCheckUnseen?: boolean;
  /** Whether it does nothing, or drops what it comes to. */
  isIdle?: boolean;
}

/** What was read of the functions of tests, by their calls; it holds as long as what stands outside of all tests is the same. */
export class KnownTests {
  #surroundings = '';
  #readings = new WeakMap<Bare, { reading: ReadTest; start: number }>();

  /** Says what stands outside of all tests: with another text nothing is known any more. */
  within(surroundings: string): void {
    if (surroundings !== this.#surroundings) this.#readings = new WeakMap();
    this.#surroundings = surroundings;
  }

  /** What is known of a test, at the place where it stands now. */
  get(call: Bare): ReadTest | undefined {
    const known = this.#readings.get(call);
    return known && moved(known.reading, call.start - known.start);
  }

  /** Remembers what was read of a test. */
  set(call: Bare, reading: ReadTest): void {
    this.#readings.set(call, { reading, start: call.start });
  }
}

function moved(reading: ReadTest, units: number): ReadTest {
  if (units === 0) return reading;
  const move = <T extends Span>(span: T): T => ({ ...span, start: span.start + units, end: span.end + units });
  const checks = reading.checks.map((check) => ({
    ...move(check),
    ...(check.guard !== undefined && { guard: check.guard + units }),
    ...(check.fix && { fix: { ...check.fix, edits: check.fix.edits.map(move) } }),
  }));
  return { ...reading, checks, dropped: reading.dropped.map(move) };
}
