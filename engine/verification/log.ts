import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Redactor } from './redact.ts';

/** How much of a log is kept, bytes: the first part whole, then the last lines. */
export const LOG_LIMITS = { head: 16e6, tail: 2e6 };

/** The log of a proof on the disk: what its commands said in the order in which they said it, without secrets. */
export class ProofLog {
  readonly #file: WriteStream;
  readonly #redactor: Redactor;
  readonly #limits: typeof LOG_LIMITS;
  #written = 0;
  #tail: string[] = [];
  #tailBytes = 0;
  #dropped = 0;
  #error: Error | undefined;

  constructor(file: string, redactor: Redactor, limits = LOG_LIMITS) {
    this.#redactor = redactor;
    this.#limits = limits;
    this.#file = createWriteStream(file);
    this.#file.on('error', (error) => (this.#error ??= error));
  }

  /** Adds a line. */
  line(text: string): void {
    const clean = `${this.#redactor.line(text)}\n`;
    if (this.#written < this.#limits.head) {
      this.#written += clean.length;
      this.#file.write(clean);
      return;
    }
    this.#tail.push(clean);
    this.#tailBytes += clean.length;
    while (this.#tailBytes > this.#limits.tail && this.#tail.length > 1) {
      this.#tailBytes -= (this.#tail.shift() as string).length;
      this.#dropped++;
    }
  }

  /** Writes what is left. Answers what a person should know about it: that lines are missing, or that it could not be written. */
  async close(): Promise<string[]> {
    if (this.#dropped > 0) this.#file.write(`\n[${this.#dropped} lines are left out here]\n\n`);
    for (const line of this.#tail) this.#file.write(line);
    this.#file.end();
    await finished(this.#file).catch(() => {});
    if (this.#error) return [`The log could not be written: ${this.#error.message}.`];
    return this.#dropped > 0 ? [`The log was cut: ${this.#dropped} lines in its middle are left out.`] : [];
  }
}
